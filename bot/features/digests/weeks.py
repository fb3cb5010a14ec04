"""Which week a digest is about; pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.core.dates import local_day, start_of

LATE_HOURS = 24
"""A digest goes out up to so much later than its hour, and then no more."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """Seven days behind, from `first` to `last`, and seven days ahead, until `ahead_until`.

    `key` names the ISO week of the day on which the digest goes out (2024-W25), `at` its moment.
    `since` and `until` are the half-open bounds of the days behind.
    """

    key: str
    at: datetime
    first: date
    last: date
    since: datetime
    until: datetime
    ahead_until: datetime


def latest_week(config: Config, now: datetime) -> Week:
    """Return the week whose digest was due last at `now`."""
    zone, settings = config.time.zone_info, config.digest
    today = local_day(now, zone)
    day = today - timedelta(days=(today.weekday() - settings.weekday.number) % 7)
    if start_of(day, zone, settings.hour) > now:
        day -= _WEEK
    return week_of(config, day)


def week_of(config: Config, day: date) -> Week:
    """Return the week of a digest that goes out on `day`: the seven days before it."""
    zone = config.time.zone_info
    return Week(
        key=key_of(day),
        at=start_of(day, zone, config.digest.hour),
        first=day - _WEEK,
        last=day - timedelta(days=1),
        since=start_of(day - _WEEK, zone),
        until=start_of(day, zone),
        ahead_until=start_of(day + _WEEK, zone),
    )


def week_until(config: Config, now: datetime) -> Week:
    """Return the seven days up to and with today, for who asks between two digests."""
    zone = config.time.zone_info
    today = local_day(now, zone)
    return Week(
        key=key_of(today),
        at=now,
        first=today - timedelta(days=6),
        last=today,
        since=start_of(today - timedelta(days=6), zone),
        until=start_of(today + timedelta(days=1), zone),
        ahead_until=start_of(today + timedelta(days=8), zone),
    )


def earlier_keys(config: Config, week: Week, *, count: int) -> list[str]:
    """Return the keys of the `count` digests before `week`, the nearest first."""
    day = local_day(week.at, config.time.zone_info)
    return [key_of(day - number * _WEEK) for number in range(1, count + 1)]


def is_too_late(week: Week, now: datetime) -> bool:
    """Tell whether the digest of `week` goes out no more at `now` (design, section 6)."""
    return now >= week.at + timedelta(hours=LATE_HOURS)


def key_of(day: date) -> str:
    """Return how the ISO week of `day` is written: 2024-W25."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
