"""Reminders that still wait for Telegram when their deadline passes are not sent (TIME-17).

A reminder's topic says until when it makes sense, so it is found again without a table of its own.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.db.work import View, Work
from bot.features.deadlines.ladder import DEADLINE_PASSED
from bot.features.outbox.models import Lane, OutboxRow, State

_PREFIX = "reminder until "


def topic_until(ends: Iterable[datetime]) -> str | None:
    """Return the topic of a reminder of what ends at `ends`; None: it never gets too late."""
    first = min(ends, default=None)
    return None if first is None else _topic(first)


def expired_topics(view: View) -> list[str]:
    """Return the topics of reminders that wait although their deadline has passed."""
    found = view.session.scalars(
        select(OutboxRow.topic)
        .where(OutboxRow.topic.between(_PREFIX, _topic(view.now)), OutboxRow.state == State.pending)
        .distinct()
    )
    return [topic for topic in found if topic is not None]


def cancel_expired(work: Work, topic: str) -> int:
    """Cancel what still waits of a topic; return how many messages."""
    cancelled = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.topic == topic, OutboxRow.state == State.pending)
        .values(state=State.cancelled, error=DEADLINE_PASSED)
        .returning(OutboxRow.id)
    )
    return len(cancelled.all())


def cancel_waiting(work: Work, contexts: Collection[str], reason: str) -> None:
    """Cancel the reminders of only the things that `contexts` name and that wait for Telegram."""
    work.session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.context.in_(contexts),
            OutboxRow.lane == int(Lane.reminder),
            OutboxRow.state == State.pending,
        )
        .values(state=State.cancelled, error=reason)
        .execution_options(synchronize_session=False)
    )


def cancel_waiting_for(work: Work, obligation_id: str, reason: str) -> None:
    """Cancel the reminders of only this obligation, of whichever unit and period, that wait."""
    work.session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.context.startswith(f"obligation:{obligation_id}:", autoescape=True),
            OutboxRow.lane == int(Lane.reminder),
            OutboxRow.state == State.pending,
        )
        .values(state=State.cancelled, error=reason)
        .execution_options(synchronize_session=False)
    )


def context_of(obligation: str, slug: str, period: str) -> str:
    """Return what a reply to a reminder of one thing answers: obligation:O2:kexie:2024-06."""
    return f"obligation:{obligation}:{slug}:{period}"


def _topic(moment: datetime) -> str:
    return f"{_PREFIX}{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
