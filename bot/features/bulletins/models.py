"""The tables of bulletins."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class BulletinState(StrEnum):
    """A draft can be changed and dropped; an issued one never changes again."""

    draft = "draft"
    issued = "issued"
    dropped = "dropped"


class Bulletin(Base):
    """One 工作简报 about the days from `first` to `last`, both included.

    `year` and `serial` (第 N 期, from 1 in each year, without gaps) and `issued_on`, the local day
    that stands on it, are None until it is issued; so is `issuer`, who issues it as it is called
    then. `corrects_id` is the issued one that it corrects. `version` grows with every change of a
    draft. `document_id` is its place in the register of documents, where its Word file is.
    """

    __tablename__ = "bulletin"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[BulletinState] = mapped_column(Choice(BulletinState))
    title: Mapped[str] = mapped_column(String(80))
    foreword: Mapped[str | None] = mapped_column(Text)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    issued_on: Mapped[date | None] = mapped_column(Date)
    issuer: Mapped[str | None] = mapped_column(String(120))
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"))

    __table_args__ = (
        Index("uq_bulletin_serial", "year", "serial", unique=True),
        Index("ix_bulletin_state", "state", "issued_on"),
    )


class BulletinItem(Base):
    """One report in a bulletin, in words of its own: a later change of the report changes nothing.

    `section` is the task section that it stands under, None for tasks of none; what is `typical`
    stands under the examples instead. `edited` tells that somebody changed the words. `place` is
    where it stands in its chapter, from 1; 0 where nobody said so.
    """

    __tablename__ = "bulletin_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    section: Mapped[str | None] = mapped_column(String(16))
    typical: Mapped[bool]
    unit_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    edited: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (Index("uq_bulletin_item_report", "bulletin_id", "report_id", unique=True),)


class BulletinSeries(Base):
    """The last number of a year; it is taken in the transaction that issues, so no gaps."""

    __tablename__ = "bulletin_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
