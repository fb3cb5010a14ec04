"""Which rows may be sent now (design, section 4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, Protocol

from sqlalchemy import Row

from bot.db.work import View, Work
from bot.features.outbox import statements
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.record import fail
from bot.features.outbox.statements import SUPERSEDED
from bot.features.outbox.target import Missing, Target, find_target, is_superseded

_MOST_PAGES = 8


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
    """A row that is ours to send until the lease ends.

    `target` is None for what is new; `replaces` says that it is new because the message that it
    was to change is not there.
    """

    id: int
    chat_id: int
    kind: Kind
    lane: int
    payload: Payload
    once: bool
    attempts: int
    target: Target | None = None
    replaces: bool = False

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
    retry or quiet time waits holds back the later ones of its chat and lane, and no others. What
    `release_due` has not released is not seen.
    """
    taken: list[Claimed] = []
    asked: set[int] = set()
    stopped_by = None
    for _ in range(_MOST_PAGES):
        page = _page(work, selection, asked, lanes)
        stopped_by = _take_from(work, page, selection, taken, asked)
        if stopped_by is not None or len(page) < statements.PAGE:
            break
    if taken:
        work.session.flush()
        lease = {
            "ids": [row.id for row in taken],
            "owner": owner,
            "until": lease_until,
        }
        work.session.connection().execute(statements.lease(), lease)
    return Turn(taken, stopped_by, _next_retry(work))


def release_due(work: Work) -> None:
    """Clear `not_before` where it has come, some 500 rows at a time, so that `claim` sees them."""
    work.session.connection().execute(statements.release(), {"now": work.now})


def has_due(view: View, *, lanes: Collection[Lane]) -> bool:
    """Tell whether a row of `lanes` could go if it were not for the limits."""
    asked = {"real_now": view.real_now, "lanes": [int(lane) for lane in lanes]}
    return view.session.connection().execute(statements.any_due(), asked).first() is not None


def _page(
    work: Work, selection: Selection, asked: set[int], lanes: Collection[Lane]
) -> Sequence[Row[Any]]:
    limits = {
        "real_now": work.real_now,
        "lanes": [int(lane) for lane in lanes],
        "closed": [*selection.closed(), *asked],
        "slow": [*selection.slow()],
    }
    return work.session.connection().execute(statements.ready(), limits).all()


def _take_from(
    work: Work,
    page: Sequence[Row[Any]],
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


def _resolved(work: Work, row: Row[Any]) -> Claimed | None:
    """Return `row` with what it targets; None when nothing is left to send."""
    kind, target = row.kind, None
    if kind in {Kind.edit, Kind.delete}:
        found = _target(work, row)
        if found is None:
            return None
        if isinstance(found, Target):
            target = found
        else:
            kind = Kind.send
    try:
        payload = Payload.of(row.payload)
    except (KeyError, TypeError) as error:
        fail(work, work.session.get_one(OutboxRow, row.id), f"unreadable payload: {error!r}")
        return None
    return Claimed(
        id=row.id,
        chat_id=row.chat_id,
        kind=kind,
        lane=row.lane,
        payload=payload,
        once=row.once,
        attempts=row.attempts,
        target=target,
        replaces=kind is Kind.send
        and (row.target_id is not None or row.target_message_id is not None),
    )


def _target(work: Work, row: Row[Any]) -> Target | Missing | None:
    """Return what an edit or deletion means; None when it has become pointless."""
    found = find_target(work, row)
    if found is Missing.drop:
        _cancel(work, row.id, "nothing to change")
        return None
    if found is Missing.send_anew:
        work.session.get_one(OutboxRow, row.id).kind = Kind.send
    elif row.kind is Kind.edit and is_superseded(work, row, found):
        _cancel(work, row.id, SUPERSEDED)
        return None
    return found


def _cancel(work: Work, row_id: int, reason: str) -> None:
    row = work.session.get_one(OutboxRow, row_id)
    row.state = State.cancelled
    row.error = reason


def _next_retry(view: View) -> datetime | None:
    found = view.session.connection().execute(statements.next_retry(), {"real_now": view.real_now})
    moment: datetime | None = found.scalar_one()
    return moment
