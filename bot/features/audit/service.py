"""Writing the audit log."""

from sqlalchemy import insert

from bot.db.work import Work
from bot.features.audit.models import AuditEntry


def record(work: Work, action: str, subject: str, *, actor_id: int | None, **data: object) -> None:
    """Note that `actor_id` did `action` to `subject` (`unit:3`); `data` holds ids and figures."""
    entry = {
        "at": work.now,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "data": data,
    }
    work.session.execute(insert(AuditEntry), [entry])
