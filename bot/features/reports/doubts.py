"""What is odd in many filed reports at once (REP-16, REP-18): as `suspects` says it of one.

Three statements, whatever the number of reports. What is kept in memory is what is odd, and two
numbers for each unit and metric.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.db.work import View
from bot.features.reports import rules
from bot.features.reports.models import MetricValue, Report
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.suspects import (
    Suspect,
    SuspectKind,
    alike,
    jumps,
    like_year,
    parts,
)

Doubts = Mapping[int, Sequence[Suspect]]
"""What is odd, by the id of the report; a report with nothing odd is not in it."""

Conditions = Sequence[ColumnElement[bool]]

_ROWS_AT_ONCE = 1000
_RANKED = 2


def doubts(view: View, config: Config, conditions: Conditions) -> dict[int, list[Suspect]]:
    """Return what is odd in the reports that meet `conditions`, which are conditions on `Report`.

    Each is compared with what counts of its unit by now, itself left out. A number is like a year
    when it is one around the month in which its report counts.
    """
    found = {report_id: [suspect] for report_id, suspect in _doubles(view, conditions)}
    most = _most(view, conditions)
    for report_id, unit_id, month, given in _numbers(view, conditions):
        before = {
            metric: value
            for metric in given
            if (value := most(unit_id, metric, report_id)) is not None
        }
        odd = [*parts(config, given), *like_year(given, month), *jumps(given, before)]
        if odd:
            found.setdefault(report_id, []).extend(odd)
    return found


def doubts_of(view: View, config: Config, report_ids: Sequence[int]) -> dict[int, list[Suspect]]:
    """Return what is odd in the reports with these ids; no statement where there are none."""
    return doubts(view, config, [Report.id.in_(report_ids)]) if report_ids else {}


def is_counted() -> ColumnElement[bool]:
    """Return the condition that a report counts, or waits to: what came back is mended anyway."""
    return Report.status.in_(rules.COUNTED)


def _numbers(
    view: View, conditions: Conditions
) -> Iterator[tuple[int, int, Any, dict[str, Amount]]]:
    """Yield id, unit, month and numbers of each report that has any."""
    rows = view.session.execute(
        select(
            Report.id,
            Report.unit_id,
            Report.month,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.raw,
            MetricValue.bound,
        )
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(*conditions)
        .order_by(Report.id, MetricValue.position)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for (report_id, unit_id, month), of_report in groupby(rows, key=lambda row: tuple(row[:3])):
        given = {
            metric: Amount(value, approx=approx, raw=raw, bound=bound)
            for *_, metric, value, approx, raw, bound in of_report
        }
        yield report_id, unit_id, month, given


def _most(view: View, conditions: Conditions) -> Callable[[int, str, int], Decimal | None]:
    """Return what finds the most that a unit gave under a metric in any other report than one."""
    other = aliased(Report)
    place = func.row_number().over(
        partition_by=(other.unit_id, MetricValue.metric),
        order_by=(MetricValue.value.desc(), other.id),
    )
    ranked = (
        select(
            other.unit_id,
            MetricValue.metric,
            MetricValue.report_id,
            MetricValue.value,
            place.label("place"),
        )
        .join(other, other.id == MetricValue.report_id)
        .where(
            other.status.in_(rules.COUNTED),
            other.unit_id.in_(select(Report.unit_id).where(*conditions)),
        )
        .subquery()
    )
    kept: dict[tuple[int, str], list[tuple[int, Decimal]]] = {}
    for unit_id, metric, report_id, value, _ in view.session.execute(
        select(ranked).where(ranked.c.place <= _RANKED).order_by(ranked.c.place)
    ):
        kept.setdefault((unit_id, metric), []).append((report_id, value))

    def most(unit_id: int, metric: str, report_id: int) -> Decimal | None:
        given = kept.get((unit_id, metric), [])
        return next((value for one, value in given if one != report_id), None)

    return most


def _doubles(view: View, conditions: Conditions) -> Iterator[tuple[int, Suspect]]:
    """Yield the reports with a report beside them that looks the same, with the newest of those."""
    other = aliased(Report)
    rows = view.session.execute(
        select(
            other.unit_id,
            other.day,
            other.date_precision,
            other.id,
            other.number,
            other.title,
            other.id.in_(select(Report.id).where(*conditions)),
        )
        .where(
            other.status.in_(rules.COUNTED),
            other.day.is_not(None),
            other.day.in_(select(Report.day).where(*conditions)),
            other.unit_id.in_(select(Report.unit_id).where(*conditions)),
        )
        .order_by(other.unit_id, other.day, other.date_precision, other.id.desc())
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for _, of_day in groupby(rows, key=lambda row: tuple(row[:3])):
        beside: list[tuple[Any, ...]] = [tuple(row[3:]) for row in of_day]
        for report_id, _, title, is_wanted in beside if len(beside) > 1 else ():
            double = _double(report_id, title, beside) if is_wanted else None
            if double is not None:
                yield report_id, double


def _double(report_id: int, title: str, beside: Iterable[tuple[Any, ...]]) -> Suspect | None:
    for one, number, other, _ in beside:
        if one != report_id and alike(title, other):
            return Suspect(SuspectKind.near_duplicate, number=number, title=other)
    return None
