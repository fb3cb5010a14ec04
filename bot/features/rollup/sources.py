"""One figure and the reports behind it (REP-16)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View
from bot.features.reports.models import MetricValue, Report
from bot.features.reports.partners import answers_of
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.rollup import Reading, Total, totals
from bot.features.rollup.beside import ROWS_AT_ONCE
from bot.features.rollup.joint import joint_activities
from bot.features.rollup.scope import Scope, counts
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Figure:
    """A total with its sources.

    `beside` names, by the number of a report that counts for an activity of several units, the
    reports of the others that gave the number too and are not counted again.
    """

    total: Total
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A report behind a figure, with what it said; `amount.raw` are its words."""

    report_id: int
    number: str
    title: str
    unit_name: str
    amount: Amount


def figure_of(view: View, config: Config, slug: str, scope: Scope) -> Figure | None:
    """Return one total of `roll_up` with its `sources`, the reports that it is made of.

    None where `roll_up` tells none. Four statements.
    """
    readings = _of_unit(scope.unit_id, list(_readings(view, config, slug, scope)))
    said = totals(config, readings)
    if not said:
        return None
    counted = set(said[0].sources)
    told: dict[str, list[str]] = {}
    for one in readings:
        if one.activity is not None:
            told.setdefault(one.activity, []).append(one.report)
    beside = {
        number: tuple(other for other in numbers if other != number)
        for numbers in told.values()
        for number in numbers
        if number in counted and len(numbers) > 1
    }
    return Figure(said[0], beside)


def sources_of(view: View, slug: str, numbers: Sequence[str]) -> list[Source]:
    """Return what the reports with these numbers say under a metric, in their order."""
    found = view.session.execute(
        select(Report.id, Report.number, Report.title, Unit.name, MetricValue)
        .join(MetricValue, MetricValue.report_id == Report.id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(MetricValue.metric == slug, Report.number.in_(numbers))
    )
    sources = {
        number: Source(
            report_id,
            number,
            title,
            unit_name,
            Amount(value.value, approx=value.approx, raw=value.raw, bound=value.bound),
        )
        for report_id, number, title, unit_name, value in found
    }
    return [sources[number] for number in numbers if number in sources]


def _of_unit(unit_id: int | None, readings: list[Reading]) -> list[Reading]:
    """Return the readings as they count for a unit: its own before those it is credited with."""
    if unit_id is None:
        return readings
    own = [one for one in readings if one.unit_id == unit_id]
    return own + [replace(one, unit_id=unit_id) for one in readings if one.unit_id != unit_id]


def _readings(view: View, config: Config, slug: str, scope: Scope) -> Iterator[Reading]:
    conditions = [counts(), *scope.conditions(config)]
    joint = joint_activities(view, conditions, answers_of(view, conditions))
    found = view.session.execute(
        select(
            Report.number,
            Report.unit_id,
            Report.filed_at,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.bound,
        )
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(MetricValue.metric == slug, *conditions)
        .order_by(Report.filed_at, Report.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for number, unit_id, at, value, approx, bound in found:
        yield Reading(
            slug, unit_id, value, approx, at, bound, report=number, activity=joint.get(number)
        )
