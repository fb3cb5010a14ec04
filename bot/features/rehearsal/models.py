"""The table of messages that somebody cancelled, or moved, before they went out."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class SkipReason(StrEnum):
    """Why a message is not to go out."""

    told = "told"
    needless = "needless"
    bad_time = "bad_time"


class SkippedSend(Base):
    """A message that is not sent, or not before `moved_to`; by whom and why.

    `person_id` None: to nobody of those for whom it was. `claims` are the effects that were claimed
    for it, as (kind, scope, period key): so the sender passes it over. `about` is what it was
    about, as (name, step, unit or post). Undone, it goes out after all, or at the time that
    `instead_of` says: the row that this one took the place of.
    """

    __tablename__ = "skipped_send"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    about: Mapped[Any] = mapped_column(AsciiJson)
    claims: Mapped[Any] = mapped_column(AsciiJson)
    reason: Mapped[SkipReason] = mapped_column(Choice(SkipReason))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    instead_of: Mapped[int | None] = mapped_column(ForeignKey("skipped_send.id"))

    __table_args__ = (Index("ix_skipped_send_due", "due_at"),)
