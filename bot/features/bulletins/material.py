"""What a bulletin can be made of: accepted reports of a period, a page at a time (BUL-04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bot.config import Config
from bot.core.dates import end_of, start_of
from bot.db.work import View
from bot.features.bulletins.models import Bulletin, BulletinItem
from bot.features.reports.models import Report, ReportStatus
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Candidate:
    """An accepted report of the period, and whether it stands in the bulletin."""

    report_id: int
    number: str
    unit_name: str
    title: str
    typical: bool
    chosen: bool


@dataclass(frozen=True)
class Candidates:
    """A page of them, how many there are, and how many of all stand in the bulletin."""

    rows: Sequence[Candidate]
    total: int
    page: int


def candidates(
    view: View, config: Config, bulletin: Bulletin, *, page: int, size: int
) -> Candidates:
    """Return a page of the accepted reports of the period, in the order of filing.

    A page that is not there is the nearest. Two statements.
    """
    wanted = of_period(config, bulletin)
    total = view.session.scalar(select(func.count(Report.id)).where(*wanted)) or 0
    number = min(max(page, 1), max(1, -(-total // size)))
    rows = view.session.execute(
        select(Report, Unit.name, BulletinItem.id)
        .join(Unit, Unit.id == Report.unit_id)
        .outerjoin(
            BulletinItem,
            (BulletinItem.report_id == Report.id) & (BulletinItem.bulletin_id == bulletin.id),
        )
        .where(*wanted)
        .order_by(Report.filed_at, Report.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    found = [
        Candidate(
            report.id,
            report.number,
            unit_name,
            report.title,
            report.typical,
            chosen=item_id is not None,
        )
        for report, unit_name, item_id in rows
    ]
    return Candidates(found, total, number)


def of_period(config: Config, bulletin: Bulletin) -> list[ColumnElement[bool]]:
    """Return what an accepted report meets that was filed on a day of the bulletin."""
    zone = config.time.zone_info
    return [
        Report.status == ReportStatus.accepted,
        Report.filed_at >= start_of(bulletin.first, zone),
        Report.filed_at < end_of(bulletin.last, zone),
    ]
