"""Searching reports, filings and documents together: two statements at most for a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from bot.config import Config
from bot.db.work import View
from bot.features.archive.models import ArchiveItem, StoredFile
from bot.features.deadlines.filing import SUBMISSION_OWNER
from bot.features.deadlines.models import Submission
from bot.features.finding.conditions import Kind, Rows, came_in, like, named_files, of_units
from bot.features.finding.documents import official_documents, unit_documents
from bot.features.finding.words import Wanted
from bot.features.months.models import MonthSection
from bot.features.obligations.models import MadeObligation
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.reports.models import Report
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Found:
    """One thing that was found.

    `label` is a report's number, a filing's obligation, a document's slot or an official document's
    kind, `title` a title or a filing's period, `status` its state as the database keeps it.
    `unit_name` of an official document is who issued it.
    """

    kind: Kind
    id: int
    label: str
    title: str
    unit_name: str
    status: str


@dataclass(frozen=True)
class Results:
    """One page of what was found, the newest first, and how much there is on all pages."""

    rows: list[Found]
    total: int
    page: int


def search(
    view: View,
    config: Config,
    wanted: Wanted,
    *,
    unit_ids: tuple[int, ...] | None,
    page: int,
    size: int,
) -> Results:
    """Return page `page` (from 1, or the nearest that there is) of what is `wanted`.

    `unit_ids` are the units whose papers the reader may see; None is all.
    """
    owner = None if wanted.index is None else _owner(view, wanted.index)
    found = union_all(
        _reports(wanted, unit_ids, owner),
        _filings(wanted, unit_ids, owner, config),
        unit_documents(wanted, unit_ids, owner, config),
        official_documents(wanted, owner),
    ).subquery()
    at = max(page, 1)
    rows, total = _page(view, found, at, size)
    if not rows and at > 1:
        # The page is behind the last one, and only its rows would have told how many there are.
        total = view.session.scalar(select(func.count()).select_from(found)) or 0
        at = max(1, -(-total // size))
        rows, _ = _page(view, found, at, size)
    return Results(rows, total, at)


def _page(view: View, found: Any, page: int, size: int) -> tuple[list[Found], int]:
    """Return a page and how many there are on all: what words are looked for in is read once."""
    rows = view.session.execute(
        select(found, func.count().over().label("total"))
        .order_by(found.c.at.desc(), found.c.kind.desc(), found.c.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    shown = [
        Found(Kind(row.kind), row.id, row.label, row.title, row.unit_name, row.status)
        for row in rows
    ]
    return shown, rows[0].total if rows else 0


def _owner(view: View, index: str) -> tuple[str, int] | None:
    """Return kind and id of the document that has a file with the index number; None for none."""
    found = view.session.execute(
        select(StoredFile.owner_kind, StoredFile.owner_ref)
        .join(ArchiveItem, ArchiveItem.stored_file_id == StoredFile.id)
        .where(ArchiveItem.number == index)
    ).one_or_none()
    return None if found is None else (found[0], int(found[1]))


def _reports(
    wanted: Wanted, unit_ids: tuple[int, ...] | None, owner: tuple[str, int] | None
) -> Rows:
    scope = of_units(Report.unit_id, unit_ids, wanted.unit_ids)
    if wanted.index is not None:
        scope.append(_is_report(wanted, owner))
    if wanted.task is not None:
        scope.append(Report.series == wanted.task)
    if wanted.since is not None and wanted.until is not None:
        scope.append(_on_days(wanted.since, wanted.until))
    return (
        select(
            literal(Kind.report.value).label("kind"),
            Report.id.label("id"),
            Report.number.label("label"),
            Report.title.label("title"),
            Unit.name.label("unit_name"),
            cast(Report.status, String).label("status"),
            Report.filed_at.label("at"),
        )
        .join(Unit, Unit.id == Report.unit_id)
        .where(*scope, *(Report.id.in_(_with_word(scope, word)) for word in wanted.words))
    )


def _filings(
    wanted: Wanted,
    unit_ids: tuple[int, ...] | None,
    owner: tuple[str, int] | None,
    config: Config,
) -> Rows:
    scope = of_units(Submission.unit_id, unit_ids, wanted.unit_ids)
    if wanted.task is not None:
        scope.append(false())
    if wanted.index is not None:
        kind, number = owner or ("", 0)
        scope.append(Submission.id == number if kind == SUBMISSION_OWNER else false())
    if wanted.since is not None and wanted.until is not None:
        scope.append(_filed_for(config, wanted.since, wanted.until))
    words = (Submission.id.in_(_filings_with_word(config, scope, word)) for word in wanted.words)
    return (
        select(
            literal(Kind.filing.value).label("kind"),
            Submission.id.label("id"),
            Submission.obligation.label("label"),
            Submission.period.label("title"),
            Unit.name.label("unit_name"),
            cast(Submission.state, String).label("status"),
            Submission.filed_at.label("at"),
        )
        .join(Unit, Unit.id == Submission.unit_id)
        .where(*scope, *words)
    )


def _is_report(wanted: Wanted, owner: tuple[str, int] | None) -> ColumnElement[bool]:
    """Return the condition that a report has the number, or a file with the index number."""
    if owner is not None and owner[0] == ARCHIVE_OWNER:
        return Report.id == owner[1]
    if wanted.number is None:
        return false()
    year, series, serial = wanted.number
    return and_(Report.year == year, Report.series == series, Report.serial == serial)


def _on_days(since: date, until: date) -> ColumnElement[bool]:
    """Return the condition that an activity was then; without a day its month counts."""
    return or_(
        and_(Report.day >= since, Report.day < until),
        and_(Report.day.is_(None), Report.month >= since, Report.month < until),
    )


def _filed_for(config: Config, since: date, until: date) -> ColumnElement[bool]:
    """Return the condition that a filing is for a month in the span, or came in then."""
    months = (
        and_(Submission.period >= f"{since:%Y-%m}", Submission.period < f"{until:%Y-%m}")
        if since.day == until.day == 1
        else false()
    )
    return or_(months, came_in(Submission.filed_at, config, since, until))


def _with_word(scope: list[ColumnElement[bool]], word: str) -> Any:
    """Return the ids of reports within `scope` that hold the word, in words or a file's name."""
    said = select(Report.id).where(
        *scope, or_(like(Report.title, word), like(Report.place, word), like(Report.text, word))
    )
    return union(said, named_files(ARCHIVE_OWNER, word))


def _filings_with_word(config: Config, scope: list[ColumnElement[bool]], word: str) -> Any:
    called = [one.id for one in config.obligations if word.lower() in one.name.lower()]
    made = select(cast(MadeObligation.id, String)).where(like(MadeObligation.name, word))
    said = select(Submission.id).where(
        *scope,
        or_(
            Submission.obligation.in_(called) if called else false(),
            Submission.obligation.in_(made),
            like(Submission.text, word),
        ),
    )
    in_month = (
        select(MonthSection.submission_id)
        .join(Submission, Submission.id == MonthSection.submission_id)
        .where(*scope, or_(like(MonthSection.own, word), like(MonthSection.assembled, word)))
    )
    return union(said, in_month, named_files(SUBMISSION_OWNER, word))
