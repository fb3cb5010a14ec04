"""Which deadlines an obligation has and when each ends; pure, from the configuration alone.

A deadline names the last day that is on time. It is half-open: 6月10日前, read inclusively, is
`< 2024-06-11 00:00` in the campaign's zone (design, section 6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.config import Config, Form, Frequency, Obligation, ReminderRule
from bot.core.dates import end_of
from bot.features.deadlines.spans import Days, NotPublished, due_day, spans

ONCE = "once"
"""The period of what is owed a single time."""

NO_DAYS: Days = {}
"""Nothing is known of any day."""


@dataclass(frozen=True)
class Deadline:
    """One period of an obligation: `last_day` is the last day that is on time.

    `ends_at` is the first moment that is late. `version` counts how often it was moved for all,
    from 1; `moved_from` is the last day that it had before, None while it was never moved.
    `rule` says when it is reminded of, None: never. `extensions` counts how often a unit was given
    more time; its own deadline is one of its own.
    """

    obligation: Obligation
    period: str
    last_day: date
    ends_at: datetime
    version: int = 1
    moved_from: date | None = None
    rule: ReminderRule | None = None
    extensions: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What names the deadline: the obligation's id and the period."""
        return self.obligation.id, self.period

    @property
    def month(self) -> date | None:
        """The first day of the period's month; None for what is not owed each month."""
        monthly = self.obligation.frequency is Frequency.monthly
        return month_of(self.period) if monthly else None

    @property
    def edition(self) -> tuple[str, str, int, int]:
        """What tells a deadline from itself before it was moved or a unit got more time."""
        return (*self.key, self.version, self.extensions)

    def versioned(self, version: int, moved_from: date | None) -> "Deadline":
        """Return the deadline as the `version`-th that was told."""
        return replace(self, version=version, moved_from=moved_from)

    def on(self, last_day: date, config: Config) -> "Deadline":
        """Return the deadline with another last day."""
        return replace(self, last_day=last_day, ends_at=end_of(last_day, config.time.zone_info))


@dataclass(frozen=True)
class Undecided:
    """A period whose deadline is not known: the working days of `year` are not published yet."""

    obligation: Obligation
    period: str
    year: int


def month_of(period: str) -> date:
    """Return the first day of the month written as 2024-06. Raises ValueError for anything else."""
    return date.fromisoformat(f"{period}-01")


def period_of(month: date) -> str:
    """Return how the month of a day is written: 2024-06."""
    return f"{month:%Y-%m}"


@dataclass(frozen=True)
class Owable:
    """An obligation, and when it is reminded of (None: never)."""

    obligation: Obligation
    rule: ReminderRule | None


def tracked(config: Config) -> list[Obligation]:
    """Return the obligations of config.yaml that have a date and are not another's (`same_as`)."""
    return [one for one in config.obligations if one.has_due_date and one.same_as is None]


def configured(config: Config) -> list[Owable]:
    """Return what `tracked` returns, each with its ladder of reminders."""
    return [Owable(one, config.reminders.get(one.id)) for one in tracked(config)]


def deadlines(
    config: Config,
    today: date,
    *,
    days: Days = NO_DAYS,
    owable: Sequence[Owable] | None = None,
) -> list[Deadline]:
    """Return every deadline whose period has begun by `today`, in order of obligation and time.

    `owable` None are the configured ones. `days` are needed where working days are counted; what is
    undecided is left out.
    """
    return [
        replace(one, rule=found.rule)
        for found in (configured(config) if owable is None else owable)
        for one in deadlines_of(config, found.obligation, today, days)
        if isinstance(one, Deadline)
    ]


def undecided(
    config: Config, today: date, *, days: Days, owable: Sequence[Owable]
) -> list[Undecided]:
    """Return what is owed by a day that nobody can know yet (TIME-17)."""
    return [
        one
        for found in owable
        if count_workdays([found.obligation])
        for one in deadlines_of(config, found.obligation, today, days)
        if isinstance(one, Undecided)
    ]


def deadlines_of(
    config: Config, obligation: Obligation, until: date, days: Days
) -> Iterator[Deadline | Undecided]:
    """Yield the deadlines of one obligation whose periods have begun by `until`."""
    if obligation.frequency is Frequency.once:
        if obligation.due is not None:
            yield _deadline(config, obligation, ONCE, obligation.due)
        return
    rule = obligation.due_rule
    if rule is None:
        return
    for span in spans(obligation, config.phases, until):
        try:
            due = due_day(span, rule, days)
        except NotPublished as unknown:
            yield Undecided(obligation, span.period, unknown.year)
            continue
        if due is not None and (obligation.since is None or due >= obligation.since):
            yield _deadline(config, obligation, span.period, due)


def count_workdays(obligations: Iterable[Obligation]) -> bool:
    """Tell whether one of the obligations is due after a count of working days."""
    rules = (one.due_rule for one in obligations)
    return any(rule is not None and rule.needs_workdays for rule in rules)


def is_monthly(obligation: Obligation) -> bool:
    """Tell whether the month's information is owed, which is written from reports (TIME-04)."""
    return obligation.handed_in is Form.information


def _deadline(config: Config, obligation: Obligation, period: str, due: date) -> Deadline:
    last_day = due if obligation.due_inclusive else due - timedelta(days=1)
    return Deadline(obligation, period, last_day, end_of(last_day, config.time.zone_info))
