"""Days and local time, without reading any clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day of the aware `moment` in `zone`."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo, at: time = time(0)) -> datetime:
    """Return `day` at local `at` in `zone`, as an aware UTC time."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment after `day` in `zone`: deadlines are half-open."""
    return start_of(day + timedelta(days=1), zone)


def last_day_of_month(day: date) -> date:
    """Return the last day of `day`'s month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
