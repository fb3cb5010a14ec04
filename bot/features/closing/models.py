"""The tables of what came out of a post."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime
from bot.features.reports.reading.amounts import Bound


class Counted(StrEnum):
    """What is counted at a post (VOL-09).

    `signatures` are those given in the street; those given online are counted elsewhere and never
    mixed with them (VOL-06). Of the people `asked`, so many `knew` of the campaign (CIT-11).
    """

    reached = "reached"
    leaflets = "leaflets"
    consultations = "consultations"
    signatures = "signatures"
    asked = "asked"
    knew = "knew"


class PostResult(Base):
    """That a post was closed, and what became of it; one row a post.

    `version` counts the closing and its corrections, from 1. `unit_id` is the responsible unit
    that was given the draft of a report, None where no unit has a contact; `report_id` is the
    report that was made of it, None until its contact submits it.
    """

    __tablename__ = "post_result"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    version: Mapped[int]
    closed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remark: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))

    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        Index("ix_post_result_unit", "unit_id", "report_id"),
        Index("uq_post_result_report", "report_id", unique=True),
    )


class PostCount(Base):
    """One number of a post, with 约, open end and the words as given."""

    __tablename__ = "post_count"

    post_id: Mapped[int] = mapped_column(ForeignKey("post_result.post_id"), primary_key=True)
    what: Mapped[Counted] = mapped_column(Choice(Counted), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    approx: Mapped[bool]
    bound: Mapped[Bound | None] = mapped_column(Choice(Bound))
    raw: Mapped[str] = mapped_column(String(80))

    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        Index("ix_post_count_what", "what"),
    )


class PostPhoto(Base):
    """One photo of a post by Telegram's ids."""

    __tablename__ = "post_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post_result.post_id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[str] = mapped_column(String(300))
    unique_id: Mapped[str] = mapped_column(String(100))

    __table_args__ = (Index("uq_post_photo", "post_id", "unique_id", unique=True),)
