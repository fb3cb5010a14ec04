"""Which indicators have a number that can be watched, read from the configuration; pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.config import Config, Frequency, Indicator, Metric, Obligation, Rollup, Task, Weekday
from bot.features.coverage.weekly import Wanted

_SHARE = "%"


@dataclass(frozen=True)
class ShareTarget:
    """A share of at least so many percent (B1.1).

    It is the number of `part` in that of `whole`; `told` is the metric of those who report the
    percentage alone, None where there is none.
    """

    task: Task
    indicator: Indicator
    at_least: Decimal
    part: Metric
    whole: Metric
    told: Metric | None


@dataclass(frozen=True)
class WeekTarget:
    """So many each week (D2.1), from `start` to `end` (None: open), weeks begin on `starts_on`."""

    task: Task
    indicator: Indicator
    wanted: Wanted
    metric: Metric
    start: date
    end: date | None
    starts_on: Weekday


def share_targets(config: Config) -> list[ShareTarget]:
    """Return the indicators in percent whose metrics hold a part and its whole."""
    return [
        target
        for task in config.tasks
        for one in task.indicators
        if (target := _share(config, task, one)) is not None
    ]


def week_targets(config: Config) -> list[WeekTarget]:
    """Return the indicators that ask for something each week and have a metric by the week."""
    return [
        target
        for task in config.tasks
        for one in task.indicators
        if (target := _week(config, task, one)) is not None
    ]


def _share(config: Config, task: Task, indicator: Indicator) -> ShareTarget | None:
    measure = indicator.measure
    if indicator.counted_in != _SHARE or measure is None or measure.at_least is None:
        return None
    metrics = [config.metric(slug) for slug in indicator.metrics]
    part = next((one for one in metrics if one.part_of in indicator.metrics), None)
    if part is None or part.part_of is None:
        return None
    told = next((one for one in metrics if one.counted_in == _SHARE), None)
    whole = config.metric(part.part_of)
    return ShareTarget(task, indicator, Decimal(str(measure.at_least)), part, whole, told)


def _week(config: Config, task: Task, indicator: Indicator) -> WeekTarget | None:
    measure = indicator.measure
    if measure is None or measure.per is None or measure.at_least is None:
        return None
    metrics = [config.metric(slug) for slug in indicator.metrics]
    metric = next((one for one in metrics if one.rollup is Rollup.sum_per_week), None)
    if metric is None:
        return None
    most = None if measure.at_most is None else Decimal(str(measure.at_most))
    owed = _owed(config, task)
    start, end = _days(config, owed)
    return WeekTarget(
        task,
        indicator,
        Wanted(Decimal(str(measure.at_least)), most),
        metric,
        start,
        end,
        Weekday.monday if owed is None else owed.week_starts,
    )


def _owed(config: Config, task: Task) -> Obligation | None:
    """Return the weekly obligation of a task; None where only the task speaks of it."""
    weekly = (one for one in config.obligations if one.frequency is Frequency.weekly)
    return next((one for one in weekly if one.task == task.id), None)


def _days(config: Config, owed: Obligation | None) -> tuple[date, date | None]:
    """Return the first and the last day on which it is owed, which are those of its phases."""
    phase = None if owed is None else owed.phase
    phases = [one for one in config.phases if phase in {None, one.id}]
    ends = [one.end for one in phases if one.end is not None]
    last = max(ends) if len(ends) == len(phases) else None
    return min(one.start for one in phases), last
