"""The tables of routines and of the days on which they were done."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class Rhythm(StrEnum):
    """How often a unit wants to do something."""

    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class Routine(Base):
    """Something a unit has set itself, such as 每周五学习.

    `day` is the weekday (Monday is 0) of a weekly one, the day of the month of a monthly one (31:
    the last one where there is none), and None for a daily one. `hour` is the local hour at which
    it is asked for. `set_at` is when it was set or changed last. A paused one is not asked for; an
    ended one was deleted.
    """

    __tablename__ = "routine"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(40))
    rhythm: Mapped[Rhythm] = mapped_column(Choice(Rhythm))
    day: Mapped[int | None]
    hour: Mapped[int] = mapped_column(server_default="9")
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_routine_unit", "unit_id"),)


class RoutineDone(Base):
    """That a routine was done for the period that `day` begins: a day, a week, a month."""

    __tablename__ = "routine_done"

    routine_id: Mapped[int] = mapped_column(ForeignKey("routine.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    done_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
