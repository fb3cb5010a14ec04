"""Looking at reports: one card, lists of them, and what counts (each in fixed statements)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.archive.queries import Standing
from bot.features.people.models import Person
from bot.features.reports import rules
from bot.features.reports.content import Content, Partner, Photo, Value
from bot.features.reports.credit import credited_to
from bot.features.reports.files import attached, links_of
from bot.features.reports.models import (
    MetricValue,
    Report,
    ReportPartner,
    ReportStatus,
    ReturnReason,
)
from bot.features.reports.partners import Standing as PartnerStanding
from bot.features.reports.partners import answered_counts, standings
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import When
from bot.features.units.models import Unit


@dataclass(frozen=True)
class ReportCard:
    """A report with everything that a card of it shows. Names are None where there is nobody.

    `files` says how the files of its content stand in the archive, in their order, `partners` where
    the units stand that it names (ORG-08).
    """

    id: int
    number: str
    version: int
    status: ReportStatus
    unit_name: str
    content: Content
    submitted_by: str
    submitted_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None
    return_reason: ReturnReason | None
    return_text: str | None
    files: tuple[Standing, ...] = ()
    partners: tuple[PartnerStanding, ...] = ()


@dataclass(frozen=True)
class ReportRow:
    """A report as a list shows it.

    `joint` is how many of its partners confirmed, and how many were asked; None for no partners.
    """

    id: int
    number: str
    unit_name: str
    title: str
    when: When
    status: ReportStatus
    unit_id: int
    joint: tuple[int, int] | None = None


@dataclass(frozen=True)
class Listing:
    """One page of reports, and how many there are on all pages."""

    rows: list[ReportRow]
    total: int


@dataclass(frozen=True)
class Sought:
    """Which reports a list holds; None leaves a thing open.

    Those of units hold what counts as theirs, see `partners.credited_to`.
    """

    unit_ids: tuple[int, ...] | None = None
    month: date | None = None
    status: ReportStatus | None = None
    task: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what the reports must meet."""
        found: list[ColumnElement[bool]] = []
        if self.unit_ids is not None:
            found.append(credited_to(self.unit_ids))
        if self.month is not None:
            found.append(Report.month == self.month)
        if self.status is not None:
            found.append(Report.status == self.status)
        if self.task is not None:
            found.append(Report.series == self.task)
        return found


def find_card(view: View, report_id: int) -> ReportCard | None:
    """Return everything that a report says, in six statements; None when there is none.

    Whether somebody may see it is for `access.access_report` to say.
    """
    submitter, reviewer = aliased(Person), aliased(Person)
    found = view.session.execute(
        select(Report, Unit.name, submitter.name, reviewer.name)
        .join(Unit, Unit.id == Report.unit_id)
        .join(submitter, submitter.id == Report.submitted_by)
        .outerjoin(reviewer, reviewer.id == Report.reviewed_by)
        .where(Report.id == report_id)
    ).one_or_none()
    if found is None:
        return None
    report, unit_name, submitted_by, reviewed_by = found
    files = attached(view, report.id)
    return ReportCard(
        id=report.id,
        number=report.number,
        version=report.version,
        status=report.status,
        unit_name=unit_name,
        content=content_of(view, report, photos=tuple(photo for photo, _ in files)),
        submitted_by=submitted_by,
        submitted_at=report.submitted_at,
        reviewed_by=reviewed_by,
        reviewed_at=report.reviewed_at,
        return_reason=report.return_reason,
        return_text=report.return_text,
        files=tuple(standing for _, standing in files if standing is not None),
        partners=tuple(standings(view, report.id)),
    )


def reports_by_id(view: View, report_ids: Sequence[int]) -> list[Report]:
    """Return the reports with these ids, in the order of ids; one statement."""
    found = view.session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.id)
    )
    return list(found)


