"""The queue of everything that waits for its review, what waited longest first (REP-15)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true, union_all

from bot.db.work import View
from bot.features.deadlines.models import FilingState, Submission
from bot.features.documents.models import DocumentState, UnitDocument
from bot.features.reports.models import Report, ReportStatus
from bot.features.units.models import Unit


class Kind(StrEnum):
    """What waits: a report of an activity, a plan or a month, or another document of a unit."""

    report = "r"
    filing = "f"
    document = "d"


@dataclass(frozen=True)
class Item:
    """One thing that waits, or waited."""

    kind: Kind
    id: int


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, as the list shows it.

    `label` is a report's number, a filing's obligation or a document's slot, `title` a report's
    title or a filing's period.
    """

    item: Item
    version: int
    label: str
    title: str
    unit_name: str


@dataclass(frozen=True)
class Count:
    """How much waits of one thing: `what` is a filing's obligation, a document's slot, or empty."""

    kind: Kind
    what: str
    number: int


@dataclass(frozen=True)
class Place:
    """Where something stands in the queue: `number` from 1 of `total`; whether it still `waits`."""

    number: int
    total: int
    waits: bool


@dataclass(frozen=True)
class Page:
    """A page of the queue (from 1, or the nearest that there is), and how much waits on all.

    `kind` is what alone is looked at, None for everything; `by_kind` how much waits of each.
    """

    rows: Sequence[Waiting]
    number: int
    total: int
    kind: Kind | None
    by_kind: Mapping[Kind, int]


def waiting_counts(view: View) -> list[Count]:
    """Return how much waits of everything, reports first; one statement."""
    queue = _queue()
    found = view.session.execute(
        select(queue.c.kind, queue.c.what, func.count())
        .group_by(queue.c.kind, queue.c.what)
        .order_by(queue.c.kind.desc(), queue.c.what)
    )
    return [Count(Kind(kind), what, number) for kind, what, number in found]


def page_of_queue(view: View, number: int, *, size: int, kind: Kind | None = None) -> Page:
    """Return a page of the queue, or of one `kind` in it while any waits; two statements."""
    by_kind: Counter[Kind] = Counter()
    for count in waiting_counts(view):
        by_kind[count.kind] += count.number
    if kind is not None and not by_kind[kind]:
        kind = None
    total = by_kind.total() if kind is None else by_kind[kind]
    queue = _queue()
    at = min(max(number, 1), max(1, -(-total // size)))
    found = view.session.execute(
        select(queue, Unit.name)
        .join(Unit, Unit.id == queue.c.unit_id)
        .where(true() if kind is None else queue.c.kind == kind.value)
        .order_by(queue.c.at, queue.c.kind, queue.c.id)
        .limit(size)
        .offset((at - 1) * size)
    )
    rows = [
        Waiting(Item(Kind(row.kind), row.id), row.version, row.label, row.title, row.name)
        for row in found
    ]
    return Page(rows, at, total, kind, by_kind)


def first(view: View, kind: Kind | None = None) -> Item | None:
    """Return what has waited longest, of one kind or of both; None when nothing waits."""
    queue = _queue()
    query = select(queue.c.kind, queue.c.id).order_by(queue.c.at, queue.c.kind, queue.c.id)
    if kind is not None:
        query = query.where(queue.c.kind == kind.value)
    return _item(view.session.execute(query.limit(1)).one_or_none())


def beside(view: View, item: Item, *, forward: bool) -> Item | None:
    """Return what waits next after `item`, or before it; None at that end of the queue.

    `item` need not wait any more: its place is by when it was filed. Two statements.
    """
    at = _filed_at(view, item)
    if at is None:
        return None
    queue = _queue()
    order = (queue.c.at, queue.c.kind, queue.c.id)
    query = select(queue.c.kind, queue.c.id).where(_is_after(queue, item, at, forward=forward))
    query = query.order_by(*(order if forward else [one.desc() for one in order]))
    return _item(view.session.execute(query.limit(1)).one_or_none())


def place_of(view: View, item: Item) -> Place:
    """Return where `item` stands in the queue, or stood; two statements."""
    queue = _queue()
    at = _filed_at(view, item)
    is_before = false() if at is None else _is_after(queue, item, at, forward=False)
    is_it = and_(queue.c.kind == item.kind.value, queue.c.id == item.id)
    before, waits, total = view.session.execute(
        select(_how_many(is_before), _how_many(is_it), func.count()).select_from(queue)
    ).one()
    return Place(before + 1, total, bool(waits))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _is_after(queue: Any, item: Item, at: datetime, *, forward: bool) -> ColumnElement[bool]:
    columns = (queue.c.at, queue.c.kind, queue.c.id)
    own = (at, item.kind.value, item.id)
    return or_(
        *(
            and_(
                *(columns[n] == own[n] for n in range(place)),
                columns[place] > own[place] if forward else columns[place] < own[place],
            )
            for place in range(len(columns))
        )
    )


def _filed_at(view: View, item: Item) -> datetime | None:
    if item.kind is Kind.report:
        return view.session.scalar(select(Report.submitted_at).where(Report.id == item.id))
    if item.kind is Kind.document:
        return view.session.scalar(select(UnitDocument.filed_at).where(UnitDocument.id == item.id))
    return view.session.scalar(select(Submission.filed_at).where(Submission.id == item.id))


def _item(row: Any) -> Item | None:
    return None if row is None else Item(Kind(row[0]), row[1])


def _queue() -> Any:
    """Return everything that waits, as a table.

    Of filings and documents only the last version does; 本月无活动 and 情况说明 need nobody's word.
    """
    last = select(func.max(Submission.id)).group_by(
        Submission.obligation, Submission.period, Submission.unit_id
    )
    last_document = select(func.max(UnitDocument.id)).group_by(
        UnitDocument.slot, UnitDocument.unit_id
    )
    return union_all(
        select(
            literal(Kind.report.value).label("kind"),
            Report.id.label("id"),
            Report.version.label("version"),
            Report.unit_id.label("unit_id"),
            literal("").label("what"),
            Report.number.label("label"),
            Report.title.label("title"),
            Report.submitted_at.label("at"),
        ).where(Report.status == ReportStatus.submitted),
        select(
            literal(Kind.filing.value).label("kind"),
            Submission.id.label("id"),
            Submission.version.label("version"),
            Submission.unit_id.label("unit_id"),
            Submission.obligation.label("what"),
            Submission.obligation.label("label"),
            Submission.period.label("title"),
            Submission.filed_at.label("at"),
        ).where(Submission.state == FilingState.submitted, Submission.id.in_(last)),
        select(
            literal(Kind.document.value).label("kind"),
            UnitDocument.id.label("id"),
            UnitDocument.version.label("version"),
            UnitDocument.unit_id.label("unit_id"),
            UnitDocument.slot.label("what"),
            UnitDocument.slot.label("label"),
            literal("").label("title"),
            UnitDocument.filed_at.label("at"),
        ).where(UnitDocument.state == DocumentState.submitted, UnitDocument.id.in_(last_document)),
    ).subquery("waiting")
