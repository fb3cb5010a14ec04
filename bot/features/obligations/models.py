"""The table of what is owed by order of the office."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.config import Form, Frequency
from bot.db.base import Base, Choice, UtcDateTime


class MadeObligation(Base):
    """What the office asks for, beside what config.yaml holds.

    `who` are slugs, one a line, or all-responsible-units. `due` is the day of what is owed once,
    `due_day` that of each period, as `find_due_rule` reads it. `ladder` names one of the ladders of
    config.yaml; None reminds nobody. Periods that are due before `since` are not owed. From
    `ended_at` on nothing of it is owed; what was filed is kept.
    """

    __tablename__ = "obligation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    details: Mapped[str | None] = mapped_column(String(400))
    form: Mapped[Form] = mapped_column(Choice(Form))
    who: Mapped[str] = mapped_column(Text)
    frequency: Mapped[Frequency] = mapped_column(Choice(Frequency))
    due: Mapped[date | None] = mapped_column(Date)
    due_day: Mapped[str | None] = mapped_column(String(16))
    since: Mapped[date] = mapped_column(Date)
    ladder: Mapped[str | None] = mapped_column(String(32))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
