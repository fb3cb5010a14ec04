"""The table of effects."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class RunState(StrEnum):
    """Whether the effect was carried out, or why it was not; `cancelled` is by a person."""

    done = "done"
    superseded = "superseded"
    too_late = "too_late"
    not_needed = "not_needed"
    cancelled = "cancelled"


class JobRun(Base):
    """One effect of a job.

    `kind` is the job's (`deadline`), `scope` whom it concerns (`O2:kexie`), `period_key` which
    time (`2024-06:T-3:v1`). Together they are unique: that is what makes each effect happen once. A
    cancelled one that is `put_off_until` a time is forgotten then, and may happen after all.
    """

    __tablename__ = "job_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80))
    period_key: Mapped[str] = mapped_column(String(80))
    state: Mapped[RunState] = mapped_column(Choice(RunState))
    reason: Mapped[str | None] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_off_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_job_run_effect", "kind", "scope", "period_key", unique=True),
        Index(
            "ix_job_run_put_off",
            "put_off_until",
            sqlite_where=text("put_off_until IS NOT NULL"),
            postgresql_where=text("put_off_until IS NOT NULL"),
        ),
    )
