"""Servers and bots as processes of their own, so that they share nothing with the measurement."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import yaml

from tests.support.bot import START
from tests.support.config import ONE_PERSON_SENDS, ROOT, make_data

TOKEN = "424242:bench-token-of-no-bot-at-all-012345678"
_READY_S = 40.0
_STOP_S = 15.0


@asynccontextmanager
async def sandbox_process(*, clock: Path | None = None) -> AsyncIterator[str]:
    """Yield the address of a sandbox in a process of its own.

    With `clock`, a file, the campaign's time begins on a Monday morning, whenever this runs.
    """
    at = [] if clock is None else ["--clock-file", str(clock), "--clock-start", START.isoformat()]
    arguments = ["-m", "bot.sandbox", "--port", "0", "--token", TOKEN, *at]
    process = await _start(arguments, {}, out=PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(_READY_S):
        url = (await process.stdout.readline()).decode().strip()
    try:
        yield url
    finally:
        await _end(process)


@asynccontextmanager
async def bot_at(
    url: str,
    folder: Path,
    *,
    limits: Mapping[str, object],
    entry: Sequence[str] = ("-m", "bot"),
    database_url: str = "",
    clock: Path | None = None,
) -> AsyncIterator[Process]:
    """Yield the bot's process once it answers; it talks to the sandbox at `url`.

    `clock` is the file of the sandbox's, None for real time.
    """
    config = yaml.safe_dump(
        make_data(limits=limits, notices=ONE_PERSON_SENDS), allow_unicode=True, sort_keys=False
    )
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    environment = {
        "BOT_TOKEN": TOKEN,
        "BOT_DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
        "TELEGRAM_BASE_URL": f"{url}/bot",
        "TELEGRAM_BASE_FILE_URL": f"{url}/file/bot",
    }
    arguments = [*entry, "run", "--config", str(folder / "config.yaml")]
    if clock is not None:
        arguments += ["--clock-file", str(clock)]
    process = await _start(arguments, environment, err=PIPE)
    try:
        await _until_ready(process)
        async with _drained(process):
            yield process
    finally:
        await _end(process)


@asynccontextmanager
async def echo_at(url: str) -> AsyncIterator[Process]:
    """Yield a bare PTB bot that echoes, talking to the sandbox at `url`."""
    environment = {"BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": f"{url}/bot"}
    process = await _start(["-m", "tests.bench.echo"], environment, err=PIPE)
    try:
        await _until_ready(process)
        async with _drained(process):
            yield process
    finally:
        await _end(process)


def resident_mb(process: Process) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    row = next(row for row in status.splitlines() if row.startswith("VmRSS:"))
    return int(row.split()[1]) / 1024


def cpu_s(process: Process) -> float:
    """Return how long a process has kept a processor busy, in seconds."""
    fields = (
        Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    )
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    out: int = DEVNULL,
    err: int = DEVNULL,
) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=out,
        stderr=err,
    )


async def _until_ready(process: Process) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(_READY_S):
        async for row in process.stderr:
            if row.decode("utf-8", "replace").rstrip().endswith("answers"):
                return
    raise AssertionError("the process ended before it was ready")


@asynccontextmanager
async def _drained(process: Process) -> AsyncIterator[None]:
    """Read on what the process logs: who writes into a full pipe stands still."""
    assert process.stderr is not None
    reading = asyncio.ensure_future(process.stderr.read())
    try:
        yield
    finally:
        reading.cancel()


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(_STOP_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
