"""The archive's table."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class FileState(StrEnum):
    """Whether the bytes are here."""

    wanted = "wanted"
    have = "have"
    failed = "failed"


class StoredFile(Base):
    """One file that somebody sent.

    `name` is what the sender called it: shown, never used as a path. `path` is relative to the
    data directory and made from `sha256`, so equal bytes lie there once. `owner_kind` and
    `owner_ref` name what the file belongs to (`report`, `17`). `retry_at` is real time. `error`
    says why the bytes cannot be had, or why the last try failed.
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    tg_file_id: Mapped[str] = mapped_column(String(300))
    tg_unique_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(255))
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    mime: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[FileState] = mapped_column(Choice(FileState), default=FileState.wanted)
    sha256: Mapped[str | None] = mapped_column(String(64))
    path: Mapped[str | None] = mapped_column(String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))
    owner_kind: Mapped[str] = mapped_column(String(40))
    owner_ref: Mapped[str] = mapped_column(String(80))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_stored_file_wanted", "state", "retry_at"),
        Index("ix_stored_file_telegram", "tg_unique_id", "state"),
        Index("ix_stored_file_owner", "owner_kind", "owner_ref"),
    )
