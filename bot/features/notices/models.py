"""The tables of notices."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class NoticeState(StrEnum):
    """How far a notice has come.

    An `awaiting` one needs the word of a second person, a `scheduled` one its time. A `paused` one
    keeps back what has not gone yet; a `stopped` one was ended on its way, a `cancelled` one
    before it began. What a `recalled` one said is being taken back, or was.
    """

    awaiting = "awaiting"
    scheduled = "scheduled"
    expanding = "expanding"
    sending = "sending"
    paused = "paused"
    sent = "sent"
    stopped = "stopped"
    cancelled = "cancelled"
    recalled = "recalled"


class Notice(Base):
    """A notice that was confirmed by its author.

    `entities` are the formats of `text` as Telegram names them, `files` its attachments, a place
    on the map among them. `audience` is what was chosen, `total` how many people that was when it
    was frozen, less those who were dropped when it began. `cursor` is the last recipient whose
    message is in the outbox. `shown` is how many messages the progress message last told of.

    It begins at `send_at` (campaign time; None: at once), and goes through the quiet hours where
    it `disturbs`. A `once` notice is never sent twice to anybody: what became of a message without
    an answer is for a person to say. `wants_receipt` and `chase_at` are read by the receipts.

    `confirmed_by` is the second person, where one was needed. `pause_reason` says why it was
    paused, None for a person's press. Errors of outbox rows up to `errors_seen` do not pause it
    any more. `recalled_at` is when it was taken back, `recall_cursor` the last outbox row that was
    dealt with. `edition` counts its texts from 1, the latest is of `corrected_at`; `correct_cursor`
    is the last outbox row that got it, None when none is to get it any more. `words_by` wrote the
    latest text (None: the author), and is not the one who confirms it.

    `proposed` are other words for what went out to many (`text`, `entities`), by `proposed_by`:
    they wait for a second person's word, None when none do. `proposals` counts them.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    entities: Mapped[list[dict[str, Any]]] = mapped_column(
        AsciiJson, default=list, server_default="[]"
    )
    files: Mapped[list[dict[str, Any]]] = mapped_column(AsciiJson)
    audience: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    state: Mapped[NoticeState] = mapped_column(Choice(NoticeState))
    total: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    send_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disturbs: Mapped[bool] = mapped_column(default=False, server_default=false())
    once: Mapped[bool] = mapped_column(default=False, server_default=false())
    wants_receipt: Mapped[bool] = mapped_column(default=False, server_default=false())
    chase_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    pause_reason: Mapped[str | None] = mapped_column(String(40))
    errors_seen: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), default=0, server_default="0"
    )
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recall_cursor: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), default=0, server_default="0"
    )
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    correct_cursor: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    words_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed: Mapped[dict[str, Any] | None] = mapped_column(AsciiJson)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposals: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        Index("ix_notice_state", "state"),
        Index("ix_notice_send_at", "state", "send_at"),
        Index("ix_notice_chase_at", "chase_at"),
    )


class Dropped(StrEnum):
    """Why somebody of a frozen audience is sent nothing.

    Between the confirmation and the sending their unit was closed, they lost their role, or they
    are no longer among those who were chosen: they filed, left the team or the post; or the office
    cancelled it for them alone.
    """

    unit_closed = "unit_closed"
    no_role = "no_role"
    not_chosen = "not_chosen"
    by_hand = "by_hand"


class NoticeRecipient(Base):
    """One person of a notice's frozen audience; `dropped` says why they are sent nothing."""

    __tablename__ = "notice_recipient"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    dropped: Mapped[Dropped | None] = mapped_column(Choice(Dropped))


class NoticeTemplate(Base):
    """A notice to begin others from: what it says and whom it is for, as a draft's answers."""

    __tablename__ = "notice_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    given: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
