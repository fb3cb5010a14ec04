"""What can be asked about notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.db.work import View
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.queries import topic_counts
from bot.features.people.models import Person

_OPEN = (NoticeState.expanding, NoticeState.sending)


@dataclass(frozen=True)
class Delivery:
    """How many messages of a notice (people) are where.

    `waiting` have not gone out yet, `unknown` were sent without an answer.
    """

    total: int
    sent: int
    blocked: int
    failed: int
    unknown: int
    cancelled: int

    @property
    def settled(self) -> int:
        """How many messages need nothing more."""
        return self.sent + self.blocked + self.failed + self.unknown + self.cancelled

    @property
    def waiting(self) -> int:
        """How many messages are still to go."""
        return max(0, self.total - self.settled)


def open_notices(view: View) -> list[tuple[int, NoticeState]]:
    """Return the notices that are going out, oldest first, with their states."""
    found = view.session.execute(
        select(Notice.id, Notice.state).where(Notice.state.in_(_OPEN)).order_by(Notice.id)
    )
    return [(number, state) for number, state in found]


def delivery(view: View, notice: Notice) -> Delivery:
    """Return where the messages of `notice` are."""
    counts = topic_counts(view, topic_of(notice.id))
    return Delivery(
        total=notice.total,
        sent=counts.get(State.sent, 0),
        blocked=counts.get(State.blocked, 0),
        failed=counts.get(State.failed, 0),
        unknown=counts.get(State.unknown, 0),
        cancelled=counts.get(State.cancelled, 0),
    )


def recent_notices(view: View, *, most: int, skip: int = 0) -> list[Notice]:
    """Return notices, the newest first."""
    found = view.session.scalars(select(Notice).order_by(Notice.id.desc()).limit(most).offset(skip))
    return list(found)


def count_notices(view: View) -> int:
    """Return how many notices were ever confirmed."""
    return view.session.scalar(select(func.count()).select_from(Notice)) or 0


def not_reached(view: View, notice_id: int, *, most: int) -> Sequence[tuple[str, State]]:
    """Return the names of people whom the notice did not reach, with what became of it."""
    found = view.session.execute(
        select(Person.name, OutboxRow.state)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(
            OutboxRow.topic == topic_of(notice_id),
            OutboxRow.kind == Kind.send,
            OutboxRow.state.in_([State.blocked, State.failed, State.unknown]),
        )
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return [(name, state) for name, state in found]


def written_by(view: View, person_id: int) -> list[tuple[datetime, int, str]]:
    """Return the notices of an author, the oldest first: when, which number, and the text."""
    found = view.session.execute(
        select(Notice.created_at, Notice.id, Notice.text)
        .where(Notice.author_id == person_id)
        .order_by(Notice.id)
    )
    return [(at, number, text) for at, number, text in found]
