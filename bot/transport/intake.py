"""Updates come in: kept before they are confirmed, then handled in order (design, section 3)."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received, Waiting
from bot.transport.backoff import Backoff
from bot.transport.handling import Handle
from bot.transport.line import Line, Opening
from bot.transport.poller import Poller
from bot.transport.receiver import Receiver
from bot.transport.source import ALLOWED_UPDATES, Polling, Source
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_SWEEP_EVERY_S = 5.0
_PAGE = 1000
_DATABASE = Backoff(first_s=1.0, most_s=30.0)


class Intake(Receiver):
    """Brings updates from Telegram to `handle`, each once it is safe in the inbox.

    What was in progress at a crash is handled alone at the start, so that an update that kills
    the process takes no other with it.
    """

    def __init__(
        self,
        store: Store,
        wire: Wire,
        *,
        handle: Handle,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        workers: int = 8,
        most_waiting: int = 10_000,
        poll_timeout_s: int = 30,
        source: Source | None = None,
    ) -> None:
        """Handle `workers` updates of different chats at a time.

        With more than `most_waiting` updates in memory, the source waits until half are handled.
        `source` None asks Telegram over `wire`.
        """
        if source is None:
            kinds = list(allowed_updates)
            source = Polling(Poller(wire, allowed_updates=kinds, timeout_s=poll_timeout_s))
        super().__init__(store, source, handle)
        self._bot_id = wire.bot_id
        self._line = Line(workers)
        self._most_waiting = most_waiting
        # Held while rows become started, so that only one place gives away the free workers.
        self._starting = asyncio.Lock()
        self._room = asyncio.Event()
        self._strays: set[int] = set()

    def _loops(self) -> Iterable[Coroutine[Any, Any, None]]:
        return (self._start_loop(), self._sweep_loop())

    def _end_loops(self) -> None:
        super()._end_loops()
        self._room.set()

    async def _recover(self) -> None:
        """Handle what was in progress at a crash, one after the other."""
        rows = await self._store.read(inbox.interrupted)
        if rows:
            _log.warning("%s updates were in progress when the bot ended", len(rows))
        for row in rows:
            if self._stopping.is_set():
                return
            if row.starts >= inbox.MOST_STARTS:
                await self._bury(row.id, "crashed")
                continue
            await self._mark_started([row])
            await asyncio.wait({self._tasks.start(self._handling.run(row), name="recovery")})

    async def _load_backlog(self) -> None:
        """Line up what waits in the inbox, a page at a time, before anything new is fetched."""
        last = 0
        while not self._stopping.is_set():
            page = await self._store.read(partial(inbox.waiting, after_id=last, most=_PAGE))
            self._add([row for row in page if row.starts == 0])
            if len(page) < _PAGE:
                return
            last = page[-1].id
            await self._wait_for_room()

    async def _keep(self, received: Sequence[Received]) -> bool:
        """Commit `received` and start what can start; False when the database did not take it."""
        async with self._starting:
            opening = self._line.opening()
            try:
                fresh, started = await self._store.write(
                    lambda work: self._receive(work, received, opening),
                    priority=Priority.interactive,
                )
            except Exception:  # noqa: BLE001 - receiving outlives any trouble of the database
                _log.exception("updates could not be kept")
                return False
            self._add(fresh)
            self._begin(started)
        return True

    def _receive(
        self, work: Work, received: Sequence[Received], opening: Opening
    ) -> tuple[list[Waiting], list[Waiting]]:
        fresh = inbox.receive(work, bot_id=self._bot_id, updates=received)
        started = opening.startable(fresh)
        if started:
            inbox.mark_started(work, [row.id for row in started])
        return fresh, started

    async def _start_loop(self) -> None:
        """Start what waits as workers become free."""
        failures = 0
        while not self._stopping.is_set():
            await self._changed.wait()
            self._changed.clear()
            async with self._starting:
                rows = self._line.next_rows()
                if not rows or self._stopping.is_set():
                    continue
                try:
                    await self._mark_started(rows)
                except Exception:  # noqa: BLE001 - the rows wait on
                    _log.exception("updates could not be started")
                    failures += 1
                    self._changed.set()
                else:
                    failures = 0
                    self._begin(rows)
            if failures:
                await wait_for_event(self._stopping, timeout_s=_DATABASE.after(failures))

    async def _sweep_loop(self) -> None:
        """Find unsettled rows that nobody has in memory: requeued by a person, or left over."""
        while not await wait_for_event(self._stopping, timeout_s=_SWEEP_EVERY_S):
            try:
                async with self._starting:
                    await self._sweep()
            except Exception:  # noqa: BLE001 - it is tried again
                _log.exception("the inbox could not be swept")

    async def _sweep(self) -> None:
        ids = await self._store.read(inbox.waiting_ids)
        strays = {row_id for row_id in ids if not self._line.holds(row_id)}
        # A row may have been settled while its id was read: only those seen twice are strays.
        lost = sorted(strays & self._strays)[:_PAGE]
        self._strays = strays
        for row in await self._store.read(lambda view: inbox.among(view, lost)) if lost else ():
            if row.starts >= inbox.MOST_STARTS:
                await self._bury(row.id, "unsettled")
            else:
                self._add([row])

    def _add(self, rows: Sequence[Waiting]) -> None:
        self._line.add(rows)
        self._changed.set()

    def _begin(self, rows: Sequence[Waiting]) -> None:
        self._line.start(rows)
        for row in rows:
            self._tasks.start(self._work(row), name=f"inbox row {row.id}")

    async def _work(self, row: Waiting) -> None:
        try:
            await self._handling.run(row)
        finally:
            self._line.finish(row)
            self._changed.set()
            if len(self._line) <= self._most_waiting // 2:
                self._room.set()

    async def _wait_for_room(self) -> None:
        if len(self._line) > self._most_waiting:
            self._room.clear()
            await self._room.wait()

    async def _mark_started(self, rows: Sequence[Waiting]) -> None:
        ids = [row.id for row in rows]
        await self._store.write(
            lambda work: inbox.mark_started(work, ids), priority=Priority.interactive
        )
