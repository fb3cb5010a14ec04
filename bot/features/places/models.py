"""The table of places."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime


class Place(Base):
    """A place where posts stand: a crossing, a market, an estate (VOL-10).

    `key` is its name as `rules.key_of` compares names: no place stands twice. `kind` is the kind
    of post that usually stands there, `crowd` a word on when it is busy, both None where nobody
    said. `latitude` and `longitude` are degrees (WGS 84), both or neither.
    A closed place is offered no more.
    """

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str | None] = mapped_column(String(40))
    crowd: Mapped[str | None] = mapped_column(String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
