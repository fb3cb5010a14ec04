"""Replies that were sent long ago are forgotten; who was told what by the office is kept."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from bot.db.work import View, Work
from bot.features.outbox.models import Lane, OutboxRow, State

_PURGED_AT_ONCE = 500


def has_old_replies(view: View, before: datetime) -> bool:
    """Tell whether the oldest reply that was sent was written before `before`."""
    oldest = view.session.scalar(
        select(OutboxRow.created_at).where(*_sent_replies()).order_by(OutboxRow.id).limit(1)
    )
    return oldest is not None and oldest < before


def purge_replies(work: Work, before: datetime) -> int:
    """Delete some of the oldest replies that were written before `before`; return how many.

    A slice at a time: call again, in a transaction of its own, until it returns 0.
    """
    oldest = work.session.execute(
        select(OutboxRow.id, OutboxRow.created_at)
        .where(*_sent_replies())
        .order_by(OutboxRow.id)
        .limit(_PURGED_AT_ONCE)
    )
    ids = [row_id for row_id, created_at in oldest if created_at < before]
    if ids:
        # Changes of these messages were made as long ago; nothing else points to a reply.
        work.session.execute(
            update(OutboxRow).where(OutboxRow.target_id.in_(ids)).values(target_id=None)
        )
        work.session.execute(delete(OutboxRow).where(OutboxRow.id.in_(ids)))
    return len(ids)


def _sent_replies() -> tuple[ColumnElement[bool], ...]:
    """Return what the index of due rows finds in the order of ids."""
    return (
        OutboxRow.state == State.sent,
        OutboxRow.not_before.is_(None),
        OutboxRow.lane == int(Lane.interactive),
    )
