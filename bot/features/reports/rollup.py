"""What the numbers of several reports come to: values in, totals out, no database (REP-16).

The month, the digest and the exports all add up here, so that one figure is the same everywhere.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from bot.config import Config, Metric, Rollup
from bot.features.reports.reading.amounts import Bound

_SHARE = "%"

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True)
class Reading:
    """One reported number.

    `at` orders the numbers of a unit, for the rule `latest`. `report` is the number of the report
    that says it. Readings of one `activity` were reported by several units that held it together:
    the earliest of them counts; None is an activity of one unit.
    """

    metric: str
    unit_id: int
    value: Decimal
    approx: bool
    at: datetime
    bound: Bound | None = None
    report: str = ""
    activity: str | None = None


@dataclass(frozen=True)
class Total:
    """What the numbers under a metric come to.

    `approx` is true when any number behind it was about so. `bound` is set when the total is open
    to one side; where numbers are open to both, no side is certain: then it is only `approx`.
    `sources` are the numbers of the reports behind the value: all that were added or compared, and
    of `latest` the last of each unit. `reports` counts every report that gave the number.
    """

    metric: Metric
    value: Decimal
    approx: bool
    reports: int
    bound: Bound | None = None
    sources: tuple[str, ...] = ()


def totals(config: Config, readings: Iterable[Reading]) -> list[Total]:
    """Return the totals by the metrics' roll-up rules, in the order of the configuration (REP-16).

    `latest` takes each unit's last number and adds those of several units. Shares of several units
    make no sum: they are left out. Metrics that the configuration has dropped are left out too. An
    activity that several units reported counts once.
    """
    by_metric: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_metric[reading.metric].append(reading)
    found = []
    for metric in config.metrics:
        given = by_metric.get(metric.slug)
        if given and (counted := _counted(metric, given)):
            found.append(_total(metric, counted, len(given)))
    return found


def totals_by(
    config: Config, readings: Iterable[tuple[Group, Reading]]
) -> dict[Group, list[Total]]:
    """Return the totals of each group: of each unit, month or task, whatever the key says.

    An activity that was held together counts once in each group, not once over all of them.
    """
    groups: dict[Group, list[Reading]] = {}
    for key, reading in readings:
        groups.setdefault(key, []).append(reading)
    return {key: totals(config, given) for key, given in groups.items()}


def _counted(metric: Metric, given: Sequence[Reading]) -> list[Reading]:
    once = _each_activity_once(given)
    if metric.rollup is not Rollup.latest:
        return once
    last = {one.unit_id: one for one in sorted(once, key=lambda one: one.at)}
    return [] if len(last) > 1 and metric.counted_in == _SHARE else list(last.values())


def _each_activity_once(given: Sequence[Reading]) -> list[Reading]:
    first: dict[str, Reading] = {}
    for one in sorted(given, key=lambda one: one.at):
        if one.activity is not None:
            first.setdefault(one.activity, one)
    return [one for one in given if one.activity is None or first[one.activity] is one]


def _total(metric: Metric, counted: Sequence[Reading], reports: int) -> Total:
    values = [one.value for one in counted]
    is_largest = metric.rollup is Rollup.max
    value = max(values) if is_largest else sum(values, Decimal(0))
    decisive = [one for one in counted if _tells_of_largest(one, value)] if is_largest else counted
    bounds = {one.bound for one in decisive} - {None}
    if is_largest and any(
        one.value == value and one.bound is not Bound.at_most for one in decisive
    ):
        # It was reached, so nothing that is at most as much makes it smaller.
        bounds.discard(Bound.at_most)
    return Total(
        metric,
        value,
        approx=len(bounds) > 1 or any(one.approx for one in counted),
        reports=reports,
        bound=bounds.pop() if len(bounds) == 1 else None,
        sources=tuple(dict.fromkeys(one.report for one in counted if one.report)),
    )


def _tells_of_largest(one: Reading, value: Decimal) -> bool:
    """Tell whether a number can move the largest of all: it is that, or it is open upwards."""
    return one.value == value or one.bound is Bound.at_least
