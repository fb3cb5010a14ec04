"""Writing the audit log."""

from bot.db.work import Work
from bot.features.audit.models import AuditEntry


def record(work: Work, action: str, subject: str, *, actor_id: int | None, **data: object) -> None:
    """Note that `actor_id` did `action` to `subject` (`unit:3`); `data` holds ids and figures."""
    work.session.add(
        AuditEntry(at=work.now, actor_id=actor_id, action=action, subject=subject, data=data)
    )
