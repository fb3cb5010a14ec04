"""What became of the notices of a week, and who has not answered (BUL-02, BUL-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import String, and_, cast, func, literal, select

from bot.db.work import View
from bot.features.digests.weeks import Week
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.receipts.models import Receipt, ReceiptClosing

_LOST = (State.failed, State.unknown)
_TOPIC = topic_of(0).removesuffix("0")
_COLLECTING = (NoticeState.sending, NoticeState.sent, NoticeState.paused)


@dataclass(frozen=True)
class Unread:
    """How many `people` have not confirmed a notice that wants it."""

    notice_id: int
    people: int


@dataclass(frozen=True)
class Notified:
    """How many notices of a week there were, and how many people each state has.

    `unread` are the notices whose confirmations (收到) are still waited for, the newest first, of
    whichever week.
    """

    notices: int
    sent: int
    blocked: int
    failed: int
    unread: Sequence[Unread]


def notified(view: View, week: Week) -> Notified:
    """Return what became of the notices that were confirmed in `week`; three statements."""
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
        unread=_unread(view),
    )


def _unread(view: View) -> list[Unread]:
    """Return the notices that recipients have not confirmed while that is still asked for."""
    found = view.session.execute(
        select(Notice.id, func.count())
        .select_from(NoticeRecipient)
        .join(Notice, Notice.id == NoticeRecipient.notice_id)
        .outerjoin(
            Receipt,
            and_(
                Receipt.notice_id == NoticeRecipient.notice_id,
                Receipt.person_id == NoticeRecipient.person_id,
            ),
        )
        .where(
            Notice.wants_receipt.is_(True),
            Notice.state.in_(_COLLECTING),
            Notice.id.not_in(select(ReceiptClosing.notice_id)),
            Receipt.person_id.is_(None),
        )
        .group_by(Notice.id)
        .order_by(Notice.id.desc())
    )
    return [Unread(number, people) for number, people in found]
