"""Which rows may be sent now (design, section 4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.db.work import View, Work
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.record import fail
from bot.features.outbox.service import SUPERSEDED
from bot.features.outbox.target import Missing, Target, find_target, is_superseded

_PAGE = 32
_MOST_PAGES = 8
_MOST_RELEASED = 500


class Verdict(Enum):
    """What the limits say to a row."""

    taken = auto()
    chat_must_wait = auto()
    all_must_wait = auto()
    an_answer_must_come = auto()


class Selection(Protocol):
    """The limits as they stand, asked row by row in the order in which rows should go."""

    def closed(self) -> Collection[int]:
        """Return the chats that may get nothing now."""
        ...

    def slow(self) -> Collection[int]:
        """Return the chats that may get only what is interactive now."""
        ...

    def offer(self, *, chat_id: int, lane: int, cost: int) -> Verdict:
        """Take the next row, or say who has to wait."""
        ...


@dataclass(frozen=True)
class Claimed:
    """A row that is ours to send until the lease ends; `target` is None for what is new."""

    id: int
    chat_id: int
    kind: Kind
    lane: int
    payload: Payload
    once: bool
    attempts: int
    target: Target | None

    @property
    def cost(self) -> int:
        """How many messages this counts as: an album counts its items."""
        return max(1, len(self.payload.files))


@dataclass(frozen=True)
class Turn:
    """Rows to send now.

    `stopped_by` says what held back the first row that would have gone, None when all went;
    `retry_at` (real time) is when the next waiting retry falls due, None without one.
    """

    rows: Sequence[Claimed]
    stopped_by: Verdict | None
    retry_at: datetime | None


def claim(
    work: Work,
    *,
    owner: str,
    lease_until: datetime,
    selection: Selection,
    lanes: Collection[Lane] = tuple(Lane),
) -> Turn:
    """Lease to `owner` the rows of `lanes` that may go now, as many as `selection` takes.

    Lowest lane first, in the order of ids inside a chat and lane, one for each chat. A row whose
    retry or quiet time waits holds back the later ones of its chat and lane, and no others.
    """
    _release_due(work)
    taken: list[Claimed] = []
    asked: set[int] = set()
    stopped_by = None
    for _ in range(_MOST_PAGES):
        page = list(work.session.scalars(_ready(work, selection, asked, lanes)))
        stopped_by = _take_from(work, page, selection, taken, asked)
        if stopped_by is not None or len(page) < _PAGE:
            break
    if taken:
        work.session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_([row.id for row in taken]))
            .values(state=State.sending, lease_owner=owner, lease_until=lease_until)
        )
    return Turn(taken, stopped_by, _next_retry(work))


def _take_from(
    work: Work,
    page: Sequence[OutboxRow],
    selection: Selection,
    taken: list[Claimed],
    asked: set[int],
) -> Verdict | None:
    for row in page:
        if row.chat_id in asked:
            continue
        claimed = _resolved(work, row)
        if claimed is None:
            continue
        verdict = selection.offer(chat_id=row.chat_id, lane=row.lane, cost=claimed.cost)
        if verdict in {Verdict.all_must_wait, Verdict.an_answer_must_come}:
            return verdict
        asked.add(row.chat_id)
        if verdict is Verdict.taken:
            taken.append(claimed)
    return None


def _release_due(work: Work) -> None:
    """Clear `not_before` where it has come, a slice at a time: the rest reads only the due."""
    due = (
        select(OutboxRow.id)
        .where(OutboxRow.state == State.pending, OutboxRow.not_before <= work.now)
        .order_by(OutboxRow.lane, OutboxRow.id)
        .limit(_MOST_RELEASED)
    )
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(due.scalar_subquery()))
        .values(not_before=None)
        .execution_options(synchronize_session=False)
    )


def _ready(
    work: Work, selection: Selection, asked: set[int], lanes: Collection[Lane]
) -> Select[OutboxRow]:
    row, other, target = OutboxRow, aliased(OutboxRow), aliased(OutboxRow)
    same_chat = other.chat_id == row.chat_id
    held = exists().where(
        same_chat,
        other.state == State.pending,
        other.lane == row.lane,
        other.id < row.id,
        other.retry_at > work.real_now,
    )
    busy = exists().where(same_chat, other.state == State.sending)
    target_waits = exists().where(
        target.id == row.target_id, target.state.in_([State.pending, State.sending])
    )
    return (
        select(row)
        .where(
            row.state == State.pending,
            row.not_before.is_(None),
            row.lane.in_([int(lane) for lane in lanes]),
            or_(row.retry_at.is_(None), row.retry_at <= work.real_now),
            row.chat_id.not_in([*selection.closed(), *asked]),
            or_(row.lane == Lane.interactive, row.chat_id.not_in(selection.slow())),
            ~held,
            ~busy,
            or_(row.target_id.is_(None), ~target_waits),
        )
        .order_by(row.lane, row.id)
        .limit(_PAGE)
        .with_for_update(skip_locked=True, of=row)
    )


def _resolved(work: Work, row: OutboxRow) -> Claimed | None:
    """Return `row` with what it targets; None when nothing is left to send."""
    target = None
    if row.kind in {Kind.edit, Kind.delete}:
        found = find_target(work, row)
        if found is Missing.drop:
            _cancel(row, "nothing to change")
            return None
        if isinstance(found, Target):
            target = found
            if row.kind is Kind.edit and is_superseded(work, row, found):
                _cancel(row, SUPERSEDED)
                return None
        else:
            row.kind = Kind.send
    try:
        payload = Payload.of(row.payload)
    except (KeyError, TypeError) as error:
        fail(work, row, f"unreadable payload: {error!r}")
        return None
    return Claimed(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        lane=row.lane,
        payload=payload,
        once=row.once,
        attempts=row.attempts,
        target=target,
    )


def _cancel(row: OutboxRow, reason: str) -> None:
    row.state = State.cancelled
    row.error = reason


def _next_retry(view: View) -> datetime | None:
    return view.session.scalar(
        select(func.min(OutboxRow.retry_at)).where(
            OutboxRow.state == State.pending, OutboxRow.retry_at > view.real_now
        )
    )


def has_due(view: View, *, lanes: Collection[Lane]) -> bool:
    """Tell whether a row of `lanes` could go if it were not for the limits."""
    due = select(OutboxRow.id).where(
        OutboxRow.state == State.pending,
        OutboxRow.not_before.is_(None),
        OutboxRow.lane.in_([int(lane) for lane in lanes]),
        or_(OutboxRow.retry_at.is_(None), OutboxRow.retry_at <= view.real_now),
    )
    return view.session.scalar(due.limit(1)) is not None
