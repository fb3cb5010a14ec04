"""The tables of receipts, and of what people write back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, UtcDateTime


class Receipt(Base):
    """That a recipient of a notice pressed 收到; `late` ones came after the collection closed."""

    __tablename__ = "notice_receipt"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(default=False)


class ReceiptClosing(Base):
    """That the receipts of a notice are not collected any more."""

    __tablename__ = "receipt_closing"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    closed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReceiptChase(Base):
    """One round in which those who had not confirmed a notice were asked again.

    `number` counts the rounds of a notice from 1. `by_id` is who pressed, None for the clock.
    `cursor` is the last recipient who was dealt with, `asked` how many were written to so far;
    until `finished_at` there may be more.
    """

    __tablename__ = "receipt_chase"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    cursor: Mapped[int] = mapped_column(default=0)
    asked: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_receipt_chase_number", "notice_id", "number", unique=True),
        Index("ix_receipt_chase_finished", "finished_at"),
    )


class NoticeReply(Base):
    """What a recipient wrote back to a notice, or what the office answered.

    `person_id` is the recipient whose conversation it is and `author_id` who wrote it. `answers_id`
    is the reply that an answer of the office answers, None for what a recipient wrote. `files` are
    attachments as the outbox keeps them; the photos of one album (`album_id`) are one reply.
    """

    __tablename__ = "notice_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("notice_reply.id"))
    text: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(AsciiJson)
    album_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_notice_reply_notice", "notice_id", "id"),
        Index("ix_notice_reply_person", "person_id"),
        Index("ix_notice_reply_answers", "answers_id"),
    )
