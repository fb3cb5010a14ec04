"""Confirming a notice, and closing the collection (BUL-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.core.errors import NotFound
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.models import Notice, NoticeRecipient
from bot.features.notices.service import access_notice, topic_of
from bot.features.outbox.service import cancel_topic
from bot.features.people.actor import Actor
from bot.features.receipts.errors import CollectionClosed, NoReceiptWanted
from bot.features.receipts.models import Receipt, ReceiptClosing
from bot.features.receipts.standing import closed_at, wants_receipt


@dataclass(frozen=True)
class Confirmed:
    """When somebody confirmed; `late` after the close, `again` where they had done so before."""

    at: datetime
    late: bool
    again: bool
    closed_at: datetime | None


def confirm(work: Work, *, actor: Actor, notice_id: int) -> Confirmed:
    """Note that `actor` received a notice; what waits to ask them again is not sent.

    Raises NotFound for who is none of its recipients, and NoReceiptWanted.
    """
    notice = work.session.scalar(
        # Shared: many confirm at once, but not while the collection is closed or chased.
        select(Notice).where(Notice.id == notice_id).with_for_update(read=True)
    )
    if notice is None or not _is_recipient(work, notice_id, actor.person_id):
        raise NotFound
    if not wants_receipt(notice):
        raise NoReceiptWanted
    closed = closed_at(work, notice_id)
    row = {
        "notice_id": notice_id,
        "person_id": actor.person_id,
        "at": work.now,
        "late": closed is not None,
    }
    first = insert_missing(work.session, Receipt, [row], key=("notice_id", "person_id")) == 1
    if first:
        cancel_topic(work, chase_topic(notice_id), person_id=actor.person_id)
    kept = work.session.get_one(Receipt, (notice_id, actor.person_id), populate_existing=True)
    return Confirmed(at=kept.at, late=kept.late, again=not first, closed_at=closed)


def close(work: Work, *, actor: Actor, notice_id: int) -> None:
    """Close the collection; nobody is asked again.

    Raises NotAllowed, NotFound, NoReceiptWanted or CollectionClosed.
    """
    access_collection(work, actor=actor, notice_id=notice_id)
    work.session.add(ReceiptClosing(notice_id=notice_id, closed_by=actor.person_id, at=work.now))
    cancel_topic(work, chase_topic(notice_id))
    record(work, "notice.receipts_closed", topic_of(notice_id), actor_id=actor.person_id)


def access_collection(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Return a notice whose receipts are collected, for this transaction alone.

    Raises NotAllowed, NotFound, NoReceiptWanted or CollectionClosed.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    if not wants_receipt(notice):
        raise NoReceiptWanted
    closed = closed_at(work, notice_id)
    if closed is not None:
        raise CollectionClosed(at=closed)
    return notice


def chase_topic(notice_id: int) -> str:
    """Return the topic of the messages that ask again for the receipt of a notice."""
    return f"chase:{notice_id}"


def _is_recipient(view: View, notice_id: int, person_id: int) -> bool:
    recipient = view.session.get(NoticeRecipient, (notice_id, person_id))
    return recipient is not None and recipient.dropped is None
