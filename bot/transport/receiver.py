"""What receives updates and has them handled, whoever else does the same."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any

from bot.core.tasks import Tasks, wait_for_event
from bot.db.store import Store
from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received
from bot.transport.errors import TokenRefused
from bot.transport.handling import Handle, Handling
from bot.transport.source import Source

_log = logging.getLogger(__name__)


class Receiver(ABC):
    """Brings updates from a source to `handle`, each once it is safe in the inbox."""

    def __init__(self, store: Store, source: Source, handle: Handle) -> None:
        """Prepare to receive; nothing happens before `run`."""
        self._store = store
        self._source = source
        self._handling = Handling(store, handle)
        self._tasks = Tasks()
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._main: asyncio.Task[Any] | None = None
        self._grace_s = 0.0

    async def run(self) -> None:
        """Handle updates until `stop`; raises TokenRefused when Telegram refuses the token."""
        self._ended.clear()
        self._main = asyncio.current_task()
        refused: TokenRefused | None = None
        try:
            await self._recover()
            async with asyncio.TaskGroup() as group:
                for loop in self._loops():
                    group.create_task(loop)
                try:
                    await self._load_backlog()
                    await self._source.run(self._keep, self._wait_for_room)
                except TokenRefused as error:
                    refused = error
                finally:
                    self._end_loops()
            await self._tasks.wait(timeout_s=self._grace_s)
        finally:
            await self._tasks.stop()
            self._ended.set()
        if refused is not None:
            raise refused

    async def stop(self, *, timeout_s: float = 10.0) -> None:
        """Take no more updates and let those in work finish, at most `timeout_s` seconds long."""
        self._grace_s = timeout_s
        self._end_loops()
        if not await wait_for_event(self._ended, timeout_s=timeout_s + 1) and self._main:
            self._main.cancel()
            await self._ended.wait()

    def _end_loops(self) -> None:
        self._stopping.set()
        self._source.stop()
        self._changed.set()

    @abstractmethod
    def _loops(self) -> Iterable[Coroutine[Any, Any, None]]:
        """Return what runs beside the source until we are to stop."""

    @abstractmethod
    async def _keep(self, received: Sequence[Received]) -> bool:
        """Commit `received`; False when the database did not take it."""

    @abstractmethod
    async def _recover(self) -> None:
        """Do what is to be done before anything else."""

    @abstractmethod
    async def _load_backlog(self) -> None:
        """Do what is to be done before anything new comes."""

    @abstractmethod
    async def _wait_for_room(self) -> None:
        """Wait until more may come."""

    async def _bury(self, row_id: int, reason: str) -> None:
        _log.error("inbox row %s is a dead letter: %s", row_id, reason)
        await self._store.write(lambda work: _bury(work, row_id, reason))


def _bury(work: Work, row_id: int, reason: str) -> None:
    row = inbox.take(work, row_id)
    if row is not None:
        inbox.bury(work, row, reason=reason)
