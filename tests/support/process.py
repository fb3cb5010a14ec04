"""The bot as a process of its own, to be killed in the middle of its work."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import yaml

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from tests.support.bot import START, TOKEN, UNLIMITED
from tests.support.config import ONE_PERSON_SENDS, ROOT, make_data

_READY = "the bot answers"
_START_S = 120.0


@dataclass
class BotProcess:
    """`python -m bot run` against a sandbox; `log` is everything that it wrote.

    `entry` replaces `-m bot`: a negative control patches the bot from an entry point of its own.
    """

    folder: Path
    sandbox: Sandbox
    sim: SimClient
    environment: Mapping[str, str]
    entry: Sequence[str] = ("-m", "bot")
    log: list[str] = field(default_factory=list)
    others: list["BotProcess"] = field(default_factory=list)
    _process: Process | None = None
    _reader: asyncio.Task[None] | None = None
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def database(self) -> Path:
        """The bot's SQLite file."""
        return self.folder / "data" / "bot.db"

    @property
    def database_url(self) -> str:
        """The address of the bot's database."""
        return self.environment["DATABASE_URL"] or f"sqlite:///{self.database}"

    @property
    def on_sqlite(self) -> bool:
        """Whether the bot keeps its data in a file of its own."""
        return not self.environment["DATABASE_URL"]

    def another(self, **environment: str) -> "BotProcess":
        """Return a further process for the same bot, not started yet."""
        one = BotProcess(
            self.folder, self.sandbox, self.sim, {**self.environment, **environment}, self.entry
        )
        self.others.append(one)
        return one

    async def start(self) -> None:
        """Start the process and wait until it answers."""
        await self.launch()
        assert self._reader is not None
        async with asyncio.timeout(_START_S):
            waiting = asyncio.create_task(self._ready.wait())
            await asyncio.wait({waiting, self._reader}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        if not self._ready.is_set():
            raise AssertionError("the bot ended at its start:\n" + "\n".join(self.log[-40:]))

    async def launch(self) -> None:
        """Start the process without waiting for it: it may end before it answers."""
        self._ready.clear()
        self._process = await self._spawn("run")
        self._reader = asyncio.create_task(self._read(self._process))

    async def command(self, *words: str) -> str:
        """Run another command on the same data, beside the bot, and return all that it wrote."""
        process = await self._spawn(*words)
        async with asyncio.timeout(_START_S):
            output, _ = await process.communicate()
        return output.decode("utf-8", "replace")

    async def _spawn(self, *words: str) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *self.entry,
            words[0],
            "--config",
            str(self.folder / "config.yaml"),
            "--clock-file",
            str(self.folder / "clock"),
            *words[1:],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=PIPE,
            stderr=STDOUT,
        )

    async def kill(self) -> None:
        """End the process as a power cut would: signal 9."""
        await self._end(signal.SIGKILL)

    async def restart(self) -> None:
        """Kill the process and start another."""
        await self.kill()
        await self.start()

    def hang_up(self) -> None:
        """Ask the process to read its configuration again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    async def stop(self) -> int:
        """Ask the process to stop, and return its exit status."""
        return await self._end(signal.SIGTERM)

    async def ended(self, *, timeout_s: float = _START_S) -> int:
        """Wait until the process ends by itself, and return its exit status."""
        process, reader = self._process, self._reader
        if process is None or reader is None:
            raise AssertionError("there is no process to wait for")
        async with asyncio.timeout(timeout_s):
            status = await process.wait()
            await reader
        self._process = None
        return status

    async def _end(self, number: signal.Signals) -> int:
        process, reader = self._process, self._reader
        if process is None or reader is None:
            return 0
        self._process = None
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        status = await process.wait()
        await reader
        return status

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            text = line.decode("utf-8", "replace").rstrip("\n")
            self.log.append(text)
            if text.endswith(_READY):
                self._ready.set()


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def bot_process(
    folder: Path,
    *,
    entry: Sequence[str] = ("-m", "bot"),
    database_url: str = "",
    start: datetime = START,
    limits: Mapping[str, object] = UNLIMITED,
    enabled: bool = False,
    webhook: Mapping[str, object] | None = None,
    rush: Mapping[str, object] | None = None,
) -> AsyncIterator[BotProcess]:
    """Yield a bot that is not started yet, and the sandbox it will talk to.

    `enabled` keeps the sandbox's own limits in force; `webhook` and `rush` are settings of
    those names.
    """
    data = make_data(
        limits=limits, webhook=webhook or {}, rush=rush or {}, notices=ONE_PERSON_SENDS
    )
    config = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    sandbox = Sandbox(TOKEN, clock_file=folder / "clock", clock_start=start)
    await sandbox.start()
    environment = {
        "BOT_TOKEN": TOKEN,
        "BOT_DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
        "TELEGRAM_BASE_URL": sandbox.base_url,
        "TELEGRAM_BASE_FILE_URL": sandbox.base_file_url,
    }
    async with SimClient(sandbox.url) as sim:
        await sim.limits(enabled=enabled)
        process = BotProcess(folder, sandbox, sim, environment, entry)
        try:
            yield process
        finally:
            for one in (process, *process.others):
                await one.kill()
            await sandbox.stop()
