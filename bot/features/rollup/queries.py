"""Rolling up, in a number of statements that depends on nothing (REP-16).

Numbers are read row by row and added up as they come: the memory that is needed depends on how
many totals there are, and not on how many reports.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports.content import NO_TASK
from bot.features.reports.doubts import Doubts
from bot.features.reports.models import (
    MetricValue,
    PartnerAnswer,
    PartnerState,
    Report,
    ReportStatus,
)
from bot.features.reports.partners import answers_of
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
    """Return the totals of what counts in `scope`, and those of each of `parts`; four statements.

    What a unit confirmed to have held with others is credited to it as well, and counts once in
    every total (ORG-08). `odd` is what somebody should look at: the numbers count, and are
    told.
    """
    every = {metric.slug: Tally(metric, traced=False) for metric in config.metrics}
    by: dict[Part, dict[Hashable, dict[str, Tally]]] = {part: {} for part in parts}
    credited: list[Reading] = []
    for month, task_id, partner_ids, reading in _numbers(view, config, scope, odd):
        if reading.metric not in every:
            continue
        credited += [replace(reading, unit_id=unit_id) for unit_id in partner_ids]
        every[reading.metric].add(reading)
        keys: dict[Part, Hashable] = {
            Part.month: month,
            Part.unit: reading.unit_id,
            Part.task: task_id or NO_TASK,
            Part.section: section_of(config, task_id),
        }
        for part, tallies in by.items():
            _tally(tallies.setdefault(keys[part], {}), config, reading).add(reading)
    # Behind everything else, so that a unit's own number of the same activity stands for it.
    for reading in credited if Part.unit in by else ():
        own = by[Part.unit].setdefault(reading.unit_id, {})
        _tally(own, config, reading).add(reading)
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
    """Return in how many accepted reports of others a unit confirmed its part, by unit.

    Their numbers are credited to it and count once in every total; one statement.
    """
    found = view.session.execute(
        select(PartnerAnswer.unit_id, func.count(Report.id).label("reports"))
        .join(Report, Report.id == PartnerAnswer.report_id)
        .where(
            counts(),
            PartnerAnswer.state == PartnerState.confirmed,
            *scope.conditions(config),
        )
        .group_by(PartnerAnswer.unit_id)
    )
    return {row.unit_id: row.reports for row in found}


def _numbers(
    view: View, config: Config, scope: Scope, odd: Doubts
) -> Iterator[tuple[date, str | None, frozenset[int], Reading]]:
    """Return each number that counts, first filed first.

    Before it stand its month, its task and the units that it is credited to as partners.
    """
    conditions = [counts(), *scope.conditions(config)]
    answers = answers_of(view, conditions)
    joint = joint_activities(view, conditions, answers)
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
        partner_ids = answers.confirmed.get(report_id, frozenset())
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
        yield month, task_id, partner_ids, reading


def _tally(tallies: dict[str, Tally], config: Config, reading: Reading) -> Tally:
    found = tallies.get(reading.metric)
    if found is None:
        metric = config.metric(reading.metric)
        found = tallies[reading.metric] = Tally(metric, traced=False)
    return found


def _in_order(every: Iterable[str], tallies: dict[str, Tally]) -> list[Total]:
    return totals_of(tallies[slug] for slug in every if slug in tallies)
