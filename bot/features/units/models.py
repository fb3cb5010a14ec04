"""The unit register's table."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class UnitKind(StrEnum):
    """A unit answers by itself, a group through its members, an office supervises (ORG-05)."""

    unit = "unit"
    group = "group"
    office = "office"


class Unit(Base):
    """A unit of the campaign. It is never deleted: `closed_at` ends what it owes.

    `in_config` units come from config.yaml; the others were added to a group (`parent_id`).
    """

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[UnitKind] = mapped_column(Choice(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    in_config: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
