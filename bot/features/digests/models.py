"""The table of people who want no hints."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime


class HintsOff(Base):
    """Somebody who does not want to be told what reports could still have (ARC-03)."""

    __tablename__ = "hints_off"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
