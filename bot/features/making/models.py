"""The table of files to be made."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class JobState(StrEnum):
    """How far a file has come; `gone` ones were sent and deleted long ago."""

    wanted = "wanted"
    making = "making"
    done = "done"
    failed = "failed"
    cancelled = "cancelled"
    gone = "gone"


class FileJob(Base):
    """One file that the outbox row `outbox_id` waits for; None once that row was purged.

    `stored_file_id` is the archive's file that it becomes, where no message waits for it.
    `kind` and `params` say what is in it, as plain data. `person_id` is who asked for it: their
    right is checked again when it is made. `retry_at` and `lease_until` are real time; `attempts`
    counts the tries that failed. `sha256` names the bytes once they are there.
    """

    __tablename__ = "file_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox.id", ondelete="SET NULL"), unique=True
    )
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.wanted)
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index("ix_file_job_wanted", "state", "retry_at"),
        Index("ix_file_job_person", "person_id", "state"),
    )
