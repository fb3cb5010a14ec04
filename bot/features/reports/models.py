"""The tables of reports."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime
from bot.features.reports.reading.amounts import MOST_DECIMALS, Bound
from bot.features.reports.reading.dates import Precision

_SCALE = 10**MOST_DECIMALS


class ReportStatus(StrEnum):
    """Where a report stands (REP-15); an unfinished one is a draft and no report yet."""

    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class ReturnReason(StrEnum):
    """Why reports usually come back; `other` has its reason in words."""

    date_place = "date_place"
    numbers = "numbers"
    text_photos = "text_photos"
    task = "task"
    other = "other"


class EventKind(StrEnum):
    """What happened to a report."""

    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"
    supplemented = "supplemented"


class PartnerState(StrEnum):
    """Where a unit stands that a report names as its partner (ORG-08).

    `removed` are those that a correction named no more: they stay as a trace.
    """

    pending = "pending"
    confirmed = "confirmed"
    denied = "denied"
    removed = "removed"


class ExactDecimal(TypeDecorator[Decimal]):
    """A number with four decimals, kept as an integer of ten-thousandths: no binary fractions.

    Sums of it are exact on every database (REP-13).
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the ten-thousandths; a value that needs more decimals raises ValueError."""
        del dialect
        if value is None:
            return None
        scaled = value * _SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {MOST_DECIMALS} decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return the number, without zeros at its end."""
        del dialect
        return None if value is None else (Decimal(int(value)) / _SCALE).normalize() + 0


class ReportSeries(Base):
    """The last running number of a task in a year; counted under its row's lock, so no gaps."""

    __tablename__ = "report_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


class Report(Base):
    """One activity that a unit reports (REP-01).

    `number` (2024-C2-017) is made of `year`, `series` (the task, or 00) and `serial`, and stays
    when the report is changed. `task_id` is None for an activity of none of the unit's tasks.
    `day`, `date_precision` and `date_text` are described by `reading.dates.When`. `month` is the
    first day of the month in which it counts, see `rules.month_counted`. `phase` is None outside of
    all phases. `version` counts the filings, from 1; `submitted_at` is the last of them, `filed_at`
    the first. `typical` is set for what the unit shows as an example (REP-03). The review's fields
    are None until there is one; `return_text` is only there for own words.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    year: Mapped[int]
    series: Mapped[str] = mapped_column(String(20))
    serial: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    task_id: Mapped[str | None] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[date | None] = mapped_column(Date)
    date_precision: Mapped[Precision] = mapped_column(Choice(Precision))
    date_text: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    status: Mapped[ReportStatus] = mapped_column(Choice(ReportStatus))
    version: Mapped[int] = mapped_column(default=1)
    month: Mapped[date] = mapped_column(Date)
    phase: Mapped[str | None] = mapped_column(String(16))
    typical: Mapped[bool] = mapped_column(default=False)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[ReturnReason | None] = mapped_column(Choice(ReturnReason))
    return_text: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        Index("uq_report_serial", "year", "series", "serial", unique=True),
        Index("ix_report_unit", "unit_id", "month", "status"),
        Index("ix_report_status", "status", "submitted_at"),
        Index("ix_report_month", "month", "status"),
        Index("ix_report_submitted", "submitted_at"),
        Index("ix_report_day", "day"),
        Index("ix_report_filed", "filed_at", "id"),
    )


class MetricValue(Base):
    """One number of a report (REP-07, REP-08), with 约, open end, unit and the words as given."""

    __tablename__ = "metric_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    metric: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
    approx: Mapped[bool]
    bound: Mapped[Bound | None] = mapped_column(Choice(Bound))
    unit: Mapped[str] = mapped_column(String(20))
    raw: Mapped[str] = mapped_column(String(80))

    __table_args__ = (
        Index("uq_metric_value_report", "report_id", "metric", unique=True),
        Index("ix_metric_value_metric", "metric"),
    )


class ReportPartner(Base):
    """One partner of an activity (REP-10): a unit of the register, or a name."""

    __tablename__ = "report_partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str | None] = mapped_column(String(80))

    __table_args__ = (
        Index("ix_report_partner_report", "report_id", "position"),
        Index("ix_report_partner_unit", "unit_id", "report_id"),
    )


class PartnerAnswer(Base):
    """What a unit of the register says to being named as the partner of a report (ORG-08).

    `own_report_id` is the unit's own report of the same activity, None where it has none; `apart`
    is set when the unit said that its report is of another one. `answered_by` and `answered_at` are
    None until there is an answer.
    """

    __tablename__ = "partner_answer"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    state: Mapped[PartnerState] = mapped_column(Choice(PartnerState))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    own_report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    apart: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_partner_answer_unit", "unit_id", "state"),
        Index("ix_partner_answer_own", "own_report_id"),
    )


class ReportPhoto(Base):
    """One photo or other file of a report by Telegram's ids; `kind` as in `content.Photo`."""

    __tablename__ = "report_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[str] = mapped_column(String(300))
    unique_id: Mapped[str] = mapped_column(String(100))

    __table_args__ = (Index("uq_report_photo", "report_id", "unique_id", unique=True),)


class ReportLink(Base):
    """One https address of something that is too large for Telegram (ARC-02)."""

    __tablename__ = "report_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    url: Mapped[str] = mapped_column(String(500))

    __table_args__ = (Index("uq_report_link", "report_id", "position", unique=True),)


class ReportEvent(Base):
    """One thing that happened to a report, kept for ever: filings, reviews, withdrawals.

    `content` is what the report said when it was filed in that version, None for other events.
    """

    __tablename__ = "report_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    version: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[ReturnReason | None] = mapped_column(Choice(ReturnReason))
    reason_text: Mapped[str | None] = mapped_column(String(500))
    content: Mapped[dict[str, Any] | None] = mapped_column(AsciiJson)

    __table_args__ = (Index("ix_report_event_report", "report_id", "id"),)
