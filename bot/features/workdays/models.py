"""The table of days."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice


class DayKind(StrEnum):
    """People work, rest as on every weekend, or have a holiday."""

    working = "working"
    rest = "rest"
    holiday = "holiday"


class Workday(Base):
    """What is known of one day.

    `name` is the holiday, or the one that a weekend is worked for; None for ordinary days.
    `source` says where it is from, so that a correction by hand can be told from the seed.
    """

    __tablename__ = "workday"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[DayKind] = mapped_column(Choice(DayKind))
    name: Mapped[str | None] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(40))
