"""Whether a pause that Telegram asked for is over: one message goes first and finds out."""

from collections.abc import Mapping
from typing import Any

_LOST_AFTER_S = 10.0
"""A probe that is not answered by then may be lost with its process: the others go."""
_ENDS_AFTER_S = 60.0
"""So long after the end of a pause nobody doubts it any more, though nothing was sent."""


class Doubt:
    """What a pause of all leaves behind, until one message was answered after it.

    Times are real monotonic seconds of whoever asks.
    """

    def __init__(self) -> None:
        """Doubt nothing."""
        self._until: float | None = None
        self._probe: tuple[int, float] | None = None

    def begin(self, paused_until: float) -> None:
        """Doubt, from the end of a pause on; a probe that is on its way says nothing any more."""
        self._until = paused_until + _ENDS_AFTER_S
        self._probe = None

    def room(self, now: float) -> int | None:
        """Return how many requests may start: 1, then 0 until it is answered; None when all may."""
        if self._until is None or now >= self._until:
            return None
        if self._probe is None:
            return 1
        return 0 if now < self._probe[1] + _LOST_AFTER_S else None

    def left(self, chat_id: int, *, now: float) -> None:
        """Note that a request leaves after the pause, one at a time for each chat."""
        if self.room(now) == 1:
            self._probe = (chat_id, now)

    def answered(self, chat_id: int) -> None:
        """End the doubt when this was the probe; one that was refused is none any more."""
        if self._probe is not None and self._probe[0] == chat_id:
            self._until = self._probe = None

    def plain(self, *, now: float) -> dict[str, Any]:
        """Return this as JSON; times are seconds from `now`."""
        probe = self._probe and [self._probe[0], self._probe[1] - now]
        return {"until": None if self._until is None else self._until - now, "probe": probe}

    @classmethod
    def of(cls, plain: Mapping[str, Any], *, now: float) -> "Doubt":
        """Read back what `plain` wrote; `now` is the time that it was written from."""
        doubt = cls()
        if plain["until"] is not None:
            doubt._until = now + plain["until"]
        if plain["probe"] is not None:
            chat_id, left = plain["probe"]
            doubt._probe = (chat_id, now + left)
        return doubt
