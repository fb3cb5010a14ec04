"""The tables of meetings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class Coming(StrEnum):
    """What an invited person answers: 参加, 代会 or 请假."""

    comes = "comes"
    stand_in = "stand_in"
    leave = "leave"


class Meeting(Base):
    """A meeting to which the office invites.

    `version` grows with every change of its time or place. `cancelled_at` is when it was called
    off. `minutes_id` is its 纪要 in the register of documents, None while there are none.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(120))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"))

    __table_args__ = (Index("ix_meeting_starts_at", "starts_at"),)


class MeetingGuest(Base):
    """One invited person, with what they answered and whether they, or their stand-in, were there.

    `unit_id` is the unit for which they are invited, None for those without. `stand_in` names who
    comes instead, `reason` says why they cannot; None where it was not said. `signed_at` is when
    the office noted that they came, `late` whether that was after the beginning.
    """

    __tablename__ = "meeting_guest"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    answer: Mapped[Coming | None] = mapped_column(Choice(Coming))
    stand_in: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(String(200))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_meeting_guest_person", "person_id"),)
