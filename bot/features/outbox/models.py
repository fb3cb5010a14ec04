"""The outbox's table."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class Lane(IntEnum):
    """Which messages go first; a row of a higher lane waits for all of a lower one."""

    interactive = 0
    alarm = 1
    reminder = 2
    digest = 3
    bulk = 4


class Kind(StrEnum):
    """What the row asks of Telegram.

    `files` are sent ahead of the row with the words, where one message cannot carry both.
    """

    send = "send"
    files = "files"
    edit = "edit"
    delete = "delete"


class State(StrEnum):
    """How far the row has come; `held` ones wait for a file that is to be made, or for a person."""

    held = "held"
    pending = "pending"
    sending = "sending"
    sent = "sent"
    blocked = "blocked"
    failed = "failed"
    cancelled = "cancelled"
    unknown = "unknown"


class SendPace(Base):
    """What several processes have sent together, and what holds them all: one row, id 1.

    `state` is for `bot.transport.limits`; `at` is when it held, in seconds of the database's clock.
    """

    __tablename__ = "send_pace"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[float] = mapped_column(Double)
    state: Mapped[dict[str, Any]] = mapped_column(AsciiJson)


class OutboxRow(Base):
    """One message to one chat, or one change of a message.

    `not_before` is campaign time (quiet hours, schedules) and is cleared once it has come;
    `retry_at` and `lease_until` are real time. `once` rows are shown to a person instead of
    repeated when their outcome is unknown.
    `target_id` names the row whose message an edit or delete means; `target_message_id` a message
    directly. `context` says what an answer to the message answers (`obligation:O2:kexie:2024-06`).
    `topic` groups rows that are counted together (`notice:12`). `album` are the numbers of all
    messages of an album, of which `message_id` is the first; None for any other.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    chat_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[Kind] = mapped_column(Choice(Kind), default=Kind.send)
    lane: Mapped[int] = mapped_column(Integer)
    state: Mapped[State] = mapped_column(Choice(State), default=State.pending)
    payload: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    target_message_id: Mapped[int | None] = mapped_column(BigInteger)
    context: Mapped[str | None] = mapped_column(String(120))
    topic: Mapped[str | None] = mapped_column(String(60))
    once: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    album: Mapped[list[int] | None] = mapped_column(AsciiJson)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        Index("ix_outbox_due", "state", "not_before", "lane", "id"),
        Index("ix_outbox_retry", "state", "retry_at"),
        Index("ix_outbox_chat", "chat_id", "state", "lane", "id"),
        Index("ix_outbox_message", "chat_id", "message_id"),
        Index("ix_outbox_topic", "topic", "state"),
        Index("ix_outbox_target", "target_id"),
        Index("ix_outbox_created", "created_at"),
    )
