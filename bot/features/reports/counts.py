"""Counting reports and adding up their numbers, for screens, the month and the digest.

Every function is one statement, totals are two, whatever the number of reports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports import rules
from bot.features.reports.credit import confirmed_by, credited_to, joined_of_unit
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.readings import readings
from bot.features.reports.rollup import Total, totals
from bot.features.units.models import Unit


@dataclass(frozen=True)
class UnitCount:
    """How many reports of a unit count in a month, and how many of them wait for review."""

    unit_id: int
    name: str
    counted: int
    waiting: int


def pending_count(view: View) -> int:
    """Return how many reports wait for review."""
    return _count(view, Report.status == ReportStatus.submitted)


def returned_count(view: View, unit_ids: Sequence[int]) -> int:
    """Return how many reports of the units were returned and not yet filed again."""
    return _count(view, Report.status == ReportStatus.returned, Report.unit_id.in_(unit_ids))


def month_count(view: View, unit_ids: Sequence[int], month: date) -> int:
    """Return how many reports are credited to the units in the month that begins with `month`."""
    return _count(
        view,
        credited_to(unit_ids),
        Report.month == month,
        Report.status.in_(rules.COUNTED),
    )


def counts_by_unit_and_state(
    view: View, since: datetime, until: datetime
) -> dict[int, dict[ReportStatus, int]]:
    """Return how many reports were first filed from `since` until before `until`, by unit id.

    A report counts under the state that it has now. Units and states without any are left out.
    """
    found = view.session.execute(
        select(Report.unit_id, Report.status, func.count(Report.id))
        .where(Report.filed_at >= since, Report.filed_at < until)
        .group_by(Report.unit_id, Report.status)
    )
    counts: dict[int, dict[ReportStatus, int]] = {}
    for unit_id, status, number in found:
        counts.setdefault(unit_id, {})[status] = number
    return counts


def counts_of_units(view: View, month: date) -> list[UnitCount]:
    """Return the counts of a month for every open unit, in the register's order.

    What a unit confirmed to have held with others counts for it as well (ORG-08); only its own wait
    for their review here.
    """
    counted, waiting = (
        _summed(Report.status.in_(rules.COUNTED)),
        _summed(Report.status == ReportStatus.submitted),
    )
    joined = joined_of_unit(month)
    found = view.session.execute(
        select(Unit.id, Unit.name, counted + joined, waiting)
        .outerjoin(Report, (Report.unit_id == Unit.id) & (Report.month == month))
        .where(Unit.closed_at.is_(None))
        .group_by(Unit.id, Unit.name, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
    return [UnitCount(*row) for row in found]


def counts_of_tasks(
    view: View, *, month: date | None = None, unit_ids: Sequence[int] | None = None
) -> dict[str, int]:
    """Return how many reports count for each task; None leaves month and units open.

    What the units confirmed to have held with others counts for them as well (ORG-08).
    """
    query = select(Report.task_id, func.count(Report.id)).where(
        Report.task_id.is_not(None), Report.status.in_(rules.COUNTED)
    )
    if month is not None:
        query = query.where(Report.month == month)
    if unit_ids is not None:
        query = query.where(credited_to(unit_ids))
    found = view.session.execute(query.group_by(Report.task_id))
    return {task: number for task, number in found if task is not None}


def totals_of_month(
    view: View, config: Config, month: date, *, unit_ids: Iterable[int] | None = None
) -> list[Total]:
    """Return the totals of the numbers that count in the month that begins with `month`."""
    return _totals(view, config, [Report.month == month], unit_ids)


def totals_between(
    view: View,
    config: Config,
    since: datetime,
    until: datetime,
    *,
    unit_ids: Iterable[int] | None = None,
) -> list[Total]:
    """Return the totals of reports first filed from `since` until before `until`."""
    conditions = [Report.filed_at >= since, Report.filed_at < until]
    return _totals(view, config, conditions, unit_ids)


def _totals(
    view: View,
    config: Config,
    conditions: Sequence[ColumnElement[bool]],
    unit_ids: Iterable[int] | None,
) -> list[Total]:
    wanted = [*conditions, Report.status.in_(rules.COUNTED)]
    if unit_ids is not None:
        units = list(unit_ids)
        wanted.append(or_(Report.unit_id.in_(units), confirmed_by(units)))
    return totals(config, readings(view, wanted))


def _count(view: View, *conditions: ColumnElement[bool]) -> int:
    return view.session.scalar(select(func.count(Report.id)).where(*conditions)) or 0


def _summed(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
