"""Rolling up, in a number of statements that depends on nothing (REP-16).

Numbers are read row by row and added up as they come: the memory that is needed depends on how
many totals there are, and not on how many reports.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports.content import NO_TASK
from bot.features.reports.doubts import Doubts
from bot.features.reports.models import MetricValue, Report, ReportPartner, ReportStatus
from bot.features.reports.rollup import Reading, Tally, Total, totals_of
from bot.features.rollup.beside import ROWS_AT_ONCE
from bot.features.rollup.joint import joint_activities
from bot.features.rollup.scope import Scope, counts, section_of


class Part(StrEnum):
    """By what totals are told apart; the keys are a first day, a unit's id, a task, a section."""

    month = "month"
    unit = "unit"
    task = "task"
    section = "section"


_COLUMNS: dict[Part, ColumnElement[Any]] = {
    Part.month: Report.month.expression,
    Part.unit: Report.unit_id.expression,
    Part.task: Report.series.expression,
}


@dataclass(frozen=True)
class RollUp:
    """All totals, and those of each part by its key; a key without numbers is left out."""

    totals: Sequence[Total]
    by: dict[Part, dict[Hashable, Sequence[Total]]]

    def of(self, part: Part, key: Hashable) -> Sequence[Total]:
        """Return the totals of one key."""
        return self.by[part].get(key, ())


Counts = dict[Hashable, Counter[ReportStatus]]
"""How many reports are in each state, by what they are told apart by."""


def roll_up(
    view: View,
    config: Config,
    scope: Scope,
    parts: Collection[Part],
    *,
    odd: Doubts = MappingProxyType({}),
) -> RollUp:
    """Return the totals of what counts in `scope`, and those of each of `parts`; three statements.

    `odd` is what somebody should look at: the numbers count, and are told.
    """
    every = {metric.slug: Tally(metric, traced=False) for metric in config.metrics}
    by: dict[Part, dict[Hashable, dict[str, Tally]]] = {part: {} for part in parts}
    for month, task_id, reading in _numbers(view, config, scope, odd):
        if reading.metric not in every:
            continue
        every[reading.metric].add(reading)
        keys: dict[Part, Hashable] = {
            Part.month: month,
            Part.unit: reading.unit_id,
            Part.task: task_id or NO_TASK,
            Part.section: section_of(config, task_id),
        }
        for part, tallies in by.items():
            _tally(tallies.setdefault(keys[part], {}), config, reading).add(reading)
    return RollUp(
        totals_of(every.values()),
        {
            part: {key: _in_order(every, tallies) for key, tallies in found.items()}
            for part, found in by.items()
        },
    )


def counted_reports(view: View, config: Config, scope: Scope, part: Part) -> Counts:
    """Return how many reports are in each state, by month, unit or task; one statement.

    Sections are for `by_section` to count.
    """
    column = _COLUMNS[part]
    found = view.session.execute(
        select(column, Report.status, func.count(Report.id))
        .where(*scope.conditions(config))
        .group_by(column, Report.status)
    )
    counted: Counts = {}
    for key, status, reports in found:
        counted.setdefault(key, Counter())[status] += reports
    return counted


def by_section(config: Config, tasks: Counts) -> Counts:
    """Return how many reports are in each state by section, from the same by task."""
    counted: Counts = {}
    for task, states in tasks.items():
        section = section_of(config, None if task == NO_TASK else str(task))
        counted.setdefault(section, Counter()).update(states)
    return counted


def joined_reports(view: View, config: Config, scope: Scope) -> dict[int, int]:
    """Return in how many accepted reports of others a unit took part, by unit; one statement.

    Their numbers count once, for the unit that reported.
    """
    found = view.session.execute(
        select(ReportPartner.unit_id, func.count(func.distinct(Report.id)))
        .join(Report, Report.id == ReportPartner.report_id)
        .where(counts(), ReportPartner.unit_id.is_not(None), *scope.conditions(config))
        .group_by(ReportPartner.unit_id)
    )
    return {unit_id: number for unit_id, number in found if unit_id is not None}


def _numbers(
    view: View, config: Config, scope: Scope, odd: Doubts
) -> Iterator[tuple[date, str | None, Reading]]:
    """Return the month, the task and the number, for each number that counts, first filed first."""
    conditions = [counts(), *scope.conditions(config)]
    joint = joint_activities(view, conditions)
    found = view.session.execute(
        select(
            Report.id,
            Report.number,
            Report.month,
            Report.unit_id,
            Report.task_id,
            Report.filed_at,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.bound,
        )
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(*conditions)
        .order_by(Report.filed_at, Report.id, MetricValue.position)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for report_id, number, month, unit_id, task_id, at, metric, value, approx, bound in found:
        reading = Reading(
            metric,
            unit_id,
            value,
            approx,
            at,
            bound,
            activity=joint.get(number),
            suspect=any(one.is_about(metric) for one in odd.get(report_id, ())),
        )
        yield month, task_id, reading


def _tally(tallies: dict[str, Tally], config: Config, reading: Reading) -> Tally:
    found = tallies.get(reading.metric)
    if found is None:
        metric = config.metric(reading.metric)
        found = tallies[reading.metric] = Tally(metric, traced=False)
    return found


def _in_order(every: Iterable[str], tallies: dict[str, Tally]) -> list[Total]:
    return totals_of(tallies[slug] for slug in every if slug in tallies)
