"""The inbox as a queue that a person can look into and repair, and what clears it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.db.work import View, Work
from bot.features.inbox.models import InboxRow, InboxState

_PURGED_AT_ONCE = 500


@dataclass(frozen=True)
class DeadLetter:
    """An update that could not be handled, without its words."""

    id: int
    update_id: int
    chat_key: int
    starts: int
    attempts: int
    reason: str | None
    received_at: datetime


def list_dead(view: View, *, after_id: int = 0, most: int = 100) -> list[DeadLetter]:
    """Return dead letters, oldest first."""
    rows = view.session.scalars(
        select(InboxRow)
        .where(InboxRow.state == InboxState.dead, InboxRow.id > after_id)
        .order_by(InboxRow.id)
        .limit(most)
    )
    return [
        DeadLetter(
            id=row.id,
            update_id=row.update_id,
            chat_key=row.chat_key,
            starts=row.starts,
            attempts=row.attempts,
            reason=row.reason,
            received_at=row.received_at,
        )
        for row in rows
    ]


def requeue_dead(work: Work, ids: Collection[int]) -> int:
    """Let the dead letters among `ids` be handled again; return how many there were.

    A running bot finds them by itself within seconds.
    """
    found = work.session.execute(
        update(InboxRow)
        .where(InboxRow.id.in_(ids), InboxRow.state == InboxState.dead)
        .values(
            state=InboxState.pending,
            starts=0,
            attempts=0,
            done_at=None,
            reason=None,
            lease_owner=None,
            lease_until=None,
        )
        .returning(InboxRow.id)
    )
    return len(found.all())


def has_done(view: View, before: datetime) -> bool:
    """Tell whether the oldest update that was handled was done before `before`."""
    oldest = view.session.scalar(
        select(InboxRow.done_at)
        .where(InboxRow.state == InboxState.done)
        .order_by(InboxRow.id)
        .limit(1)
    )
    return oldest is not None and oldest < before


def purge_done(work: Work, before: datetime) -> int:
    """Delete some of the oldest updates that were done before `before`; return how many.

    A slice at a time: call again, in a transaction of its own, until it returns 0.
    """
    oldest = (
        select(InboxRow.id, InboxRow.done_at)
        .where(InboxRow.state == InboxState.done)
        .order_by(InboxRow.id)
        .limit(_PURGED_AT_ONCE)
        .subquery()
    )
    purged = work.session.execute(
        delete(InboxRow)
        .where(InboxRow.id.in_(select(oldest.c.id).where(oldest.c.done_at < before)))
        .returning(InboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(purged.all())
