"""How fast the bot may send (design, section 4). All times are real monotonic seconds."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.config.installation import LimitSettings
from bot.features.outbox.claim import Verdict
from bot.features.outbox.models import Lane
from bot.transport.doubt import Doubt

_SECOND = 1.0
_MINUTE = 60.0
_INTERACTIVE_SLOTS = 2


def window_of(limits: LimitSettings) -> int:
    """Return the most messages that may be in flight or answered within the last second.

    Telegram's 30 with the settings' defaults; an album counts its items.
    """
    return int(limits.overall_per_second) + limits.burst


class Window:
    """What is in flight or was answered within the last `length_s` seconds.

    A request reaches the server at some time between its start and its answer, so whatever the
    jitter, the server sees no more in any such time than this counts.
    """

    def __init__(self, length_s: float) -> None:
        """Count nothing yet."""
        self._length_s = length_s
        self._answered: deque[tuple[float, int]] = deque()
        self._in_flight = 0
        self._recent = 0

    def start(self, cost: int) -> None:
        """Count `cost` messages that leave now."""
        self._in_flight += cost

    def answer(self, cost: int, now: float) -> None:
        """Count `cost` messages of `start` as answered."""
        self._in_flight -= cost
        self._recent += cost
        self._answered.append((now, cost))

    def count(self, now: float) -> int:
        """Return how many messages count at `now`."""
        while self._answered and self._answered[0][0] < now - self._length_s:
            self._recent -= self._answered.popleft()[1]
        return self._in_flight + self._recent

    def plain(self, now: float) -> list[list[float]]:
        """Return what was answered as JSON: when, as seconds from `now`, and how many messages."""
        self.count(now)
        return [[at - now, cost] for at, cost in self._answered]

    def refill(self, plain: Iterable[Sequence[float]], now: float) -> None:
        """Count as answered what `plain` told, with `now` for the time that it was told from."""
        self._answered = deque((now + at, int(cost)) for at, cost in plain)
        self._recent = sum(cost for _, cost in self._answered)

    def free_at(self, now: float) -> float:
        """Return when the next message stops counting; `now` when that depends on an answer."""
        self.count(now)
        return self._answered[0][0] + self._length_s if self._answered else now


class Pace:
    """What was sent, and what may be: for one process.

    `selection` freezes it for one claim in the database's thread; what was then sent is told by
    `started` and `answered`, in the event loop.
    """

    def __init__(self, limits: LimitSettings, *, now: float) -> None:
        """Start with full buckets at `now`."""
        self.limits = limits
        self._tokens = float(limits.burst)
        self._filled_at = now
        self._window = Window(_SECOND)
        self._groups: dict[int, Window] = {}
        self._next_at: dict[int, float] = {}
        self._busy: set[int] = set()
        self._paused: dict[int, float] = {}
        self._all_paused_until = now
        self._last_refusal = (now - _MINUTE, 0)
        self._doubt = Doubt()

    def started(self, chat_id: int, cost: int, *, now: float) -> None:
        """Count a request of `cost` messages that leaves for `chat_id`."""
        self._fill(now)
        self._tokens -= cost
        self._hold_chat(chat_id, cost, after=max(self._next_at.get(chat_id, now), now))
        if now >= self._all_paused_until:
            self._doubt.left(chat_id, now=now)
        self.take_off(chat_id, cost)

    def take_off(self, chat_id: int, cost: int) -> None:
        """Count a request as in flight that has left the bucket before."""
        self._window.start(cost)
        self._busy.add(chat_id)
        if chat_id < 0:
            self._groups.setdefault(chat_id, Window(_MINUTE)).start(cost)

    def answered(self, chat_id: int, cost: int, *, now: float) -> None:
        """Count the end of a request, whatever became of it."""
        self._window.answer(cost, now)
        # It may have reached the server only now, and counts there from then on.
        self._hold_chat(chat_id, cost, after=now)
        self._busy.discard(chat_id)
        self._doubt.answered(chat_id)
        if chat_id < 0:
            self._groups[chat_id].answer(cost, now)

    def _hold_chat(self, chat_id: int, cost: int, *, after: float) -> None:
        free_at = after + cost / self.limits.chat_per_second
        self._next_at[chat_id] = max(self._next_at.get(chat_id, free_at), free_at)

    def pause(self, chat_id: int, seconds: float, *, now: float) -> None:
        """Obey a 429: pause the chat, and everybody when a second chat got one within a second.

        Only time ends a pause. After one of all a single message goes first: until it is answered
        any 429 pauses everybody again.
        """
        until = now + seconds
        self._paused[chat_id] = max(self._paused.get(chat_id, until), until)
        refused_at, refused_chat = self._last_refusal
        second = refused_chat != chat_id and now - refused_at <= _SECOND
        if second or self._doubt.room(now) is not None:
            self.pause_all(max(until, self._paused.get(refused_chat, until)) - now, now=now)
            self._doubt.begin(self._all_paused_until)
        self._last_refusal = (now, chat_id)

    def pause_all(self, seconds: float, *, now: float) -> None:
        """Send nothing for `seconds`."""
        self._all_paused_until = max(self._all_paused_until, now + seconds)

    def is_paused(self, chat_id: int, *, now: float) -> bool:
        """Tell whether a 429 holds `chat_id`."""
        return max(self._paused.get(chat_id, now), self._all_paused_until) > now

    def wait_s(self, *, now: float) -> float:
        """Return how long nothing at all can go; 0.0 when something might."""
        self._fill(now)
        waits = [self._all_paused_until - now]
        if self._tokens < 1:
            waits.append((1 - self._tokens) / self.limits.overall_per_second)
        if self._window.count(now) >= window_of(self.limits):
            waits.append(self._window.free_at(now) - now)
        return max(0.0, *waits)

    def next_chat_in_s(self, *, now: float) -> float | None:
        """Return when the next chat that has to wait may get something; None when none waits."""
        burst_s = (self.limits.chat_burst - 1) / self.limits.chat_per_second
        moments = [
            *(at for at in self._next_at.values()),
            *(at - burst_s for at in self._next_at.values()),
            *self._paused.values(),
        ]
        return min((at - now for at in moments if at > now), default=None)

    def selection(
        self, *, now: float, probing: bool = False, in_flight: int | None = None
    ) -> "PaceSelection":
        """Return what may be sent at `now`, for one claim; one row at a time when `probing`.

        `in_flight` is how many requests this process has on their way, None for all there are.
        """
        self._fill(now)
        self._forget(now)
        burst_s = (self.limits.chat_burst - 1) / self.limits.chat_per_second
        paused = self._all_paused_until > now
        groups = {
            chat: self.limits.group_per_minute - window.count(now)
            for chat, window in self._groups.items()
        }
        free = (1 if probing else self.limits.in_flight) - (
            len(self._busy) if in_flight is None else in_flight
        )
        asking = self._doubt.room(now)
        closed = self._busy | self._paused.keys()
        closed |= {chat for chat, at in self._next_at.items() if at - burst_s > now}
        closed |= {chat for chat, room in groups.items() if room <= 0}
        return PaceSelection(
            limits=self.limits,
            tokens=self._tokens,
            room=0 if paused else window_of(self.limits) - self._window.count(now),
            slots=free if asking is None else min(asking, free),
            kept_slots=0
            if probing or asking is not None
            else min(_INTERACTIVE_SLOTS, self.limits.in_flight - 1),
            closed_chats=frozenset(closed),
            slow_chats=frozenset(chat for chat, at in self._next_at.items() if at > now),
            groups=groups,
        )

    def plain(self, *, now: float) -> dict[str, Any]:
        """Return all of this but what is in flight as JSON; times are seconds from `now`."""
        self._fill(now)
        self._forget(now)
        refused_at, refused_chat = self._last_refusal
        return {
            "tokens": self._tokens,
            "sent": self._window.plain(now),
            "groups": {str(chat): window.plain(now) for chat, window in self._groups.items()},
            "next": {str(chat): at - now for chat, at in self._next_at.items()},
            "paused": {str(chat): at - now for chat, at in self._paused.items()},
            "all_paused": self._all_paused_until - now,
            "refused": [refused_at - now, refused_chat],
            "doubt": self._doubt.plain(now=now),
        }

    @classmethod
    def of(cls, limits: LimitSettings, plain: Mapping[str, Any], *, now: float) -> "Pace":
        """Read back what `plain` wrote; `now` is the time that it was written from."""
        pace = cls(limits, now=now)
        if not plain:
            return pace
        pace._tokens = plain["tokens"]
        pace._window.refill(plain["sent"], now)
        for chat, sent in plain["groups"].items():
            pace._groups.setdefault(int(chat), Window(_MINUTE)).refill(sent, now)
        pace._next_at = {int(chat): now + at for chat, at in plain["next"].items()}
        pace._paused = {int(chat): now + at for chat, at in plain["paused"].items()}
        pace._all_paused_until = now + plain["all_paused"]
        refused_at, refused_chat = plain["refused"]
        pace._last_refusal = (now + refused_at, refused_chat)
        if "doubt" in plain:  # An earlier version wrote none.
            pace._doubt = Doubt.of(plain["doubt"], now=now)
        return pace

    def _fill(self, now: float) -> None:
        gained = max(0.0, now - self._filled_at) * self.limits.overall_per_second
        self._tokens = min(float(self.limits.burst), self._tokens + gained)
        self._filled_at = now

    def _forget(self, now: float) -> None:
        """Drop what no longer limits anything, so that memory does not grow with the chats."""
        self._next_at = {chat: at for chat, at in self._next_at.items() if at > now}
        self._paused = {chat: at for chat, at in self._paused.items() if at > now}
        self._groups = {
            chat: window for chat, window in self._groups.items() if window.count(now) > 0
        }


@dataclass
class PaceSelection:
    """The limits at one moment, spent row by row; see `Selection`.

    `slots` are requests that may start, `room` messages, `tokens` what the bucket holds (an album
    may leave it in debt). The `kept_slots` are for people who wait for an answer.
    """

    limits: LimitSettings
    tokens: float
    room: int
    slots: int
    kept_slots: int
    closed_chats: frozenset[int]
    slow_chats: frozenset[int]
    groups: dict[int, float] = field(default_factory=dict)

    def closed(self) -> Collection[int]:
        """Return the chats that may get nothing now."""
        return self.closed_chats

    def slow(self) -> Collection[int]:
        """Return the chats that may get only what is interactive now."""
        return self.slow_chats

    def offer(self, *, chat_id: int, lane: int, cost: int) -> Verdict:
        """Take a row of `cost` messages, or say who has to wait."""
        if self.slots <= (0 if lane == Lane.interactive else self.kept_slots):
            return Verdict.an_answer_must_come
        enough = self.tokens >= min(cost, self.limits.burst)
        if not enough or self.room < min(cost, window_of(self.limits)):
            return Verdict.all_must_wait
        most_to_group = min(cost, self.limits.group_per_minute)
        if self.groups.get(chat_id, cost) < most_to_group:
            return Verdict.chat_must_wait
        self.slots -= 1
        self.tokens -= cost
        self.room -= cost
        return Verdict.taken
