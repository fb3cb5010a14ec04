"""The drafts' table."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class DraftState(StrEnum):
    """An active draft takes the next answer, a parked one waits to be taken up again.

    A cancelled one can be brought back until it is purged.
    """

    active = "active"
    parked = "parked"
    cancelled = "cancelled"


class Draft(Base):
    """One conversation of one person in one chat.

    `step` is the key of the step that is asked now; the empty one is the preview. `answers` holds
    what was given, by step, and the steps' own notes under names that begin with "_". `editing`
    means that one field is being changed and the preview comes next. `offered_at` is when its
    owner was last reminded of it.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    flow: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    state: Mapped[DraftState] = mapped_column(Choice(DraftState))
    step: Mapped[str] = mapped_column(String(20))
    editing: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_draft_flow", "chat_id", "person_id", "flow", unique=True),
        Index("ix_draft_state", "state", "touched_at"),
        # Buttons carry a draft's number: one that is gone must not come again for another.
        {"sqlite_autoincrement": True},
    )
