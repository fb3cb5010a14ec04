"""From when until when a post is, without its day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.dates import start_of

_FORMAT = "%H:%M"
_BETWEEN = "-"
_NEXT_DAY = "+"


@dataclass(frozen=True, order=True)
class Hours:
    """From when until when, local; `overnight` means that the end is on the next day."""

    start: time
    end: time
    overnight: bool = False

    def kept(self) -> str:
        """Return this as it is kept in a draft."""
        sign = _NEXT_DAY if self.overnight else ""
        return f"{self.start:{_FORMAT}}{_BETWEEN}{self.end:{_FORMAT}}{sign}"

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return start and end of a post on `day`, in UTC."""
        last = day + timedelta(days=1) if self.overnight else day
        return start_of(day, zone, self.start), start_of(last, zone, self.end)

    def overlaps(self, other: "Hours") -> bool:
        """Tell whether both share a moment on the same day; touching is none."""
        return self.start < other.last and other.start < self.last

    @property
    def last(self) -> time:
        """Return the end as far as it lies on the day of the start."""
        return time.max if self.overnight else self.end


def hours_of(kept: str) -> Hours:
    """Return what `Hours.kept` wrote."""
    start, _, end = kept.removesuffix(_NEXT_DAY).partition(_BETWEEN)
    return Hours(
        time.fromisoformat(start), time.fromisoformat(end), overnight=kept.endswith(_NEXT_DAY)
    )