def list_reports(view: View, sought: Sought, *, page: int, size: int) -> Listing:
    """Return page `page` (from 1) of the reports, the last filed first, in three statements.

    A list of what waits for review begins with what has waited longest.
    """
    conditions = sought.conditions()
    total = view.session.scalar(select(func.count(Report.id)).where(*conditions)) or 0
    last_page = max(1, -(-total // size))
    at = min(max(page, 1), last_page)
    order = (
        (Report.submitted_at, Report.id)
        if sought.status is ReportStatus.submitted
        else (Report.filed_at.desc(), Report.id.desc())
    )
    rows = view.session.execute(
        _rows().where(*conditions).order_by(*order).limit(size).offset((at - 1) * size)
    )
    found = rows.all()
    joint = answered_counts(view, [report.id for report, _ in found])
    return Listing([_row(report, name, joint.get(report.id)) for report, name in found], total)


def find_latest(view: View, sought: Sought) -> ReportRow | None:
    """Return the report that was filed last and was not withdrawn; None for none."""
    found = view.session.execute(
        _rows()
        .where(*sought.conditions(), Report.status != ReportStatus.withdrawn)
        .order_by(Report.filed_at.desc(), Report.id.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else _row(*found)


def reports_of_unit(view: View, unit_id: int, month: date) -> list[ReportRow]:
    """Return what counts of a unit in the month that begins with `month`, oldest first."""
    rows = view.session.execute(
        _rows()
        .where(
            credited_to([unit_id]),
            Report.month == month,
            Report.status.in_(rules.COUNTED),
        )
        .order_by(Report.filed_at, Report.id)
    )
    return [_row(report, unit_name) for report, unit_name in rows]


def find_by_number(view: View, text: str, *, year: int) -> int | None:
    """Return the id of the report whose number `text` holds; None when there is none."""
    number = rules.read_number(text, year=year)
    if number is None:
        return None
    return view.session.scalar(
        select(Report.id).where(
            Report.year == number[0],
            func.lower(Report.series) == number[1].lower(),
            Report.serial == number[2],
        )
    )


def months(view: View, unit_ids: tuple[int, ...] | None = None) -> list[date]:
    """Return the months in which reports were filed, the last first."""
    query = select(Report.month).distinct().order_by(Report.month.desc())
    if unit_ids is not None:
        query = query.where(credited_to(unit_ids))
    return list(view.session.scalars(query))


def recent_places(view: View, unit_id: int, *, most: int) -> list[tuple[int, str]]:
    """Return the places of a unit's last reports, each once, with the report that named it."""
    last = func.max(Report.id)
    found = view.session.execute(
        select(last, Report.place)
        .where(Report.unit_id == unit_id, Report.place.is_not(None))
        .group_by(Report.place)
        .order_by(last.desc())
        .limit(most)
    )
    return [(report_id, place) for report_id, place in found if place is not None]


def _rows() -> Select[Report, str]:
    return select(Report, Unit.name).join(Unit, Unit.id == Report.unit_id)


def _row(report: Report, unit_name: str, joint: tuple[int, int] | None = None) -> ReportRow:
    return ReportRow(
        report.id,
        report.number,
        unit_name,
        report.title,
        When(report.date_precision, report.day, report.date_text),
        report.status,
        report.unit_id,
        joint,
    )


def content_of(view: View, report: Report, *, photos: tuple[Photo, ...] | None = None) -> Content:
    """Return what `report` says; `photos` where they were read already."""
    if photos is None:
        photos = tuple(photo for photo, _ in attached(view, report.id))
    values = _values(view, report.id)
    people = [one.amount for one in values if one.metric == rules.PEOPLE_METRIC]
    return Content(
        unit_id=report.unit_id,
        task_id=report.task_id,
        title=report.title,
        when=When(report.date_precision, report.day, report.date_text),
        place=report.place,
        partners=_partners(view, report.id),
        people=people[0] if people else None,
        values=tuple(one for one in values if one.metric != rules.PEOPLE_METRIC),
        text=report.text,
        photos=photos,
        links=links_of(view, report.id),
    )


def _values(view: View, report_id: int) -> list[Value]:
    found = view.session.scalars(
        select(MetricValue).where(MetricValue.report_id == report_id).order_by(MetricValue.position)
    )
    return [
        Value(one.metric, Amount(one.value, approx=one.approx, raw=one.raw, bound=one.bound))
        for one in found
    ]


def _partners(view: View, report_id: int) -> tuple[Partner, ...]:
    found = view.session.execute(
        select(func.coalesce(Unit.name, ReportPartner.name, ""), ReportPartner.unit_id)
        .outerjoin(Unit, Unit.id == ReportPartner.unit_id)
        .where(ReportPartner.report_id == report_id)
        .order_by(ReportPartner.position)
    )
    return tuple(Partner(name, unit_id) for name, unit_id in found)


def submitted_by(view: View, person_id: int) -> list[tuple[datetime, str, str]]:
    """Return what a person reported, the oldest first: when it was filed, number and title."""
    found = view.session.execute(
        select(Report.filed_at, Report.number, Report.title)
        .where(Report.submitted_by == person_id)
        .order_by(Report.id)
    )
    return [(at, number, title) for at, number, title in found]
