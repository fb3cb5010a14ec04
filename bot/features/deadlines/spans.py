"""The periods of what is owed again and again, and on which day of each it is due; pure.

The periods of one obligation are half-open and without gaps, except where phases have gaps between
them. Months, quarters and years count from the one that the campaign begins in, weeks from the
first whole one: nobody is asked for the rest of a week.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.config import DueKind, DueRule, Frequency, Obligation, Phase
from bot.core.dates import last_day_of_month
from bot.features.workdays.models import DayKind

Days = Mapping[date, DayKind]
"""What is known of days; a day of a year that is not published yet is not among them."""

_A_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_QUARTER, _YEAR = 3, 12
_FROM_START = frozenset({DueKind.from_start, DueKind.weekday, DueKind.yearly})
_MOST_DAYS_AHEAD = 120
"""So far behind a boundary working days are looked for: 60 of them lie within."""


@dataclass(frozen=True)
class Span:
    """One period: its name, its first day and the first day behind it (None: it has no end)."""

    period: str
    start: date
    end: date | None


class NotPublished(Exception):
    """Whether people work on a day of `year` is not known yet."""

    def __init__(self, year: int) -> None:
        """Keep the year."""
        super().__init__(year)
        self.year = year


def spans(obligation: Obligation, phases: Sequence[Phase], until: date) -> Iterator[Span]:
    """Yield the periods that have begun by `until`, the first one first."""
    if obligation.frequency is Frequency.phase:
        yield from _phases(obligation, phases, until)
        return
    first, last = _bounds(obligation, phases)
    start = _first(obligation, first)
    while start <= min(last or until, until):
        end = _next(obligation.frequency, start)
        yield Span(name_of(obligation.frequency, start), start, end)
        start = end


def due_day(span: Span, rule: DueRule, days: Days) -> date | None:
    """Return the last day that is on time; None in a period without end that is due at its end.

    Raises NotPublished for a count of working days that reaches an unknown year.
    """
    if rule.kind in _FROM_START:
        return _from_start(span.start, rule, days)
    return None if span.end is None else _from_end(span.end, rule, days)


def name_of(frequency: Frequency, start: date) -> str:
    """Return how the period that begins on `start` is named: 2024-06, 2024-Q2, 2024.

    A week is named by its first day.
    """
    if frequency is Frequency.monthly:
        return f"{start:%Y-%m}"
    if frequency is Frequency.quarterly:
        return f"{start.year}-Q{(start.month + 2) // _QUARTER}"
    if frequency is Frequency.yearly:
        return f"{start.year}"
    return start.isoformat()


def _from_start(start: date, rule: DueRule, days: Days) -> date:
    if rule.kind is DueKind.from_start:
        return _workday(start - _A_DAY, rule.number, days)
    if rule.kind is DueKind.weekday:
        return start + timedelta(days=(rule.number - start.weekday()) % 7)
    return _in_month(start.replace(month=rule.month, day=1), rule.number)


def _from_end(end: date, rule: DueRule, days: Days) -> date:
    last = end - _A_DAY
    match rule.kind:
        case DueKind.after_end:
            return _workday(last, rule.number, days)
        case DueKind.last_workday:
            return _workday(end, -1, days)
        case DueKind.day:
            return _in_month(last.replace(day=1), rule.number)
    return last


def _phases(obligation: Obligation, phases: Sequence[Phase], until: date) -> Iterator[Span]:
    for one in phases:
        if one.start <= until and obligation.phase in {None, one.id}:
            yield Span(one.id, one.start, None if one.end is None else one.end + _A_DAY)


def _bounds(obligation: Obligation, phases: Sequence[Phase]) -> tuple[date, date | None]:
    """Return the first and the last day of the phases that it is owed in; None: no end."""
    own = [one for one in phases if obligation.phase in {None, one.id}]
    first = min(one.start for one in own)
    if obligation.first_month is not None:
        first = date.fromisoformat(f"{obligation.first_month}-01")
    ends = [one.end for one in own if one.end is not None]
    return first, max(ends) if len(ends) == len(own) else None


def _first(obligation: Obligation, day: date) -> date:
    match obligation.frequency:
        case Frequency.weekly:
            return day + timedelta(days=(obligation.week_starts.number - day.weekday()) % 7)
        case Frequency.quarterly:
            return day.replace(month=(day.month - 1) // _QUARTER * _QUARTER + 1, day=1)
        case Frequency.yearly:
            return day.replace(month=1, day=1)
    return day.replace(day=1)


def _next(frequency: Frequency, start: date) -> date:
    if frequency is Frequency.weekly:
        return start + _WEEK
    months = {Frequency.quarterly: _QUARTER, Frequency.yearly: _YEAR}.get(frequency, 1)
    for _ in range(months):
        start = last_day_of_month(start) + _A_DAY
    return start


def _in_month(month: date, number: int) -> date:
    """Return the day `number` of the month, its last one where there is none (31, 29 February)."""
    return min(month + timedelta(days=number - 1), last_day_of_month(month))


def _workday(boundary: date, count: int, days: Days) -> date:
    """Return the `count`-th working day behind `boundary`, before it where `count` is negative."""
    step = _A_DAY if count > 0 else -_A_DAY
    day, left = boundary, abs(count)
    for _ in range(_MOST_DAYS_AHEAD):
        day += step
        kind = days.get(day)
        if kind is None:
            raise NotPublished(day.year)
        left -= kind is DayKind.working
        if not left:
            return day
    raise NotPublished(day.year)
