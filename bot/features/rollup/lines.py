"""Reports and their numbers one after the other, for files of any length (SYS-08).

What is read is never gathered: three statements run side by side, each in the order of reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports.content import Value
from bot.features.reports.models import MetricValue, Report, ReportPartner, ReportStatus
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import When
from bot.features.rollup.beside import ROWS_AT_ONCE, Beside
from bot.features.rollup.scope import Scope
from bot.features.units.models import Unit


@dataclass(frozen=True)
class ReportLine:
    """A report as a row of a file: its latest version, whatever its state.

    `task_id` None is 其他; `month` is the first day of the month in which it counts.
    """

    id: int
    number: str
    unit: str
    task_id: str | None
    title: str
    when: When
    place: str | None
    partners: tuple[str, ...]
    values: tuple[Value, ...]
    text: str | None
    month: date
    filed_at: datetime
    status: ReportStatus


@dataclass(frozen=True)
class ValueLine:
    """A number of a report as a row of a file; `task_id` None is 其他."""

    id: int
    number: str
    unit: str
    task_id: str | None
    month: date
    status: ReportStatus
    value: Value


def report_lines(view: View, config: Config, scope: Scope) -> Iterator[ReportLine]:
    """Return the reports in `scope` in the order in which they were first filed."""
    reports = view.session.execute(
        select(
            Report.id,
            Report.number,
            Unit.name,
            Report.task_id,
            Report.title,
            Report.date_precision,
            Report.day,
            Report.date_text,
            Report.place,
            Report.text,
            Report.month,
            Report.filed_at,
            Report.status,
        )
        .join(Unit, Unit.id == Report.unit_id)
        .where(*scope.conditions(config))
        .order_by(Report.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    partners, values = _partners(view, config, scope), _values(view, config, scope)
    for row in reports:
        number, unit, task_id, title, precision, day, words, place, text, *last = row[1:]
        month, filed_at, status = last
        yield ReportLine(
            id=row[0],
            number=number,
            unit=unit,
            task_id=task_id,
            title=title,
            when=When(precision, day, words),
            place=place,
            partners=partners.of(row[0]),
            values=values.of(row[0]),
            text=text,
            month=month,
            filed_at=filed_at,
            status=status,
        )


def value_lines(view: View, config: Config, scope: Scope) -> Iterator[ValueLine]:
    """Return the numbers of the reports in `scope`, in the order of reports; one statement."""
    found = view.session.execute(
        select(
            Report.id,
            Report.number,
            Unit.name,
            Report.task_id,
            Report.month,
            Report.status,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.bound,
            MetricValue.raw,
        )
        .join(Report, Report.id == MetricValue.report_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(*scope.conditions(config))
        .order_by(Report.id, MetricValue.position)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for report_id, number, unit, task_id, month, status, *said in found:
        metric, value, approx, bound, raw = said
        amount = Amount(value, approx=approx, raw=raw, bound=bound)
        yield ValueLine(report_id, number, unit, task_id, month, status, Value(metric, amount))


def _partners(view: View, config: Config, scope: Scope) -> Beside[str]:
    found = view.session.execute(
        select(ReportPartner.report_id, func.coalesce(Unit.name, ReportPartner.name, ""))
        .join(Report, Report.id == ReportPartner.report_id)
        .outerjoin(Unit, Unit.id == ReportPartner.unit_id)
        .where(*scope.conditions(config))
        .order_by(ReportPartner.report_id, ReportPartner.position)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    return Beside((report_id, name) for report_id, name in found)


def _values(view: View, config: Config, scope: Scope) -> Beside[Value]:
    found = view.session.execute(
        select(
            MetricValue.report_id,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.bound,
            MetricValue.raw,
        )
        .join(Report, Report.id == MetricValue.report_id)
        .where(*scope.conditions(config))
        .order_by(MetricValue.report_id, MetricValue.position)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    return Beside(
        (report_id, Value(metric, Amount(value, approx=approx, raw=raw, bound=bound)))
        for report_id, metric, value, approx, bound, raw in found
    )
