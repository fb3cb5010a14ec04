"""The table of teams' plans."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime


class TeamPlan(Base):
    """What a team means to do: so many activities on a theme from one day to another (VOL-08).

    `planned` counts activities (posts); both days belong to the plan.
    """

    __tablename__ = "team_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str] = mapped_column(String(40))
    theme: Mapped[str] = mapped_column(String(120))
    planned: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_team_plan_team", "team", "first_day"),)
