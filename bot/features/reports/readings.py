"""The numbers of reports as roll-ups take them, each with the activity it belongs to (REP-16)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select

from bot.db.work import View
from bot.features.reports.joint import Held, activities
from bot.features.reports.models import MetricValue, Report, ReportPartner
from bot.features.reports.reading.dates import Precision
from bot.features.reports.rollup import Reading


def readings(view: View, conditions: Sequence[ColumnElement[bool]]) -> list[Reading]:
    """Return the numbers of the reports that meet `conditions`; two statements.

    What several of them reported of one activity carries the same name of it, whichever of them
    gave a number.
    """
    found = view.session.execute(
        select(Report, MetricValue)
        .outerjoin(MetricValue, MetricValue.report_id == Report.id)
        .where(*conditions)
        .order_by(Report.filed_at, Report.id, MetricValue.position)
    ).all()
    reports = {report.id: report for report, _ in found}
    joint = joint_activities(view, reports.values(), conditions)
    return [
        Reading(
            metric=value.metric,
            unit_id=report.unit_id,
            value=value.value,
            approx=value.approx,
            at=report.filed_at,
            bound=value.bound,
            report=report.number,
            activity=joint.get(report.number),
        )
        for report, value in found
        if value is not None
    ]


def joint_activities(
    view: View, reports: Iterable[Report], conditions: Sequence[ColumnElement[bool]]
) -> dict[str, str]:
    """Return which of `reports` tell of one activity, see `joint.activities`; one statement.

    `conditions` are those by which the reports were found.
    """
    partners: dict[int, set[int]] = defaultdict(set)
    found = view.session.execute(
        select(ReportPartner.report_id, ReportPartner.unit_id)
        .join(Report, Report.id == ReportPartner.report_id)
        .where(ReportPartner.unit_id.is_not(None), *conditions)
    )
    for report_id, unit_id in found:
        if unit_id is not None:
            partners[report_id].add(unit_id)
    return activities(_held(one, partners[one.id]) for one in reports)


def _held(report: Report, partner_ids: set[int]) -> Held:
    is_day = report.date_precision is Precision.day
    return Held(
        number=report.number,
        unit_id=report.unit_id,
        day=report.day if is_day else None,
        title=report.title,
        place=report.place,
        partner_ids=frozenset(partner_ids),
    )
