"""The examples of docs are started as they are written: they come up, serve, and stop in order."""

import asyncio
import re
import stat
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from tests.architecture.source import ROOT
from tests.faults.deployed import DATA, Machine, Started, Unit, healthy, unit_of
from tests.support.bot import TOKEN
from tests.support.process import free_port
from tests.support.waiting import until

UNIT = (ROOT / "docs" / "wenming-bot.service").read_text("utf-8")
TEMPLATE = (ROOT / "docs" / "deploy" / "wenming-bot@.service").read_text("utf-8")
COMPOSE = (ROOT / "docs" / "deploy" / "compose.yaml").read_text("utf-8")

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]


@pytest.fixture
async def telegram() -> AsyncIterator[SimClient]:
    """Return what stands in for Telegram."""
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    async with SimClient(sandbox.url) as sim:
        yield sim
    await sandbox.stop()


def machine_with(folder: Path, sim: SimClient, database: str = "") -> Machine:
    machine = Machine(folder)
    base = {"TELEGRAM_BASE_URL": f"{sim.url}/bot", "TELEGRAM_BASE_FILE_URL": f"{sim.url}/file/bot"}
    machine.prepare(base | ({"DATABASE_URL": plain(database)} if database else {}))
    return machine


def plain(url: str) -> str:
    """Return an address of PostgreSQL as the examples write it."""
    return re.sub(r"^postgresql\+\w+:", "postgresql:", url)


async def serves(sim: SimClient, number: int = 7) -> None:
    person = await sim.person(number, f"P{number}")
    await person.say("/help")
    await person.expect("/help", timeout_s=60)


async def stops(service: Started, unit: Unit) -> None:
    assert await service.stops(within_s=float(unit["TimeoutStopSec"][0])) == 0
    assert service.log[-1].endswith("the bot has stopped")
    assert not [line for line in service.log if "Traceback" in line], "\n".join(service.log)


async def test_the_unit_of_one_process(tmp_path: Path, telegram: SimClient) -> None:
    machine, unit = machine_with(tmp_path, telegram), unit_of(UNIT)
    async with machine.service(unit) as service:
        await serves(telegram)
        await machine.reload(unit, service)

        async def has_read() -> bool:
            return any("config.yaml was read again" in line for line in service.log)

        await until(has_read)
        await stops(service, unit)
    database = machine.path(DATA) / "bot.db"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600, "only its owner reads the data"


@pytest.mark.postgres
async def test_the_units_of_several_processes(
    tmp_path: Path, telegram: SimClient, postgres_url: str
) -> None:
    machine = machine_with(tmp_path, telegram, postgres_url)
    ports = [str(free_port()), str(free_port())]
    units = [unit_of(TEMPLATE, instance=port) for port in ports]
    async with AsyncExitStack() as stack:
        services = (stack.enter_async_context(machine.service(unit)) for unit in units)
        one, other = await asyncio.gather(*services)
        for port in ports:
            await until(partial(healthy, port))
        await serves(telegram, 1)
        await stops(one, units[0])
        assert [await healthy(port) for port in ports] == [False, True]
        await serves(telegram, 2)
        await stops(other, units[1])
        assert not await healthy(ports[1])


@pytest.mark.postgres
async def test_a_container(tmp_path: Path, telegram: SimClient, postgres_url: str) -> None:
    machine, port = machine_with(tmp_path, telegram), str(free_port())
    service = compose(port)["services"]["bot-1"]
    environment = container_environment(machine, service, postgres_url)
    async with machine.container(service, environment) as container:

        async def passes() -> bool:
            return await machine.checks(service["healthcheck"]["test"]) == 0

        await until(passes)
        await serves(telegram)
        grace = service["stop_grace_period"]
        await stops(container, {"TimeoutStopSec": [grace.removesuffix("s")]})
    assert await machine.checks(service["healthcheck"]["test"]) != 0


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("-m bot run", "-m bot start"),
        ("BOT_TOKEN_FILE=/etc/wenming-bot/token", "BOT_TOKEN_FILE=/etc/wenming-bot/secret"),
        ("WorkingDirectory=/opt/wenming-bot", "WorkingDirectory=/opt"),
    ],
)
async def test_a_unit_that_is_wrong_does_not_come_up(
    tmp_path: Path, telegram: SimClient, written: str, wrong: str
) -> None:
    """The control: what is written there is what is started."""
    assert written in UNIT
    machine = machine_with(tmp_path, telegram)
    with pytest.raises(AssertionError):
        async with machine.service(unit_of(UNIT.replace(written, wrong))):
            pass


@pytest.mark.postgres
async def test_a_container_whose_shell_stays_does_not_stop_in_order(
    tmp_path: Path, telegram: SimClient, postgres_url: str
) -> None:
    """The control: without `exec` the signal ends the shell, and the bot never hears of it."""
    machine, port = machine_with(tmp_path, telegram), str(free_port())
    service = compose(port)["services"]["bot-1"]
    service["command"][-1] = service["command"][-1].replace("exec ", "") + "; exit"
    environment = container_environment(machine, service, postgres_url)
    async with machine.container(service, environment) as container:
        container.process.terminate()

        async def shell_ended() -> bool:
            return container.process.returncode is not None

        # What the bot writes to stays open: `wait` would wait for the bot as well.
        await until(shell_ended)
        assert container.process.returncode != 0
        assert await healthy(port)


def compose(port: str) -> dict[str, Any]:
    """Return the compose file with a free port of this machine in place of the container's."""
    assert COMPOSE.count("8080") > 1
    found: dict[str, Any] = yaml.safe_load(COMPOSE.replace("8080", port))
    return found


def container_environment(
    machine: Machine, service: dict[str, Any], database: str
) -> dict[str, str]:
    """Return what the container is given; its database's host is a name of its own network."""
    given = {"BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": "geheim"}
    written = {
        name: machine.here(re.sub(r"\$\{(\w+):\?\}", lambda one: given[one[1]], value))
        for name, value in service["environment"].items()
    }
    assert written["DATABASE_URL"] == "postgresql://wenming:geheim@db/wenming"
    file = (machine.path("/etc/wenming-bot") / "environment").read_text()
    telegram = dict(line.split("=", 1) for line in file.splitlines())
    return {**written, **telegram, "DATABASE_URL": plain(database)}
