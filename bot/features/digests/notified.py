"""What became of the notices of a week, and who has not answered (BUL-02, BUL-03)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import String, cast, func, literal, select

from bot.db.work import View
from bot.features.digests.weeks import Week
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, OutboxRow, State

_LOST = (State.failed, State.unknown)
_TOPIC = topic_of(0).removesuffix("0")

UnreadCounter = Callable[[View], int]
_counters: list[UnreadCounter] = []


@dataclass(frozen=True)
class Notified:
    """How many notices of a week there were, and how many people each state has.

    `unread` is how many answers notices still wait for.
    """

    notices: int
    sent: int
    blocked: int
    failed: int
    unread: int


def counts_unread(counter: UnreadCounter) -> UnreadCounter:
    """Let `counter` say how many people have not confirmed a notice that asks for it.

    The feature that keeps receipts registers it; one statement, please.
    """
    _counters.append(counter)
    return counter


def notified(view: View, week: Week) -> Notified:
    """Return what became of the notices that were confirmed in `week`; two statements."""
    confirmed = (Notice.created_at >= week.since, Notice.created_at < week.until)
    topics = select(literal(_TOPIC).concat(cast(Notice.id, String))).where(*confirmed)
    found = view.session.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.topic.in_(topics), OutboxRow.kind == Kind.send)
        .group_by(OutboxRow.state)
    )
    counts = dict(found.all())
    number = select(func.count()).select_from(Notice).where(*confirmed)
    return Notified(
        notices=view.session.scalar(number) or 0,
        sent=counts.get(State.sent, 0),
        blocked=counts.get(State.blocked, 0),
        failed=sum(counts.get(state, 0) for state in _LOST),
        unread=sum(counter(view) for counter in _counters),
    )
