"""The sandbox as an object: start it, talk to it over HTTP, stop it."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.core.tasks import Tasks, wait_for_event
from bot.sandbox import snapshot
from bot.sandbox.clock import SimClock
from bot.sandbox.limits import Settings
from bot.sandbox.routes import application
from bot.sandbox.world import World

DEFAULT_TOKEN = "4242:sandbox-token"  # noqa: S105  # opens nothing but this sandbox
_HOST = "127.0.0.1"
_SAVE_EVERY_S = 5.0
_SHUTDOWN_S = 1.0
_STATE = "state.json"
_CLOCK = "clock"


class Sandbox:
    """A strict local Bot API server with a person's side and a chat page.

    Listens on the loopback address only. With `data_dir` ids, chats, files and the clock
    survive a restart; without it everything is in memory. The simulated clock is written to
    `clock_file` (by default `data_dir`/clock) and starts at `clock_start` unless the file is
    there already.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        data_dir: Path | None = None,
        *,
        clock_file: Path | None = None,
        clock_start: datetime | None = None,
        limits: Settings | None = None,
        username: str = "sandbox_bot",
    ) -> None:
        """Prepare the sandbox; nothing listens before `start`."""
        if data_dir is not None:
            data_dir.mkdir(parents=True, exist_ok=True)
            clock_file = clock_file or data_dir / _CLOCK
        self._state = data_dir / _STATE if data_dir is not None else None
        self.world = World(
            token,
            clock=SimClock(clock_file, start=clock_start),
            limits=limits or Settings(),
            files=data_dir / "files" if data_dir is not None else None,
            username=username,
        )
        if self._state is not None:
            snapshot.load(self.world, self._state)
        self._saved_changes = self.world.changes
        self._runner: web.AppRunner | None = None
        self._tasks = Tasks()
        self._stopping = asyncio.Event()
        self._port = 0

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def clock_file(self) -> Path | None:
        """The clock file that the bot should read, None when time is only in memory."""
        return self.world.clock.path

    @property
    def url(self) -> str:
        """The address of the chat page and of the person's side, without a slash at the end."""
        return f"http://{_HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url."""
        return f"{self.url}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Listen on `port` of the loopback address, on any free one for 0."""
        runner = web.AppRunner(
            application(self.world),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_S,
        )
        await runner.setup()
        site = web.TCPSite(runner, _HOST, port, reuse_address=True)
        await site.start()
        self._port = int(runner.addresses[0][1])
        self._runner = runner
        if self._state is not None:
            self._tasks.start(self._save_now_and_then(), name="sandbox-save")

    async def stop(self) -> None:
        """Let everybody who waits go, stop listening and save the state."""
        self._stopping.set()
        self.world.updates.release()
        await self.world.webhook.stop()
        self.world.signals.close()
        await self._tasks.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.save(ends=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc_info: object) -> None:
        await self.stop()

    def save(self, *, ends: bool = False) -> None:
        """Write the state to the data directory, when there is one; `ends`: for the last time."""
        if self._state is not None:
            snapshot.save(self.world, self._state, ends=ends)
            self._saved_changes = self.world.changes

    async def _save_now_and_then(self) -> None:
        while not await wait_for_event(self._stopping, timeout_s=_SAVE_EVERY_S):
            if self.world.changes != self._saved_changes:
                self.save()
