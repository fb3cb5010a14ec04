"""Which week a digest is about; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.core.dates import local_day, start_of

LATE_HOURS = 24
"""A digest goes out up to so much later than its hour, and then no more."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """Some days behind, from `first` to `last`, and seven days ahead, until `ahead_until`.

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
    day = _begun(config, local_day(now, zone))
    if start_of(day, zone, settings.hour) > now:
        day -= _WEEK
    return week_of(config, day)


def moments(config: Config, start: datetime, until: datetime) -> Iterator[datetime]:
    """Yield when digests may be due from `start` to `until`: now, then once a week."""
    yield start
    week = week_of(config, local_day(latest_week(config, start).at, config.time.zone_info) + _WEEK)
    while week.at < until:
        yield week.at
        week = week_of(config, local_day(week.at, config.time.zone_info) + _WEEK)


def week_of(config: Config, day: date) -> Week:
    """Return the week of a digest that goes out on `day`: the seven days before it."""
    return week_between(config, day - _WEEK, day - timedelta(days=1))


def week_so_far(config: Config, now: datetime) -> Week:
    """Return the week that the next digest will be about, up to and with today."""
    today = local_day(now, config.time.zone_info)
    return week_between(config, _begun(config, today), today)


def last_week(config: Config, now: datetime) -> Week:
    """Return the last seven days that are over: what lies before `week_so_far`."""
    return week_of(config, _begun(config, local_day(now, config.time.zone_info)))


def week_between(config: Config, first: date, last: date) -> Week:
    """Return what a digest of the days from `first` to `last` is about, and the week after them."""
    zone = config.time.zone_info
    after = last + timedelta(days=1)
    return Week(
        key=key_of(after),
        at=start_of(after, zone, config.digest.hour),
        first=first,
        last=last,
        since=start_of(first, zone),
        until=start_of(after, zone),
        ahead_until=start_of(after + _WEEK, zone),
    )


def week_before(config: Config, week: Week) -> Week:
    """Return the seven days before `week`, to compare it with."""
    return week_of(config, week.first)


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


def _begun(config: Config, today: date) -> date:
    """Return the day of the digest that is not after `today`: a week begins with it."""
    return today - timedelta(days=(today.weekday() - config.digest.weekday.number) % 7)
