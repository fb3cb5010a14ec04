"""The outbox as a queue that a person can look into and repair."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow, State

_GIVEN_UP = (State.failed, State.unknown)


@dataclass(frozen=True)
class GivenUp:
    """A row that was given up: failed, or of unknown outcome and not to go twice."""

    id: int
    chat_id: int
    lane: int
    state: State
    topic: str | None
    attempts: int
    error: str | None
    created_at: datetime


def list_failed(view: View, *, after_id: int = 0, most: int = 100) -> list[GivenUp]:
    """Return rows that were given up, oldest first, without their words."""
    rows = view.session.scalars(
        select(OutboxRow)
        .where(OutboxRow.state.in_(_GIVEN_UP), OutboxRow.id > after_id)
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return [
        GivenUp(
            id=row.id,
            chat_id=row.chat_id,
            lane=row.lane,
            state=row.state,
            topic=row.topic,
            attempts=row.attempts,
            error=row.error,
            created_at=row.created_at,
        )
        for row in rows
    ]


def requeue(work: Work, ids: Collection[int]) -> int:
    """Let the given-up rows among `ids` be sent again from the first attempt; return how many."""
    found = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.state.in_(_GIVEN_UP))
        .values(state=State.pending, attempts=0, retry_at=None, error=None)
        .returning(OutboxRow.id)
    )
    return len(found.all())


def repeat_unknown(work: Work, topic: str) -> int:
    """Let the rows of `topic` whose outcome is unknown be sent again; return how many messages."""
    found = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.topic == topic, OutboxRow.state == State.unknown)
        .values(state=State.pending, attempts=0, retry_at=None, error=None)
        .returning(OutboxRow.id)
    )
    return len(found.all())


def take_back(work: Work, *, all_of_them: bool = False) -> int:
    """Free rows whose sender is gone; return how many.

    Their outcome is unknown: they are sent again, but `once` rows wait for a person. Those are
    rows whose lease ended, or `all_of_them` at the start of the one process that sends.
    """
    gone = [OutboxRow.state == State.sending]
    if not all_of_them:
        gone.append(OutboxRow.lease_until <= work.real_now)
    freed = 0
    for once, state in ((True, State.unknown), (False, State.pending)):
        rows = work.session.execute(
            update(OutboxRow)
            .where(*gone, OutboxRow.once.is_(once))
            .values(state=state, lease_owner=None, lease_until=None, error="in flight at a crash")
            .returning(OutboxRow.id)
        )
        freed += len(rows.all())
    return freed


def give_back(work: Work, *, owner: str, known: Collection[int]) -> int:
    """Free rows that `owner` has without knowing it, none of the `known`; return how many.

    They were claimed by a commit whose answer got lost, and never sent: they go, `once` or not.
    """
    rows = work.session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.state == State.sending,
            OutboxRow.lease_owner == owner,
            OutboxRow.id.not_in(known),
        )
        .values(state=State.pending, lease_owner=None, lease_until=None)
        .returning(OutboxRow.id)
    )
    return len(rows.all())
