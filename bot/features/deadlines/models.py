"""The tables of filings, of deadlines as they were told, and of snoozes."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class FilingState(StrEnum):
    """What was filed, and what became of it.

    `returned` and `withdrawn` leave the unit owing, `explained` until its excuse ends.
    """

    submitted = "submitted"
    no_activity = "no_activity"
    explained = "explained"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class Submission(Base):
    """One filing of a unit for an obligation and a period; `standing` says which version stands.

    `period` is `once`, or a month as 2024-06. `text` is the reason of 本月无活动 or the
    explanation; None for a plan and for a month, whose parts are kept by `months`. `excused_until`
    is the last day that an explanation excuses. `official_day` is when the plan went through the
    official channel, as far as the contact said. The review's fields are None until there is one.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    state: Mapped[FilingState] = mapped_column(Choice(FilingState))
    text: Mapped[str | None] = mapped_column(Text)
    excused_until: Mapped[date | None] = mapped_column(Date)
    file_kind: Mapped[str | None] = mapped_column(String(20))
    file_id: Mapped[str | None] = mapped_column(String(300))
    file_name: Mapped[str | None] = mapped_column(String(255))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    official_day: Mapped[date | None] = mapped_column(Date)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    return_reason: Mapped[str | None] = mapped_column(String(600))

    __table_args__ = (
        Index("uq_submission_version", "obligation", "unit_id", "period", "version", unique=True),
        Index("ix_submission_period", "obligation", "period"),
        Index("ix_submission_state", "state", "obligation"),
    )


class DeadlineVersion(Base):
    """What the last day of a period was from `since` on: a moved deadline gets a new version."""

    __tablename__ = "deadline_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    last_day: Mapped[date] = mapped_column(Date)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("uq_deadline_version", "obligation", "period", "version", unique=True),)


class Snooze(Base):
    """A person who wants no further reminder on a day (今天不再提醒)."""

    __tablename__ = "snooze"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)


class DeadlineMove(Base):
    """That the office moved a period's deadline for all; the last one counts (TIME-17).

    It counts as long as the deadline would be on `from_day` without it: who changes config.yaml
    afterwards has the last word.
    """

    __tablename__ = "deadline_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(10))
    from_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    moved_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_deadline_move", "obligation", "period"),)


class ExtensionState(StrEnum):
    """What became of a unit's wish for more time.

    The last two needed no answer: the unit was closed, or does not owe it any more.
    """

    asked = "asked"
    granted = "granted"
    refused = "refused"
    unit_closed = "unit_closed"
    not_owed = "not_owed"


class Extension(Base):
    """A unit that asks for more time for one period (TIME-15).

    `open_key` names the slot while it is undecided, so that there is one wish at a time; None
    afterwards. `day` is the unit's own last day where it was granted; `answer` why it was refused.
    `decided_by` is None too where the register or config.yaml ended it.
    """

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[ExtensionState] = mapped_column(Choice(ExtensionState))
    open_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    wanted: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(600))
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date | None] = mapped_column(Date)
    answer: Mapped[str | None] = mapped_column(String(600))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_extension_slot", "obligation", "period", "unit_id"),
        Index("ix_extension_state", "state"),
    )
