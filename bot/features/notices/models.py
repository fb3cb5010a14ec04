"""The tables of notices."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class NoticeState(StrEnum):
    """How far a notice has come."""

    expanding = "expanding"
    sending = "sending"
    sent = "sent"
    stopped = "stopped"


class Notice(Base):
    """A notice that was confirmed.

    `audience` is what was chosen, `total` how many people that was when it was frozen. `cursor`
    is the last recipient whose message is in the outbox. `shown` is how many messages the
    progress message last told of.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(AsciiJson)
    audience: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    state: Mapped[NoticeState] = mapped_column(Choice(NoticeState))
    total: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_notice_state", "state"),)


class NoticeRecipient(Base):
    """One person of a notice's frozen audience."""

    __tablename__ = "notice_recipient"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
