"""The two clocks of the bot.

The campaign's time decides every fact and deadline and can be moved in the demo. Real time is
for leases, backoff and pauses, so that moving the campaign's clock breaks nothing.
"""

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Where every module gets its time from."""

    def now(self) -> datetime:
        """Return the campaign's time, aware and in UTC."""
        ...

    def real_now(self) -> datetime:
        """Return the wall clock's time, aware and in UTC, comparable between processes."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, comparable only inside this process."""
        ...


class SystemClock:
    """The campaign runs in real time."""

    def now(self) -> datetime:
        """Return the campaign's time: the wall clock's, in UTC."""
        return self.real_now()

    def real_now(self) -> datetime:
        """Return the wall clock's time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return this process's monotonic seconds."""
        return time.monotonic()


class FileClock(SystemClock):
    """A campaign clock that a file moves: the time in the file plus what passed since its mtime.

    Only for a bot that speaks to a loopback address; the command line refuses it otherwise.
    """

    def __init__(self, path: Path) -> None:
        """Read the time from `path`, an ISO 8601 time with an offset."""
        self._path = path
        self._read_at_mtime_ns = -1
        self._base = datetime.fromtimestamp(0, UTC)

    def now(self) -> datetime:
        """Return the simulated time in UTC.

        Raises ValueError when the file holds no aware ISO time, OSError when it is missing.
        """
        mtime_ns = self._path.stat().st_mtime_ns
        if mtime_ns != self._read_at_mtime_ns:
            base = datetime.fromisoformat(self._path.read_text(encoding="ascii").strip())
            if base.tzinfo is None:
                raise ValueError("the clock file needs a time with an offset")
            self._base = base.astimezone(UTC)
            self._read_at_mtime_ns = mtime_ns
        return self._base + timedelta(seconds=time.time() - mtime_ns / 1e9)


def write_clock_file(path: Path, now: datetime) -> None:
    """Set the simulated time in `path` to the aware time `now`, in one step for its readers."""
    if now.tzinfo is None:
        raise ValueError("the clock file needs a time with an offset")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".clock-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(now.astimezone(UTC).isoformat())
    Path(name).replace(path)
