"""The audit log's table."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, UtcDateTime


class AuditEntry(Base):
    """One thing that somebody did. `actor_id` is None for the shell and for jobs.

    `data` holds ids and figures, never personal data, so that forgetting a person leaves it whole.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    data: Mapped[dict[str, Any]] = mapped_column(AsciiJson)

    __table_args__ = (Index("ix_audit_subject", "subject"),)
