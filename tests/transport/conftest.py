"""A running sandbox, the wire to it, a store, and a sender or an intake that runs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, LimitSettings
from bot.features.outbox.record import Hooks
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport import intake as intake_module
from bot.transport import poller as poller_module
from bot.transport import source as source_module
from bot.transport.backoff import Backoff
from bot.transport.intake import Intake
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from tests.support import fixtures
from tests.support.clock import SetClock
from tests.transport.harness import MovableClock, TestStore, open_store
from tests.transport.papers import Desk
from tests.transport.receiving import AT_ONCE, Handler
from tests.transport.running import run_in_background

UNLIMITED = LimitSettings(
    overall_per_second=10_000,
    burst=10_000,
    chat_per_second=1000,
    chat_burst=1000,
    group_per_minute=10_000,
)
SOON = Backoff(first_s=0.01, most_s=0.02)
"""So that a test does not wait for a retry."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Return a Bot API server in memory."""
    async with Sandbox() as box:
        yield box


@pytest.fixture
async def sim(sandbox: Sandbox) -> AsyncIterator[SimClient]:
    """Return the person's side, with the server's limits lifted."""
    async with SimClient(sandbox.url) as client:
        await client.limits(enabled=False)
        yield client


@pytest.fixture
async def wire(sandbox: Sandbox) -> AsyncIterator[Wire]:
    """Return the bot's way to the sandbox."""
    opened = Wire(sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> MovableClock:
    """Return a clock whose campaign time stands still."""
    return MovableClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovableClock) -> Iterator[TestStore]:
    """Return an empty store on SQLite."""
    with open_store(f"sqlite:///{tmp_path / 'test.db'}", clock) as opened:
        yield opened


@pytest.fixture
def people(sim: SimClient) -> Callable[[int], Awaitable[list[SimPerson]]]:
    """Return a function that makes people who have opened the bot, with ids from 1."""

    async def make(count: int) -> list[SimPerson]:
        made = [await sim.person(number, f"P{number}") for number in range(1, count + 1)]
        for person in made:
            await person.start()
        return made

    return make


@pytest.fixture
async def start_sender(
    store: TestStore, wire: Wire
) -> AsyncIterator[Callable[..., Awaitable[Sender]]]:
    """Return a function that starts a sender, by default without limits and soon to retry."""
    async with AsyncExitStack() as stack:

        async def start(
            limits: LimitSettings = UNLIMITED,
            *,
            hooks: Hooks | None = None,
            retries: Backoff = SOON,
        ) -> Sender:
            sender = Sender(store, wire, limits, hooks=hooks or Hooks(), retries=retries)
            await stack.enter_async_context(run_in_background(sender))
            return sender

        yield start


@pytest.fixture
async def start_intake(
    store: TestStore, wire: Wire, patience: None
) -> AsyncIterator[Callable[..., Awaitable[Intake]]]:
    """Return a function that starts an intake with the given handler and options."""
    async with AsyncExitStack() as stack:

        async def start(handle: Any, **options: Any) -> Intake:
            intake = Intake(store, wire, handle=handle, poll_timeout_s=5, **options)
            await stack.enter_async_context(run_in_background(intake))
            return intake

        yield start


@pytest.fixture
def handler(store: TestStore) -> Handler:
    """Return a handler that settles everything."""
    return Handler(store)


@pytest.fixture
async def anna(sim: SimClient) -> SimPerson:
    """Return somebody who writes."""
    return await sim.person(11, "Anna")


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for a backoff."""
    for name in ("_NETWORK", "_CONFLICT"):
        monkeypatch.setattr(poller_module, name, AT_ONCE)
    monkeypatch.setattr(poller_module, "_LEAST_CONFLICT_S", 0.0)
    for module in (intake_module, source_module):
        monkeypatch.setattr(module, "_DATABASE", AT_ONCE)


@pytest.fixture
def desk(campaign: Config, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk whose store tells as the bot does."""
    for store in fixtures.open_store(
        f"sqlite:///{tmp_path / 'desk.db'}", campaign, SetClock(fixtures.START)
    ):
        yield Desk(store, campaign, tmp_path)
