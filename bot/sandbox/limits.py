"""How fast a bot may send: Telegram's published limits, checked in constant time (design 4)."""

import math
from collections import deque
from dataclasses import dataclass

from bot.sandbox.answers import too_many_requests

_MINUTE_S = 60.0


@dataclass(slots=True)
class Settings:
    """The limits in force; requests are counted on arrival."""

    enabled: bool = True
    overall_per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_per_minute: int = 20
    slack_s: float = 0.25
    """What a chat's pace may be early: the network is no metronome."""


class Limits:
    """Counts what a bot sends and says when it was too much.

    A 429 pauses its chat (or everything) until `retry_after` is over, as Telegram does.
    """

    def __init__(self, settings: Settings) -> None:
        """Count nothing yet."""
        self.change(settings)

    def change(self, settings: Settings) -> None:
        """Put `settings` in force and forget what was counted and paused."""
        self.settings = settings
        self._overall: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._paused: dict[int, float] = {}
        self._all_paused_until = 0.0

    def spend(self, chat_id: int, *, cost: int, now: float) -> None:
        """Count `cost` messages to `chat_id` at monotonic `now`; raises Refused with 429."""
        if not self.settings.enabled:
            return
        self._refuse_while_paused(chat_id, now)
        wait_s = self._overall_wait(cost, now)
        if wait_s > 0:
            self._all_paused_until = now + math.ceil(wait_s)
            raise too_many_requests(math.ceil(wait_s))
        wait_s = self._group_wait(chat_id, now) if chat_id < 0 else self._chat_wait(chat_id, now)
        if wait_s > 0:
            self._paused[chat_id] = now + math.ceil(wait_s)
            raise too_many_requests(math.ceil(wait_s))
        self._count(chat_id, cost, now)

    def _refuse_while_paused(self, chat_id: int, now: float) -> None:
        until = max(self._paused.get(chat_id, 0.0), self._all_paused_until)
        if until > now:
            raise too_many_requests(math.ceil(until - now))
        self._paused.pop(chat_id, None)

    def _overall_wait(self, cost: int, now: float) -> float:
        sent = self._overall
        while sent and sent[0] <= now - 1.0:
            sent.popleft()
        if not sent or len(sent) + cost <= self.settings.overall_per_second:
            return 0.0
        return max(sent[0] + 1.0 - now, 0.001)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        period_s = 1.0 / self.settings.chat_per_second
        early_s = period_s * (self.settings.chat_burst - 1) + self.settings.slack_s
        return self._chats.get(chat_id, 0.0) - early_s - now

    def _group_wait(self, chat_id: int, now: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - _MINUTE_S + self.settings.slack_s:
            sent.popleft()
        if len(sent) < self.settings.group_per_minute:
            return 0.0
        return max(sent[0] + _MINUTE_S - now, 0.001)

    def _count(self, chat_id: int, cost: int, now: float) -> None:
        self._overall.extend([now] * cost)
        if chat_id < 0:
            self._groups[chat_id].extend([now] * cost)
            return
        period_s = 1.0 / self.settings.chat_per_second
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), now) + period_s * cost
