"""The limits as the sender asks them: its own, or kept in the database by several senders.

Times are real monotonic seconds of this process. What several processes share is kept relative to
the database's clock, so that no two clocks are ever compared.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.config.installation import LimitSettings
from bot.core.clock import Clock
from bot.db.work import Work
from bot.features.outbox.claim import Claimed
from bot.features.outbox.pacing import keep_pace, lock_pace, on_their_way
from bot.transport.limits import Pace, PaceSelection

_MARGIN_S = 0.01
"""An answer counts for this much longer: the clocks of two processes are never read together."""


class Exchange(Protocol):
    """One claim: what may go, and what then went. The transaction may run twice."""

    def selection(self, work: Work) -> PaceSelection:
        """Return what may be sent now."""
        ...

    def note(self, work: Work, rows: Sequence[Claimed]) -> None:
        """Write down that `rows` leave."""
        ...

    def committed(self, rows: Sequence[Claimed]) -> None:
        """Count on what the transaction wrote: `rows` leave now."""
        ...


class Ledger(Protocol):
    """What was sent, and what may be."""

    def exchange(self, *, probing: bool) -> Exchange:
        """Begin a claim; one row at a time when `probing`."""
        ...

    def answered(self, row: Claimed) -> None:
        """Count the end of a request, whatever became of it."""
        ...

    def pause(self, chat_id: int, seconds: float) -> None:
        """Obey a 429."""
        ...

    def pause_all(self, seconds: float) -> None:
        """Send nothing for `seconds`."""
        ...

    def wait_s(self) -> float:
        """Return how long nothing at all can go; 0.0 when something might."""
        ...

    def next_chat_in_s(self) -> float | None:
        """Return when the next chat that has to wait may get something; None when none waits."""
        ...


class OwnLedger:
    """The limits of the only process that sends."""

    def __init__(self, limits: LimitSettings, clock: Clock) -> None:
        """Begin with nothing sent."""
        self._clock = clock
        self._pace = Pace(limits, now=clock.monotonic())

    def exchange(self, *, probing: bool) -> Exchange:
        """Begin a claim; one row at a time when `probing`."""
        return _OwnExchange(self._pace, self._clock, probing=probing)

    def answered(self, row: Claimed) -> None:
        """Count the end of a request, whatever became of it."""
        self._pace.answered(row.chat_id, row.cost, now=self._clock.monotonic())

    def pause(self, chat_id: int, seconds: float) -> None:
        """Obey a 429."""
        self._pace.pause(chat_id, seconds, now=self._clock.monotonic())

    def pause_all(self, seconds: float) -> None:
        """Send nothing for `seconds`."""
        self._pace.pause_all(seconds, now=self._clock.monotonic())

    def wait_s(self) -> float:
        """Return how long nothing at all can go; 0.0 when something might."""
        return self._pace.wait_s(now=self._clock.monotonic())

    def next_chat_in_s(self) -> float | None:
        """Return when the next chat that has to wait may get something; None when none waits."""
        return self._pace.next_chat_in_s(now=self._clock.monotonic())


class _OwnExchange:
    def __init__(self, pace: Pace, clock: Clock, *, probing: bool) -> None:
        self._pace = pace
        self._clock = clock
        self._frozen = pace.selection(now=clock.monotonic(), probing=probing)

    def selection(self, work: Work) -> PaceSelection:
        del work
        # The transaction may run twice: each run spends a copy.
        return replace(self._frozen, groups=dict(self._frozen.groups))

    def note(self, work: Work, rows: Sequence[Claimed]) -> None:
        """Write nothing: nobody else wants to know."""

    def committed(self, rows: Sequence[Claimed]) -> None:
        for row in rows:
            self._pace.started(row.chat_id, row.cost, now=self._clock.monotonic())


@dataclass(frozen=True)
class _Answered:
    row_id: int
    at: float


_Event = _Answered | Callable[[Pace], None]


class SharedLedger:
    """The limits of one of several processes that send: bucket, windows and pauses are one row.

    A row of the outbox is in flight from the commit that claims it until the one that tells of its
    answer; the flights of a process that died end when its rows are taken back.
    """

    def __init__(self, limits: LimitSettings, clock: Clock) -> None:
        """Begin with what the database knows."""
        self.limits = limits
        self.clock = clock
        self.events: list[_Event] = []
        self.mine: set[int] = set()
        self.pace = Pace(limits, now=clock.monotonic())
        self._away_until = clock.monotonic()

    def exchange(self, *, probing: bool) -> Exchange:
        """Begin a claim; one row at a time when `probing`."""
        away = self._away_until > self.clock.monotonic()
        return _SharedExchange(self, probing=probing, away=away)

    def answered(self, row: Claimed) -> None:
        """Count the end of a request, whatever became of it."""
        self.mine.discard(row.id)
        self.events.append(_Answered(row.id, self.clock.monotonic()))

    def pause(self, chat_id: int, seconds: float) -> None:
        """Obey a 429, and let all the others obey it."""
        at = self.clock.monotonic()
        self.events.append(lambda pace: pace.pause(chat_id, seconds, now=at))

    def pause_all(self, seconds: float) -> None:
        """Send nothing for `seconds`: what keeps this process from Telegram keeps no other."""
        self._away_until = max(self._away_until, self.clock.monotonic() + seconds)

    def wait_s(self) -> float:
        """Return how long nothing at all can go; 0.0 when something might."""
        now = self.clock.monotonic()
        return max(self._away_until - now, self.pace.wait_s(now=now))

    def next_chat_in_s(self) -> float | None:
        """Return when the next chat that has to wait may get something; None when none waits."""
        return self.pace.next_chat_in_s(now=self.clock.monotonic())


class _SharedExchange:
    def __init__(self, ledger: SharedLedger, *, probing: bool, away: bool) -> None:
        self._ledger = ledger
        self._probing = probing
        self._away = away
        self._events = tuple(ledger.events)
        self._in_flight = len(ledger.mine)
        self._pace = ledger.pace
        self._flights: dict[str, list[int]] = {}
        self._at = 0.0
        self._now = 0.0

    def selection(self, work: Work) -> PaceSelection:
        locked = lock_pace(work, self._ledger.clock.monotonic)
        # By all of them read before the database's clock, however long its answer then takes: so
        # nothing seems older to another than it is when that one's messages leave.
        self._now, self._at = locked.read_at, locked.at
        self._restore(locked.state, written_at=self._now - locked.age_s)
        self._land(on_their_way(work))
        chosen = self._pace.selection(
            now=self._now, probing=self._probing, in_flight=self._in_flight
        )
        return replace(chosen, room=0) if self._away else chosen

    def note(self, work: Work, rows: Sequence[Claimed]) -> None:
        for row in rows:
            self._pace.started(row.chat_id, row.cost, now=self._now)
            self._flights[str(row.id)] = [row.chat_id, row.cost]
        plain = {**self._pace.plain(now=self._now), "flights": self._flights}
        keep_pace(work, plain, at=self._at)

    def committed(self, rows: Sequence[Claimed]) -> None:
        ledger = self._ledger
        del ledger.events[: len(self._events)]
        ledger.pace = self._pace
        ledger.mine |= {row.id for row in rows}

    def _restore(self, state: Mapping[str, Any], *, written_at: float) -> None:
        self._pace = Pace.of(self._ledger.limits, state, now=written_at)
        self._flights = dict(state.get("flights", {}))
        for chat_id, cost in self._flights.values():
            self._pace.take_off(chat_id, cost)

    def _land(self, sending: set[int]) -> None:
        """Count what came back: here, and from those who died with it."""
        for event in self._events:
            if isinstance(event, _Answered):
                self._end(str(event.row_id), event.at + _MARGIN_S)
            else:
                event(self._pace)
        for key in [key for key in self._flights if int(key) not in sending]:
            self._end(key, self._now)

    def _end(self, key: str, at: float) -> None:
        flight = self._flights.pop(key, None)
        if flight is not None:
            chat_id, cost = flight
            self._pace.answered(chat_id, cost, now=at)
