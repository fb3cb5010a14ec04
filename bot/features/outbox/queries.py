"""Looking into the outbox."""

from collections.abc import Collection

from sqlalchemy import func, select

from bot.db.work import View
from bot.features.outbox.models import Kind, OutboxRow, State


def find_message(view: View, *, chat_id: int, message_id: int) -> OutboxRow | None:
    """Return the row that sent Telegram's message `message_id`; None when it is none of ours."""
    return view.session.scalar(
        select(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.message_id == message_id,
            OutboxRow.kind.in_([Kind.send, Kind.files]),
        )
        .limit(1)
    )


def topic_counts(view: View, topic: str) -> dict[State, int]:
    """Return how many messages of `topic` are in each state; states without any are left out."""
    found = view.session.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.topic == topic, OutboxRow.kind == Kind.send)
        .group_by(OutboxRow.state)
    )
    return dict(found.all())


def find_by_key(view: View, dedupe_key: str) -> OutboxRow | None:
    """Return the row under `dedupe_key`; None when there is none."""
    return view.session.scalar(select(OutboxRow).where(OutboxRow.dedupe_key == dedupe_key))


def latest_of_topic(view: View, topic: str, states: Collection[State]) -> int:
    """Return the number of the last row of `topic` that is in one of `states`; 0 for none."""
    found = view.session.scalar(
        select(func.max(OutboxRow.id)).where(
            OutboxRow.topic == topic, OutboxRow.state.in_(sorted(states))
        )
    )
    return found or 0
