"""The outbox leaves for Telegram (design, section 4).

One loop: one transaction records what came back and claims what may go next, then the requests
run side by side. No transaction is open while a request is on its way.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.config import LimitSettings
from bot.core.ids import incident_id
from bot.core.tasks import Tasks, wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.outbox.claim import Claimed, Turn, Verdict, claim, has_due, release_due
from bot.features.outbox.models import Lane
from bot.features.outbox.outcome import Outcome, Result
from bot.features.outbox.pacing import renew
from bot.features.outbox.queue import give_back, take_back
from bot.features.outbox.record import Hooks, record
from bot.transport.attempt import Attempts
from bot.transport.backoff import Backoff
from bot.transport.chores import Chore, Chores
from bot.transport.errors import TokenRefused
from bot.transport.ledger import Exchange, Ledger, OwnLedger, SharedLedger
from bot.transport.outage import Outage
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_LEASE_S = 300.0
_SHARED_LEASE_S = 45.0
_RENEW_EVERY_S = 10.0
_LONGEST_SLEEP_S = 1.0
_SHORTEST_SLEEP_S = 0.005
_GATHER_S = 0.05
_ALBUM_S = 0.02
"""How often to look whether the limits have room for an album, which needs more than one place."""
_RELEASE_EVERY_S = 1.0
_TAKE_BACK_EVERY_S = 30.0
_RETRIES = Backoff(first_s=3.0, most_s=900.0)
_STUCK = Backoff(first_s=1.0, most_s=60.0)
_NO_HOOKS = Hooks()
_URGENT = (Lane.interactive,)


class Sender:
    """Sends the rows of the outbox. `wake` it after a commit that put some in."""

    def __init__(
        self,
        store: Store,
        wire: Wire,
        limits: LimitSettings,
        *,
        hooks: Hooks = _NO_HOOKS,
        retries: Backoff = _RETRIES,
        single: bool = True,
    ) -> None:
        """Prepare to send; `single` says that no other process sends from this outbox.

        Where others do, bucket and pauses are theirs as well and lie in the database.
        """
        self._store = store
        self._clock = store.clock
        self._hooks = hooks
        self._single = single
        self._owner = f"sender-{incident_id()}{incident_id()}"
        self._ledger: Ledger = (OwnLedger if single else SharedLedger)(limits, self._clock)
        self._outage = Outage()
        self._attempts = Attempts(wire, self._clock, self._ledger, self._outage, retries)
        self._tasks = Tasks()
        self._in_flight: set[int] = set()
        self._unsure = False
        self._results: list[Result] = []
        self._stuck: list[Result] = []
        self._stuck_tries = 0
        self._next_stuck_at = self._clock.monotonic()
        self._chores = Chores({release_due: _RELEASE_EVERY_S, take_back: _TAKE_BACK_EVERY_S})
        self._lease_s = _LEASE_S
        if not single:
            # Nobody else may send to a chat whose sender died before its lease ends: a short one,
            # which is kept up.
            self._lease_s = _SHARED_LEASE_S
            self._chores = Chores(
                {
                    release_due: _RELEASE_EVERY_S,
                    self._renew: _RENEW_EVERY_S,
                    take_back: _RENEW_EVERY_S,
                }
            )
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._stopping = self._abandoned = False

    def wake(self) -> None:
        """Look for rows now."""
        self._wake.set()

    async def run(self) -> None:
        """Send until `stop`; raises TokenRefused when Telegram does not accept the token."""
        self._ended.clear()
        try:
            await self._take_all_back()
            while not (self._abandoned or self._attempts.token_refused):
                turn = await self._turn()
                if self._stopping and await self._is_drained():
                    break
                await self._sleep(turn)
            await self._end()
        finally:
            await self._tasks.stop()
            self._ended.set()

    async def stop(self, *, drain_s: float = 10.0) -> None:
        """Send what people wait for, but no longer than `drain_s` seconds, and end.

        What is still on its way then is of unknown outcome, as after a crash.
        """
        self._stopping = True
        self._wake.set()
        if not await wait_for_event(self._ended, timeout_s=drain_s):
            _log.warning("stopped with %s messages on their way", len(self._in_flight))
            self._abandoned = True
            self._wake.set()
            await self._ended.wait()

    async def _take_all_back(self) -> None:
        if self._single:
            freed = await self._store.write(lambda work: take_back(work, all_of_them=True))
            if freed:
                _log.warning("%s messages were in flight when the bot ended", freed)

    async def _turn(self) -> Turn | None:
        """Record what came back and start what may go; None when the database did not let us."""
        await self._record_stuck()
        results, self._results = self._results, []
        now = self._clock.monotonic()
        exchange = self._ledger.exchange(probing=self._outage.is_suspected)
        lanes = _URGENT if self._stopping else tuple(Lane)
        due = self._chores.due(now)
        chores = [*due, *self._doubts(results)]
        try:
            turn = await self._store.write(
                lambda work: self._exchange(work, results, exchange, lanes, chores),
                priority=Priority.interactive,
            )
        except Exception:  # noqa: BLE001 - the sender outlives any trouble of the database
            _log.exception("the sender could not use the database")
            self._stuck += results
            self._unsure = True
            return None
        self._unsure = False
        self._chores.done(due, now)
        exchange.committed(turn.rows)
        for row in turn.rows:
            self._start(row)
        return turn

    def _doubts(self, results: Sequence[Result]) -> list[Chore]:
        """Return what to do after a turn whose commit may have come through unknown to us.

        What it claimed is ours by the database, and nobody would ever send it.
        """
        if not self._unsure:
            return []
        known = {*self._in_flight, *(each.row_id for each in (*results, *self._stuck))}
        return [partial(give_back, owner=self._owner, known=known)]

    def _exchange(
        self,
        work: Work,
        results: Sequence[Result],
        exchange: Exchange,
        lanes: Collection[Lane],
        chores: Collection[Chore],
    ) -> Turn:
        # First, so that senders who share the limits wait for each other here and nowhere else.
        selection = exchange.selection(work)
        record(work, results, owner=self._owner, hooks=self._hooks)
        for chore in chores:
            chore(work)
        turn = claim(
            work,
            owner=self._owner,
            lease_until=self._lease_until(work),
            selection=selection,
            lanes=lanes,
        )
        exchange.note(work, turn.rows)
        return turn

    def _renew(self, work: Work) -> None:
        renew(work, owner=self._owner, until=self._lease_until(work))

    def _lease_until(self, work: Work) -> datetime:
        return work.real_now + timedelta(seconds=self._lease_s)

    async def _record_stuck(self) -> None:
        """Record one by one what could not be recorded, so that one bad result stops no other."""
        now = self._clock.monotonic()
        if not self._stuck or now < self._next_stuck_at:
            return
        results, self._stuck = self._stuck, []
        for result in results:
            try:
                await self._store.write(partial(self._record_one, result))
            except Exception:  # noqa: BLE001 - a hook's failure must not stop the sender
                _log.exception("the result of outbox row %s cannot be recorded", result.row_id)
                self._stuck.append(result)
        self._stuck_tries = self._stuck_tries + 1 if self._stuck else 0
        self._next_stuck_at = now + (_STUCK.after(self._stuck_tries) if self._stuck else 0.0)

    def _record_one(self, result: Result, work: Work) -> None:
        record(work, [result], owner=self._owner, hooks=self._hooks)

    def _start(self, row: Claimed) -> None:
        self._in_flight.add(row.id)
        self._tasks.start(self._send(row), name=f"outbox row {row.id}")

    async def _send(self, row: Claimed) -> None:
        outcome: Outcome = await self._attempts.send(row)
        self._ledger.answered(row)
        self._in_flight.discard(row.id)
        self._results.append(Result(row.id, outcome, replaces=row.replaces))
        self._wake.set()

    async def _sleep(self, turn: Turn | None) -> None:
        """Wait for something to do; what comes back is gathered until something can go again."""
        if turn is None:
            await asyncio.sleep(_LONGEST_SLEEP_S)
            return
        await wait_for_event(self._wake, timeout_s=self._idle_s(turn))
        self._wake.clear()
        gather_s = min(self._ledger.wait_s(), _GATHER_S)
        if gather_s > 0:
            await asyncio.sleep(gather_s)

    def _idle_s(self, turn: Turn) -> float:
        waits = [_LONGEST_SLEEP_S]
        if turn.stopped_by is Verdict.all_must_wait:
            waits.append(max(self._ledger.wait_s(), _ALBUM_S))
        if turn.retry_at is not None:
            waits.append((turn.retry_at - self._clock.real_now()).total_seconds())
        if (chat_s := self._ledger.next_chat_in_s()) is not None:
            waits.append(chat_s)
        return max(_SHORTEST_SLEEP_S, min(waits))

    async def _is_drained(self) -> bool:
        if self._in_flight or self._results:
            return False
        return not await self._store.read(lambda view: has_due(view, lanes=_URGENT))

    async def _end(self) -> None:
        """Record what has come back; rows that are still on their way are taken back later."""
        if self._attempts.token_refused:
            await self._tasks.wait(timeout_s=_LONGEST_SLEEP_S)
        self._stuck += self._results
        self._next_stuck_at = self._clock.monotonic()
        await self._record_stuck()
        if self._attempts.token_refused:
            raise TokenRefused
