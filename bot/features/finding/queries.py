"""Searching reports and filings together: two statements at most for a page that there is."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
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
from bot.core.dates import start_of
from bot.db.work import View
from bot.features.archive.models import ArchiveItem, StoredFile
from bot.features.deadlines.filing import SUBMISSION_OWNER
from bot.features.deadlines.models import Submission
from bot.features.documents.models import UnitDocument
from bot.features.documents.service import DOCUMENT_OWNER
from bot.features.finding.words import Wanted
from bot.features.months.models import MonthSection
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.reports.models import Report
from bot.features.units.models import Unit

_Rows = Select[str, int, str, str, str, str, datetime]
_ESCAPE = "\\"


class Kind(StrEnum):
    """What was found."""

    report = "r"
    filing = "f"
    document = "d"


@dataclass(frozen=True)
class Found:
    """One thing that was found.

    `label` is a report's number, a filing's obligation or a document's slot, `title` a report's
    title or a filing's period, `status` its state as the database keeps it.
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
        _documents(wanted, unit_ids, owner, config),
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
) -> _Rows:
    scope = _of_units(Report.unit_id, unit_ids, wanted.unit_ids)
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
) -> _Rows:
    scope = _of_units(Submission.unit_id, unit_ids, wanted.unit_ids)
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


def _documents(
    wanted: Wanted,
    unit_ids: tuple[int, ...] | None,
    owner: tuple[str, int] | None,
    config: Config,
) -> _Rows:
    scope = _of_units(UnitDocument.unit_id, unit_ids, wanted.unit_ids)
    if wanted.task is not None:
        scope.append(false())
    if wanted.index is not None:
        kind, number = owner or ("", 0)
        scope.append(UnitDocument.id == number if kind == DOCUMENT_OWNER else false())
    if wanted.since is not None and wanted.until is not None:
        scope.append(_came_in(UnitDocument.filed_at, config, wanted.since, wanted.until))
    for word in wanted.words:
        called = [one.id for one in config.documents if word.lower() in one.name.lower()]
        named = UnitDocument.id.in_(_named_files(DOCUMENT_OWNER, word))
        scope.append(or_(UnitDocument.slot.in_(called), named) if called else named)
    return (
        select(
            literal(Kind.document.value).label("kind"),
            UnitDocument.id.label("id"),
            UnitDocument.slot.label("label"),
            literal("").label("title"),
            Unit.name.label("unit_name"),
            cast(UnitDocument.state, String).label("status"),
            UnitDocument.filed_at.label("at"),
        )
        .join(Unit, Unit.id == UnitDocument.unit_id)
        .where(*scope)
    )


def _of_units(
    column: Any, readable: tuple[int, ...] | None, wanted: tuple[int, ...] | None
) -> list[ColumnElement[bool]]:
    return [column.in_(ids) for ids in (readable, wanted) if ids is not None]


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
    return or_(months, _came_in(Submission.filed_at, config, since, until))


def _came_in(column: Any, config: Config, since: date, until: date) -> ColumnElement[bool]:
    """Return the condition that something came in then."""
    zone = config.time.zone_info
    return and_(column >= start_of(since, zone, time(0)), column < start_of(until, zone))


def _with_word(scope: list[ColumnElement[bool]], word: str) -> Any:
    """Return the ids of reports within `scope` that hold the word, in words or a file's name."""
    said = select(Report.id).where(
        *scope, or_(_like(Report.title, word), _like(Report.place, word), _like(Report.text, word))
    )
    return union(said, _named_files(ARCHIVE_OWNER, word))


def _filings_with_word(config: Config, scope: list[ColumnElement[bool]], word: str) -> Any:
    called = [one.id for one in config.obligations if word.lower() in one.name.lower()]
    said = select(Submission.id).where(
        *scope,
        or_(
            Submission.obligation.in_(called) if called else false(),
            _like(Submission.text, word),
        ),
    )
    in_month = (
        select(MonthSection.submission_id)
        .join(Submission, Submission.id == MonthSection.submission_id)
        .where(*scope, or_(_like(MonthSection.own, word), _like(MonthSection.assembled, word)))
    )
    return union(said, in_month, _named_files(SUBMISSION_OWNER, word))


def _named_files(kind: str, word: str) -> Select[int]:
    """Return the ids of the documents of `kind` that have a file whose name holds the word."""
    return select(cast(StoredFile.owner_ref, Integer)).where(
        StoredFile.owner_kind == kind, _like(StoredFile.name, word)
    )


def _like(column: Any, word: str) -> ColumnElement[bool]:
    """Return the condition that the column holds `word`, whatever signs are in it."""
    plain = word
    for sign in (_ESCAPE, "%", "_"):
        plain = plain.replace(sign, _ESCAPE + sign)
    pattern = f"%{plain}%"
    # Chinese has no case: comparing it as it is saves changing every text before.
    if word.lower() == word.upper():
        found: ColumnElement[bool] = column.like(pattern, escape=_ESCAPE)
        return found
    any_case: ColumnElement[bool] = column.ilike(pattern, escape=_ESCAPE)
    return any_case
