"""What is done now and then inside a transaction that runs anyway."""

from collections.abc import Callable, Iterable, Mapping

from bot.db.work import Work

Chore = Callable[[Work], object]


class Chores:
    """Remembers when each chore is due again; times are real monotonic seconds."""

    def __init__(self, every_s: Mapping[Chore, float]) -> None:
        """Have each chore done every so many seconds, beginning now."""
        self._every_s = dict(every_s)
        self._next_at = dict.fromkeys(every_s, float("-inf"))

    def due(self, now: float) -> list[Chore]:
        """Return what is to be done at `now`."""
        return [chore for chore, at in self._next_at.items() if at <= now]

    def done(self, chores: Iterable[Chore], now: float) -> None:
        """Note that `chores` were done and committed."""
        for chore in chores:
            self._next_at[chore] = now + self._every_s[chore]
