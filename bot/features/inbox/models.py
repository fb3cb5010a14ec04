"""The inbox's table."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class InboxState(StrEnum):
    """How far an update has come."""

    pending = "pending"
    done = "done"
    dead = "dead"


class Early(StrEnum):
    """How far the early answer to a pressed button has come.

    `claimed` by one process, which may have died before it sent it; `answered` for good: nothing
    can be shown over the chat any more.
    """

    claimed = "claimed"
    answered = "answered"


class InboxRow(Base):
    """One update as Telegram sent it.

    `raw` is ASCII-escaped JSON. `chat_key` orders: updates of one key are handled one after the
    other. `attempts` counts handlings that failed, `starts` those that began; three of either
    make a dead letter. `reason` says why nothing came of it (`ignored`) or what went wrong, by an
    incident id, never with the message's text. Where several processes handle updates, the one at
    `lease_owner` has the row until `lease_until` (real time). `query_id` is what answers a pressed
    button; None for anything else. `kept_at` is when the press was kept (real time), `early` how it
    was answered before it was handled; None while it was not.
    """

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat_key: Mapped[int] = mapped_column(BigInteger)
    raw: Mapped[str] = mapped_column(Text)
    state: Mapped[InboxState] = mapped_column(Choice(InboxState), default=InboxState.pending)
    starts: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    query_id: Mapped[str | None] = mapped_column(String(64))
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    early: Mapped[Early | None] = mapped_column(Choice(Early))

    __table_args__ = (
        Index("uq_inbox_update", "bot_id", "update_id", unique=True),
        Index("ix_inbox_state", "state", "id"),
        Index("ix_inbox_chat", "chat_key", "state", "id"),
    )


class Duty(Base):
    """What only one process at a time does (`poll`), and who does it until when (real time)."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    owner: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
