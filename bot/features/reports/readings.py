"""The numbers of reports as roll-ups take them, each with the activity it belongs to (REP-16)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select

from bot.db.work import View
from bot.features.reports.joint import activities
from bot.features.reports.matching import held_of, partner_ids
from bot.features.reports.models import MetricValue, Report
from bot.features.reports.partners import answers_of
from bot.features.reports.rollup import Reading


def readings(view: View, conditions: Sequence[ColumnElement[bool]]) -> list[Reading]:
    """Return the numbers of the reports that meet `conditions`; three statements.

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
    """Return which of `reports` tell of one activity, see `joint.activities`; two statements.

    `conditions` are those by which the reports were found.
    """
    partners, answers = partner_ids(view, conditions), answers_of(view, conditions)
    return activities(
        (
            held_of(one, partners.get(one.id, frozenset()), answers.settled.get(one.id))
            for one in reports
        ),
        answers.links,
    )
