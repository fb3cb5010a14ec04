"""A clock that stands still until a test moves it."""

import time
from datetime import UTC, datetime, timedelta


class SetClock:
    """The campaign's time is what the test says; real time is real."""

    def __init__(self, now: datetime) -> None:
        """Stand at the aware time `now`."""
        self.at = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time that was set."""
        return self.at

    def real_now(self) -> datetime:
        """Return the wall clock's time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return this process's monotonic seconds."""
        return time.monotonic()

    def move(self, **by: float) -> None:
        """Move on by a timedelta's arguments, e.g. `move(days=1)`."""
        self.at += timedelta(**by)
