"""The sandbox owns the campaign's simulated clock and writes the file that the bot reads."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.clock import FileClock, SystemClock, write_clock_file
from bot.sandbox.answers import Impossible

_STEP = re.compile(r"(\d+)\s*([smhdw])")
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


class SimClock:
    """Simulated time, kept in a clock file when there is one and in memory otherwise.

    Without a file and without a start the simulated time is the machine's.
    """

    def __init__(self, path: Path | None = None, *, start: datetime | None = None) -> None:
        """Take over the clock file `path` as it is; a missing one starts at `start`."""
        self._path = path
        self._real = SystemClock()
        self._file = FileClock(path) if path is not None else None
        self._offset = timedelta(0)
        if path is None:
            if start is not None:
                self.set(start)
        elif not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_clock_file(path, start or self._real.real_now())

    @property
    def path(self) -> Path | None:
        """The clock file, or None when time is only in memory."""
        return self._path

    def now(self) -> datetime:
        """Return the simulated time in UTC."""
        if self._file is not None:
            return self._file.now()
        return self._real.real_now() + self._offset

    def real_now(self) -> datetime:
        """Return the wall clock's time in UTC."""
        return self._real.real_now()

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return self._real.monotonic()

    def set(self, now: datetime) -> None:
        """Make it `now`, an aware time."""
        if self._path is not None:
            write_clock_file(self._path, now)
        else:
            self._offset = now.astimezone(UTC) - self._real.real_now()

    def advance(self, step: timedelta) -> None:
        """Move the simulated time by `step`."""
        self.set(self.now() + step)


def parsed_step(text: str) -> timedelta:
    """Return the duration in `text`, such as 1h, 1d, 7d or 1d12h; raises Impossible."""
    parts = _STEP.findall(text)
    if not parts or _STEP.sub("", text).strip():
        raise Impossible(400, f"cannot read the step {text!r}: use 30m, 1h, 1d, 7d")
    return timedelta(seconds=sum(int(number) * _UNITS_S[unit] for number, unit in parts))


def parsed_time(text: str) -> datetime:
    """Return the aware time in ISO form in `text`; raises Impossible."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Impossible(400, f"cannot read the time {text!r}: use ISO 8601") from None
    if moment.tzinfo is None:
        raise Impossible(400, f"the time {text!r} needs an offset, such as +08:00")
    return moment.astimezone(UTC)
