"""How the indicators stand that have a number to reach, in one statement (TASK-B1, TASK-D2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bot.config import Config, Task
from bot.core.dates import local_day
from bot.db.work import View
from bot.features.coverage.share import Share, Verdict, is_enough
from bot.features.coverage.targets import ShareTarget, WeekTarget, share_targets, week_targets
from bot.features.coverage.weekly import Week, series
from bot.features.reports import rules
from bot.features.reports.models import MetricValue, Report
from bot.features.reports.reading.dates import Precision


@dataclass(frozen=True)
class MonthShare:
    """What a month's reports say of a share.

    `share` is made of two numbers; None where only `told`, the percentage itself, was reported.
    `approx` tells that a number behind it was about so, or open to one side.
    """

    month: date
    share: Share | None
    told: Decimal | None
    approx: bool

    def verdict(self, at_least: Decimal) -> Verdict:
        """Return what becomes of it."""
        if self.share is not None:
            return self.share.verdict
        return Verdict.met if is_enough(self.told or Decimal(0), at_least) else Verdict.short


@dataclass(frozen=True)
class ShareSeries:
    """A share by months, those without a number left out."""

    target: ShareTarget
    months: Sequence[MonthShare]


@dataclass(frozen=True)
class WeekSeries:
    """What was aired week by week; `undated` counts reports whose day is not known.

    `today` is in the last week of a series that has not ended.
    """

    target: WeekTarget
    weeks: Sequence[Week]
    undated: int
    today: date

    def before(self, day: date) -> Week | None:
        """Return the last week that was over on `day`; None before the first."""
        return next((one for one in reversed(self.weeks) if one.last < day), None)


Series = ShareSeries | WeekSeries


@dataclass(frozen=True, slots=True)
class _Row:
    task_id: str
    unit_id: int
    month: date
    day: date | None
    report_id: int
    metric: str
    value: Decimal
    approx: bool


def measured(view: View, config: Config, tasks: Iterable[Task] | None = None) -> list[Series]:
    """Return how the indicators of `tasks` (None: all) stand, in the tasks' order; one statement.

    Tasks without a number to reach are left out, and no statement is needed for none.
    """
    wanted = {task.id for task in (config.tasks if tasks is None else tasks)}
    shares = [one for one in share_targets(config) if one.task.id in wanted]
    weekly = [one for one in week_targets(config) if one.task.id in wanted]
    targets: list[ShareTarget | WeekTarget] = [*shares, *weekly]
    slugs = {slug for target in targets for slug in target.indicator.metrics}
    rows = _rows(view, slugs) if slugs else []
    today = local_day(view.now, config.time.zone_info)
    found: list[Series] = [_shares(target, rows) for target in shares]
    found += [_weeks(target, rows, today) for target in weekly]
    order = [task.id for task in config.tasks]
    return sorted(found, key=lambda one: order.index(one.target.task.id))


def _rows(view: View, slugs: Iterable[str]) -> list[_Row]:
    """Return the numbers of the reports that count, in the order in which they were filed."""
    found = view.session.execute(
        select(
            Report.series,
            Report.unit_id,
            Report.month,
            Report.day,
            Report.date_precision,
            Report.id,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.bound,
        )
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(MetricValue.metric.in_(sorted(slugs)), Report.status.in_(rules.COUNTED))
        .order_by(Report.filed_at, Report.id)
    )
    return [
        _Row(
            task_id=series_of,
            unit_id=unit_id,
            month=month,
            day=day if precision is Precision.day else None,
            report_id=report_id,
            metric=metric,
            value=value,
            approx=approx or bound is not None,
        )
        for series_of, unit_id, month, day, precision, report_id, metric, value, approx, bound in (
            found
        )
    ]


def _shares(target: ShareTarget, rows: Sequence[_Row]) -> ShareSeries:
    own = [row for row in rows if row.task_id == target.task.id]
    months = sorted({row.month for row in own})
    found = [_month(target, month, [row for row in own if row.month == month]) for month in months]
    return ShareSeries(target, [one for one in found if one is not None])


def _month(target: ShareTarget, month: date, rows: Sequence[_Row]) -> MonthShare | None:
    """Return a month's share: of each unit the last report that gives both numbers."""
    pairs: dict[int, tuple[_Row, _Row]] = {}
    for given in _by_report(rows).values():
        part, whole = given.get(target.part.slug), given.get(target.whole.slug)
        if part is not None and whole is not None:
            pairs[part.unit_id] = (part, whole)
    if pairs:
        part_sum = sum((part.value for part, _ in pairs.values()), Decimal(0))
        whole_sum = sum((whole.value for _, whole in pairs.values()), Decimal(0))
        about = any(row.approx for pair in pairs.values() for row in pair)
        return MonthShare(month, Share(part_sum, whole_sum, target.at_least), None, about)
    told = {
        row.unit_id: row
        for row in rows
        if target.told is not None and row.metric == target.told.slug
    }
    # Percentages of several units make no common one.
    if len(told) != 1:
        return None
    [only] = told.values()
    return MonthShare(month, None, only.value, only.approx)


def _by_report(rows: Sequence[_Row]) -> Mapping[int, Mapping[str, _Row]]:
    found: dict[int, dict[str, _Row]] = {}
    for row in rows:
        found.setdefault(row.report_id, {})[row.metric] = row
    return found


def _weeks(target: WeekTarget, rows: Sequence[_Row], today: date) -> WeekSeries:
    own = [
        row for row in rows if row.task_id == target.task.id and row.metric == target.metric.slug
    ]
    aired: dict[date, Decimal] = {}
    for row in own:
        if row.day is not None:
            aired[row.day] = aired.get(row.day, Decimal(0)) + row.value
    weeks = series(
        aired,
        target.wanted,
        start=target.start,
        end=target.end,
        today=today,
        starts_on=target.starts_on,
    )
    return WeekSeries(target, weeks, sum(row.day is None for row in own), today)
