"""The table of files to be read."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class DocumentState(StrEnum):
    """How far a file has come.

    `done` ones gave activities, `repeated` ones say the same as one that was read before,
    `refused` ones gave nothing and their sender was told why.
    """

    wanted = "wanted"
    reading = "reading"
    done = "done"
    repeated = "repeated"
    refused = "refused"
    cancelled = "cancelled"


class Purpose(StrEnum):
    """What the words of a file are read as: activities of a report, or a list of names."""

    activities = "activities"
    names = "names"


class DocumentJob(Base):
    """One file that `person_id` sent to be read for a `purpose`.

    It is read once its bytes are in the archive's holding (`stored_file_id`), which are given up
    when it is over. `name` is what the sender called it: shown, never used as a path. `caption`
    are the words under it, None without. `again` tells that it is wanted although the same was
    read before. `retry_at` and `lease_until` are real time; `attempts` counts the tries that
    failed. `sha256` names the words once they were read, whatever file they came in;
    `activities` counts what came of them.
    """

    __tablename__ = "document_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str | None] = mapped_column(String(255))
    caption: Mapped[str | None] = mapped_column(Text)
    again: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[Purpose] = mapped_column(
        Choice(Purpose), default=Purpose.activities, server_default="activities"
    )
    state: Mapped[DocumentState] = mapped_column(
        Choice(DocumentState), default=DocumentState.wanted
    )
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))
    activities: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index("ix_document_job_wanted", "state", "retry_at"),
        Index("ix_document_job_person", "person_id", "state"),
        Index("ix_document_job_ended", "ended_at"),
        # Buttons and messages carry a job's number: it must not come again for another.
        {"sqlite_autoincrement": True},
    )
