"""The table of registered documents."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class OfficialKind(StrEnum):
    """What a document is: 通知, 通报, 方案, 简报 or 会议记录."""

    notice = "notice"
    circular = "circular"
    plan = "plan"
    bulletin = "bulletin"
    minutes = "minutes"


class OfficialDocument(Base):
    """A document that the office registered (ARC-04).

    `title` stands without its 《》, `issuers` are the names of who issued it, a line each, `day` is
    the day that the document bears, `number` its 文号; None where it has none. The file's fields
    are None where only its data were registered; its bytes are the archive's (`stored_file_id`).
    """

    __tablename__ = "official_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OfficialKind] = mapped_column(Choice(OfficialKind))
    title: Mapped[str] = mapped_column(String(300))
    issuers: Mapped[str] = mapped_column(String(1000))
    day: Mapped[date] = mapped_column(Date)
    number: Mapped[str | None] = mapped_column(String(100))
    file_kind: Mapped[str | None] = mapped_column(String(20))
    file_id: Mapped[str | None] = mapped_column(String(300))
    file_name: Mapped[str | None] = mapped_column(String(255))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (Index("ix_official_document_day", "day", "id"),)
