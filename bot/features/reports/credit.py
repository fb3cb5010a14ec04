"""Which reports count as activities of a unit: its own, and those that it confirmed (ORG-08)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from bot.features.reports.models import PartnerAnswer, PartnerState, Report
from bot.features.reports.rules import COUNTED
from bot.features.units.models import Unit


def confirmed_by(unit_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return what a report is that one of the units confirmed to have taken part in."""
    return Report.id.in_(_confirmed(unit_ids))


def credited_to(unit_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return what a report is that counts as an activity of the units.

    It is their own, or of a partner and confirmed by them; not where their own report of the same
    activity counts already.
    """
    units = list(unit_ids)
    return or_(Report.unit_id.in_(units), alone_in(units))


def alone_in(unit_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return what a report of a partner is that one of the units confirmed and has no own one of.

    An own report that came back or was taken back is none.
    """
    own = aliased(Report)
    alone = (
        _confirmed(unit_ids)
        .outerjoin(own, own.id == PartnerAnswer.own_report_id)
        .where(or_(own.id.is_(None), own.status.not_in(COUNTED)))
    )
    return Report.id.in_(alone) & Report.status.in_(COUNTED)


def joined_of_unit(month: date) -> ColumnElement[int]:
    """Return how many reports of a month are `alone_in` the unit of each row."""
    report, own = aliased(Report), aliased(Report)
    return (
        select(func.count(report.id))
        .join(PartnerAnswer, PartnerAnswer.report_id == report.id)
        .outerjoin(own, own.id == PartnerAnswer.own_report_id)
        .where(
            PartnerAnswer.unit_id == Unit.id,
            PartnerAnswer.state == PartnerState.confirmed,
            report.month == month,
            report.status.in_(COUNTED),
            or_(own.id.is_(None), own.status.not_in(COUNTED)),
        )
        .correlate(Unit)
        .scalar_subquery()
    )


def _confirmed(unit_ids: Iterable[int]) -> Select[int]:
    return select(PartnerAnswer.report_id).where(
        PartnerAnswer.unit_id.in_(list(unit_ids)),
        PartnerAnswer.state == PartnerState.confirmed,
    )
