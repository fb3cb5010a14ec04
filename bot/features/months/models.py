"""The tables of the month's information: what is being written, and what was filed (REP-02)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime
from bot.features.reports.models import ExactDecimal
from bot.features.reports.reading.amounts import Bound


class Section(StrEnum):
    """A part of the month's information: the four focus points of the campaign, and what is asked.

    The first four carry the ids of `focus` in config.yaml (REP-03), the last two are REP-14.
    """

    meaning = "F1"
    news = "F2"
    changes = "F3"
    experience = "F4"
    problems = "problems"
    outlook = "outlook"


class MonthWords(Base):
    """What the contacts of a unit wrote for a section of a month, as it stands now.

    All contacts of a unit write on the same words; what was filed of them is in `MonthSection`.
    """

    __tablename__ = "month_words"

    obligation: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    section: Mapped[Section] = mapped_column(Choice(Section), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class MonthSection(Base):
    """A section as it was filed: what was assembled from activities, and the unit's own words."""

    __tablename__ = "month_section"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    section: Mapped[Section] = mapped_column(Choice(Section), primary_key=True)
    assembled: Mapped[str | None] = mapped_column(Text)
    own: Mapped[str | None] = mapped_column(Text)


class MonthActivity(Base):
    """An activity that a filed month holds, with the version in which its report was then."""

    __tablename__ = "month_activity"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    position: Mapped[int]
    report_version: Mapped[int]
    typical: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_month_activity_report", "report_id"),)


class MonthTotal(Base):
    """What the numbers of a filed month came to under one metric, exactly as filed (REP-16)."""

    __tablename__ = "month_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    position: Mapped[int]
    metric: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
    approx: Mapped[bool]
    bound: Mapped[Bound | None] = mapped_column(Choice(Bound))
    unit: Mapped[str] = mapped_column(String(20))
    reports: Mapped[int]

    __table_args__ = (Index("uq_month_total_metric", "submission_id", "metric", unique=True),)


class MonthSource(Base):
    """One number behind a filed total, as its report said it then.

    `activity` names an activity that several units held, so that it counts once over all units.
    """

    __tablename__ = "month_source"

    total_id: Mapped[int] = mapped_column(ForeignKey("month_total.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
    approx: Mapped[bool]
    bound: Mapped[Bound | None] = mapped_column(Choice(Bound))
    activity: Mapped[str | None] = mapped_column(String(40))
