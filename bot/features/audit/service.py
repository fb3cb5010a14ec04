"""Writing the audit log."""

from typing import cast

from sqlalchemy import Table, insert

from bot.db.work import Work
from bot.features.audit.models import AuditEntry

_ADD = insert(cast("Table", AuditEntry.__table__))


def record(work: Work, action: str, subject: str, *, actor_id: int | None, **data: object) -> None:
    """Note that `actor_id` did `action` to `subject` (`unit:3`); `data` holds ids and figures."""
    entry = {
        "at": work.now,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "data": data,
    }
    work.session.execute(_ADD, [entry])
