"""Receiving updates and settling them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, select, update

from bot.db.insert import insert_missing_returning
from bot.db.work import View, Work
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.models import Early, InboxRow, InboxState

MOST_STARTS = 3
"""A row that was in progress at this many crashes is a dead letter."""

MOST_ATTEMPTS = 3
"""A row whose handling failed this many times is a dead letter."""


_INBOX = cast("Table", InboxRow.__table__)
_SETTLE = (
    update(_INBOX)
    .where(_INBOX.c.id == bindparam("row_id"), _INBOX.c.state == InboxState.pending)
    .values(state=InboxState.done, done_at=bindparam("now"), reason=None)
    .returning(_INBOX.c.early)
)
_START = (
    update(_INBOX)
    .where(_INBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(starts=_INBOX.c.starts + 1)
)
"""Made once: every update asks them."""


@dataclass(frozen=True)
class Received:
    """An update off the wire: its number, what orders it, and its ASCII-escaped JSON.

    `query_id` is what answers a pressed button; None for any other update.
    """

    update_id: int
    chat_key: int
    raw: str
    query_id: str | None = None


@dataclass(frozen=True)
class Waiting:
    """An update that waits to be handled; `starts` counts the handlings that began."""

    id: int
    chat_key: int
    raw: str
    starts: int


@dataclass(frozen=True)
class Settled:
    """A row that this transaction handles; `early` says how its press was answered before."""

    early: Early | None


def receive(work: Work, *, bot_id: int, updates: Sequence[Received]) -> list[Waiting]:
    """Keep `updates`; return those that are new, in the order of their numbers."""
    if not updates:
        return []
    rows = [
        {
            "bot_id": bot_id,
            "update_id": update.update_id,
            "chat_key": update.chat_key,
            "raw": update.raw,
            "state": InboxState.pending,
            "starts": 0,
            "attempts": 0,
            "received_at": work.now,
            "query_id": update.query_id,
            "kept_at": None if update.query_id is None else work.real_now,
        }
        for update in sorted(updates, key=lambda item: item.update_id)
    ]
    kept = insert_missing_returning(
        work.session,
        InboxRow,
        rows,
        key=("bot_id", "update_id"),
        returning=(InboxRow.id, InboxRow.update_id),
    )
    sent = {update.update_id: update for update in updates}
    return [
        Waiting(id=row_id, chat_key=sent[number].chat_key, raw=sent[number].raw, starts=0)
        for row_id, number in sorted(kept)
    ]


def waiting(view: View, *, after_id: int = 0, most: int = 1000) -> list[Waiting]:
    """Return updates that nobody has settled, oldest first."""
    rows = view.session.scalars(
        select(InboxRow)
        .where(InboxRow.state == InboxState.pending, InboxRow.id > after_id)
        .order_by(InboxRow.id)
        .limit(most)
    )
    return [_waiting(row) for row in rows]


def interrupted(view: View) -> list[Waiting]:
    """Return unsettled updates whose handling began, oldest first: in progress at a crash."""
    rows = view.session.scalars(
        select(InboxRow)
        .where(InboxRow.state == InboxState.pending, InboxRow.starts > 0)
        .order_by(InboxRow.id)
    )
    return [_waiting(row) for row in rows]


def waiting_ids(view: View) -> list[int]:
    """Return the ids of all updates that nobody has settled, oldest first."""
    pending = select(InboxRow.id).where(InboxRow.state == InboxState.pending)
    return list(view.session.scalars(pending.order_by(InboxRow.id)))


def among(view: View, ids: Sequence[int]) -> list[Waiting]:
    """Return those of the rows `ids` that nobody has settled, oldest first."""
    rows = view.session.scalars(
        select(InboxRow)
        .where(InboxRow.state == InboxState.pending, InboxRow.id.in_(ids))
        .order_by(InboxRow.id)
    )
    return [_waiting(row) for row in rows]


def mark_started(work: Work, ids: Sequence[int]) -> None:
    """Count a start for each of the rows `ids`, before their handling begins."""
    work.session.connection().execute(_START, {"ids": list(ids)})


def take(work: Work, row_id: int) -> InboxRow | None:
    """Return the row to settle in this transaction; None when it is settled already."""
    row = work.session.scalar(select(InboxRow).where(InboxRow.id == row_id).with_for_update())
    return row if row is not None and row.state is InboxState.pending else None


def settle_now(work: Work, row_id: int) -> Settled | None:
    """Mark the row handled, in the transaction that handles it; None when it is settled already.

    One statement is guard and mark: a second transaction for the row finds nothing to do.
    """
    settled = work.session.connection().execute(_SETTLE, {"row_id": row_id, "now": work.now})
    row = settled.first()
    return None if row is None else Settled(row.early)


def settle(work: Work, row: InboxRow, *, reason: str | None = None) -> None:
    """Mark `row` done; `reason` says why nothing came of it, None that it was handled."""
    row.state = InboxState.done
    row.done_at = work.now
    row.reason = reason


def blank(work: Work, row_id: int) -> None:
    """Keep of an update only that it came: nothing of what it said."""
    work.session.execute(
        update(InboxRow)
        .where(InboxRow.id == row_id)
        .values(raw="{}", query_id=None)
        .execution_options(synchronize_session=False)
    )


def count_failure(work: Work, row: InboxRow, *, incident: str) -> bool:
    """Count a failed attempt; True when it was the last one and `row` is a dead letter now."""
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        bury(work, row, reason=f"incident {incident}")
        return True
    return False


def bury(work: Work, row: InboxRow, *, reason: str) -> None:
    """Make `row` a dead letter and let the admin be told."""
    row.state = InboxState.dead
    row.done_at = work.now
    row.reason = reason
    work.tell(UpdateDied(row.id, reason))


def _waiting(row: InboxRow) -> Waiting:
    return Waiting(id=row.id, chat_key=row.chat_key, raw=row.raw, starts=row.starts)
