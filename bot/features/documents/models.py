"""The table of documents."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class DocumentState(StrEnum):
    """Where a version stands."""

    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"


class UnitDocument(Base):
    """One version of a document of a unit; `slot` is the id of a slot in config.yaml (REP-06).

    `file_name` is what the sender called the file: shown, never a path. Its bytes and their
    checksum are the archive's (`stored_file_id`). `official_day` is when it went through the
    official channel, as far as the contact said. The review's fields are None until there is one.
    """

    __tablename__ = "unit_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    version: Mapped[int]
    state: Mapped[DocumentState] = mapped_column(Choice(DocumentState))
    file_kind: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[str] = mapped_column(String(300))
    file_name: Mapped[str | None] = mapped_column(String(255))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    official_day: Mapped[date | None] = mapped_column(Date)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    return_reason: Mapped[str | None] = mapped_column(String(600))

    __table_args__ = (
        Index("uq_unit_document_version", "slot", "unit_id", "version", unique=True),
        Index("ix_unit_document_state", "state", "filed_at"),
        Index("ix_unit_document_unit", "unit_id", "slot"),
    )
