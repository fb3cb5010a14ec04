"""The archive's tables."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime
from bot.features.archive.formats import Format
from bot.features.archive.names import MOST_PATH


class FileState(StrEnum):
    """Where the bytes are: `leaving` ones are still to be deleted from the disk, `gone` are."""

    wanted = "wanted"
    have = "have"
    failed = "failed"
    refused = "refused"
    leaving = "leaving"
    gone = "gone"


class StoredFile(Base):
    """One file that somebody sent.

    `name` is what the sender called it: shown, never used as a path. `path` is where its bytes
    lie, relative to the data directory; equal bytes (`sha256`) lie there once. `format`, `differs`,
    `damaged` and `cleared` are what was found in the content (see `examining.Findings`), None and
    False until it is here. `owner_kind` and `owner_ref` name what the file belongs to (`report`,
    `17`). `attempts` are the tries that failed, `refusals` those of them in which Telegram said no;
    `retry_at` is real time. `error` says why the bytes cannot be had, or why the last try
    failed.
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
    path: Mapped[str | None] = mapped_column(String(MOST_PATH))
    format: Mapped[Format | None] = mapped_column(Choice(Format))
    differs: Mapped[bool] = mapped_column(default=False)
    damaged: Mapped[bool] = mapped_column(default=False)
    cleared: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
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
        Index("ix_stored_file_content", "sha256"),
        Index("ix_stored_file_path", "path"),
    )


class ArchiveItem(Base):
    """One file in the archive's index (ARC-01).

    A row is there from the moment its document is accepted or received. `number` (2024-C2-017-02)
    and `path` are given when its bytes are to be filed, `placed_at` (real time) once they lie there
    for good. Equal bytes lie once: several rows may have one path. `base`, `year`, `series` and
    `unit_slug` are described by `names.Place`; `unit_id`, `day` and `title` are the document's.
    `removed_at` is when the bytes were given up for deletion; the row stays and is counted.
    """

    __tablename__ = "archive_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    base: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    series: Mapped[str] = mapped_column(String(20))
    unit_slug: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date | None] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(200))
    admitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    number: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(String(64))
    path: Mapped[str | None] = mapped_column(String(MOST_PATH))
    placed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_archive_item_file", "stored_file_id", unique=True),
        Index("uq_archive_item_number", "number", unique=True),
        Index("ix_archive_item_base", "base"),
        Index("ix_archive_item_unplaced", "placed_at", "id"),
        Index("ix_archive_item_content", "sha256"),
        Index("ix_archive_item_path", "path"),
        Index("ix_archive_item_unit", "unit_id", "admitted_at"),
    )


class ArchiveSeries(Base):
    """The last running number of a document's files; counted under its row's lock, so no gaps."""

    __tablename__ = "archive_series"

    base: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]
