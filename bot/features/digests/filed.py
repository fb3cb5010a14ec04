"""What a unit reported in a week, for the digest of its own people (BUL-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.db.work import View
from bot.features.digests.weeks import Week
from bot.features.reports import rules
from bot.features.reports.models import Report, ReportStatus


@dataclass(frozen=True)
class Filed:
    """One report of the week."""

    number: str
    title: str
    status: ReportStatus


def filed_between(
    view: View, unit_ids: Sequence[int], week: Week, *, most: int
) -> tuple[list[Filed], int]:
    """Return the first `most` of the units' reports of `week` that count, and how many there are.

    One statement.
    """
    found = view.session.execute(
        select(Report.number, Report.title, Report.status, func.count().over())
        .where(
            Report.unit_id.in_(unit_ids),
            Report.filed_at >= week.since,
            Report.filed_at < week.until,
            Report.status.in_(rules.COUNTED),
        )
        .order_by(Report.filed_at, Report.id)
        .limit(most)
    ).all()
    rows = [Filed(number, title, status) for number, title, status, _ in found]
    return rows, found[0][3] if found else 0
