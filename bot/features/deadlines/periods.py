"""Which periods an obligation has and when each ends; pure, from the configuration alone.

A deadline names the last day that is on time. It is half-open: 6月10日前, read inclusively, is
`< 2024-06-11 00:00` in the campaign's zone (design, section 6).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.config import Config, Frequency, Obligation
from bot.core.dates import end_of, last_day_of_month

ONCE = "once"
"""The period of what is owed a single time."""


@dataclass(frozen=True)
class Deadline:
    """One period of an obligation: `last_day` is the last day that is on time.

    `ends_at` is the first moment that is late. `version` counts how often it was moved, from 1;
    `moved_from` is the last day that it had before, None while it was never moved.
    """

    obligation: Obligation
    period: str
    last_day: date
    ends_at: datetime
    version: int = 1
    moved_from: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What names the deadline: the obligation's id and the period."""
        return self.obligation.id, self.period

    @property
    def month(self) -> date | None:
        """The first day of the period's month; None for what is owed once."""
        return None if self.period == ONCE else month_of(self.period)

    def versioned(self, version: int, moved_from: date | None) -> "Deadline":
        """Return the deadline as the `version`-th that was told."""
        return replace(self, version=version, moved_from=moved_from)


def month_of(period: str) -> date:
    """Return the first day of the month written as 2024-06. Raises ValueError for anything else."""
    return date.fromisoformat(f"{period}-01")


def period_of(month: date) -> str:
    """Return how the month of a day is written: 2024-06."""
    return f"{month:%Y-%m}"


def tracked(config: Config) -> list[Obligation]:
    """Return the obligations that have a date and are not another one's (`same_as`)."""
    return [
        one
        for one in config.obligations
        if one.has_due_date and one.same_as is None and _has_known_periods(one)
    ]


def deadlines(config: Config, today: date) -> list[Deadline]:
    """Return every deadline whose period has begun by `today`, in order of obligation and time."""
    return [one for obligation in tracked(config) for one in _of(config, obligation, today)]


def is_monthly(obligation: Obligation) -> bool:
    """Tell whether the obligation is owed each month."""
    return obligation.frequency is Frequency.monthly


def _has_known_periods(obligation: Obligation) -> bool:
    if is_monthly(obligation):
        return obligation.due_day is not None
    return obligation.frequency is Frequency.once and obligation.due is not None


def _of(config: Config, obligation: Obligation, today: date) -> Iterator[Deadline]:
    if not is_monthly(obligation):
        if obligation.due is not None:
            yield _deadline(config, obligation, ONCE, obligation.due)
        return
    first, last = _months(config, obligation)
    month = first
    while month <= min(last or today, today):
        yield _deadline(config, obligation, period_of(month), _due_day(obligation, month))
        month = last_day_of_month(month) + timedelta(days=1)


def _months(config: Config, obligation: Obligation) -> tuple[date, date | None]:
    """Return the first month (its first day) and the last day of the phases; None: no end."""
    phases = [one for one in config.phases if obligation.phase in {None, one.id}]
    first = min(one.start for one in phases).replace(day=1)
    if obligation.first_month is not None:
        first = month_of(obligation.first_month)
    ends = [one.end for one in phases if one.end is not None]
    return first, max(ends) if len(ends) == len(phases) else None


def _due_day(obligation: Obligation, month: date) -> date:
    if isinstance(obligation.due_day, int):
        return month.replace(day=obligation.due_day)
    return last_day_of_month(month)


def _deadline(config: Config, obligation: Obligation, period: str, due: date) -> Deadline:
    last_day = due if obligation.due_inclusive else due - timedelta(days=1)
    return Deadline(obligation, period, last_day, end_of(last_day, config.time.zone_info))
