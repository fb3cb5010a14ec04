"""Several processes that handle the updates of one bot together (design, section 3)."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.core.ids import incident_id
from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox import sharing
from bot.features.inbox.service import Received, Waiting
from bot.transport.backoff import Backoff
from bot.transport.handling import Handle
from bot.transport.poller import Poller
from bot.transport.receiver import Receiver
from bot.transport.source import Keep, Polling, Room, Source
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_LEASE = timedelta(seconds=30)
_RENEW_EVERY_S = 8.0
_LOOK_EVERY_S = 0.25
_DATABASE = Backoff(first_s=1.0, most_s=30.0)
_POLL = "poll"


class SharedIntake(Receiver):
    """Keeps what its source brings, and handles what waits in the inbox, whoever kept it.

    What was in progress where a process died is handled alone, so that an update that kills a
    process takes no other with it.
    """

    def __init__(
        self, store: Store, wire: Wire, source: Source, *, handle: Handle, workers: int = 8
    ) -> None:
        """Handle `workers` updates of different chats at a time."""
        super().__init__(store, source, handle)
        self._bot_id = wire.bot_id
        self._workers = workers
        self._owner = f"intake-{incident_id()}{incident_id()}"
        self._in_work: set[int] = set()

    def _loops(self) -> Iterable[Coroutine[Any, Any, None]]:
        return (self._claim_loop(), self._renew_loop())

    async def _recover(self) -> None:
        """Do nothing: what somebody left is found among the rest."""

    async def _load_backlog(self) -> None:
        """Do nothing: what waits is in the database, for all."""

    async def _wait_for_room(self) -> None:
        """Wait for nothing: what waits takes no memory."""

    async def _keep(self, received: Sequence[Received]) -> bool:
        try:
            await self._store.write(
                lambda work: inbox.receive(work, bot_id=self._bot_id, updates=received),
                priority=Priority.interactive,
            )
        except Exception:  # noqa: BLE001 - receiving outlives any trouble of the database
            _log.exception("updates could not be kept")
            return False
        self._changed.set()
        return True

    async def _claim_loop(self) -> None:
        """Begin what may begin as workers become free."""
        failures = 0
        while not self._stopping.is_set():
            self._changed.clear()
            try:
                more = await self._claim()
                failures = 0
            except Exception:  # noqa: BLE001 - the rows wait on
                _log.exception("updates could not be taken")
                failures += 1
                await wait_for_event(self._stopping, timeout_s=_DATABASE.after(failures))
                continue
            if not more:
                await wait_for_event(self._changed, timeout_s=_LOOK_EVERY_S)

    async def _claim(self) -> bool:
        """Begin some; True when there may be more for us to begin at once."""
        if await self._store.read(sharing.has_interrupted):
            # Nothing new beside what may have killed somebody.
            return not self._in_work and await self._handle_interrupted()
        free = self._workers - len(self._in_work)
        if free <= 0:
            return False
        rows = await self._store.write(
            lambda work: sharing.claim(work, owner=self._owner, until=self._until(), most=free),
            priority=Priority.interactive,
        )
        for row in rows:
            self._in_work.add(row.id)
            self._tasks.start(self._work(row), name=f"inbox row {row.id}")
        return len(rows) == free

    async def _handle_interrupted(self) -> bool:
        """Handle alone what was in progress when its process died; False when there was none."""
        row = await self._store.write(
            lambda work: sharing.claim_interrupted(work, owner=self._owner, until=self._until())
        )
        if row is None:
            return False
        _log.warning("inbox row %s was in progress when its process ended", row.id)
        if row.starts >= inbox.MOST_STARTS:
            await self._bury(row.id, "crashed")
            return True
        self._in_work.add(row.id)
        await asyncio.wait({self._tasks.start(self._work(row), name=f"inbox row {row.id}")})
        return True

    async def _work(self, row: Waiting) -> None:
        try:
            await self._handling.run(row)
        finally:
            self._in_work.discard(row.id)
            self._changed.set()

    async def _renew_loop(self) -> None:
        """Keep what is in work from looking as if we had died."""
        while not await wait_for_event(self._stopping, timeout_s=_RENEW_EVERY_S):
            ids = sorted(self._in_work)
            if not ids:
                continue
            try:
                await self._store.write(partial(self._renew, ids), priority=Priority.interactive)
            except Exception:  # noqa: BLE001 - it is tried again while the lease lasts
                _log.exception("leases could not be renewed")

    def _renew(self, ids: Sequence[int], work: Work) -> None:
        sharing.renew(work, ids, owner=self._owner, until=self._until())

    def _until(self) -> datetime:
        return self._store.clock.real_now() + _LEASE


class TurnPolling(Polling):
    """Asks Telegram for updates while it is this process's turn: one polls, others stand by."""

    _LIFE = timedelta(seconds=30)
    _ASK_EVERY_S = 5.0

    def __init__(self, poller: Poller, store: Store) -> None:
        """Take turns with others who use the same database."""
        super().__init__(poller)
        self._store = store
        self._owner = f"poll-{incident_id()}{incident_id()}"

    async def run(self, keep: Keep, room: Room) -> None:
        """Bring updates to `keep`; raises TokenRefused when Telegram refuses the token."""
        try:
            while not self._stopping.is_set():
                if await self._has_turn():
                    await self._poll_while_it_lasts(keep, room)
                else:
                    await wait_for_event(self._stopping, timeout_s=self._ASK_EVERY_S)
        finally:
            await self._give_up()

    async def _poll_while_it_lasts(self, keep: Keep, room: Room) -> None:
        _log.info("this process polls")
        held_until = self._store.clock.monotonic() + self._ASK_EVERY_S
        while not self._stopping.is_set():
            await self.fetch(keep, room)
            if self._store.clock.monotonic() >= held_until:
                if not await self._has_turn():
                    _log.warning("another process polls now")
                    return
                held_until = self._store.clock.monotonic() + self._ASK_EVERY_S

    async def _has_turn(self) -> bool:
        until = self._store.clock.real_now() + self._LIFE
        try:
            return await self._store.write(
                lambda work: sharing.hold_duty(work, _POLL, owner=self._owner, until=until),
                priority=Priority.interactive,
            )
        except Exception:  # noqa: BLE001 - without a database nobody can keep updates
            _log.exception("the turn to poll could not be taken")
            return False

    async def _give_up(self) -> None:
        try:
            await self._store.write(
                lambda work: sharing.give_up_duty(work, _POLL, owner=self._owner)
            )
        except Exception:  # noqa: BLE001 - then the turn ends by itself
            _log.exception("the turn to poll could not be handed on")
