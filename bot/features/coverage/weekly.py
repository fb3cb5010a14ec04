"""What is asked for each week, week by week; pure (TASK-D2, TIME-06, MED-01).

The rule for weeks that the campaign has only in part, at its beginning and its end: nothing is
demanded of them. What was aired in one counts all the same, and too much is too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.config import Weekday

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class WeekState(StrEnum):
    """What became of a week.

    `met`: as many as asked for. `over`: more. `missed`: fewer, and the week is over. `running`:
    fewer so far. `partial`: fewer, in a week that the campaign has only in part.
    """

    met = "met"
    over = "over"
    missed = "missed"
    running = "running"
    partial = "partial"


@dataclass(frozen=True)
class Wanted:
    """How many are asked for each week; `at_most` None: as many as one likes."""

    at_least: Decimal
    at_most: Decimal | None


@dataclass(frozen=True)
class Week:
    """Seven days from `first` to `last` and what was aired in them."""

    first: date
    last: date
    aired: Decimal
    state: WeekState


def week_start(day: date, starts_on: Weekday) -> date:
    """Return the first day of the week that `day` is in."""
    return day - timedelta(days=(day.weekday() - starts_on.number) % 7)


def series(
    aired: Mapping[date, Decimal],
    wanted: Wanted,
    *,
    start: date,
    end: date | None,
    today: date,
    starts_on: Weekday,
) -> list[Week]:
    """Return the weeks from that of `start` to that of `today`, or of `end` where that is earlier.

    `aired` is by day; what lies outside of `start` and `end` (both included, None: open) is no part
    of the campaign and does not count. No week before the campaign has begun.
    """
    until = today if end is None else min(today, end)
    weeks: list[Week] = []
    first = week_start(start, starts_on)
    while first <= until and start <= today:
        last = first + _WEEK - _DAY
        days = [first + number * _DAY for number in range(7)]
        inside = [day for day in days if start <= day and (end is None or day <= end)]
        number = sum((aired.get(day, Decimal(0)) for day in inside), Decimal(0))
        state = _state(number, wanted, whole=len(inside) == len(days), over=last < today)
        weeks.append(Week(first, last, number, state))
        first += _WEEK
    return weeks


def _state(number: Decimal, wanted: Wanted, *, whole: bool, over: bool) -> WeekState:
    if wanted.at_most is not None and number > wanted.at_most:
        return WeekState.over
    if number >= wanted.at_least:
        return WeekState.met
    if not whole:
        return WeekState.partial
    return WeekState.missed if over else WeekState.running
