"""Reading the audit log."""

from sqlalchemy import select

from bot.db.work import View
from bot.features.audit.models import AuditEntry


def entries_by(view: View, actor_id: int, *, most: int = 2000) -> list[AuditEntry]:
    """Return the latest things that a person did, in the order in which they did them."""
    found = view.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.actor_id == actor_id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    return list(reversed(found))


def entries_about(view: View, subject: str, *, most: int = 200) -> list[AuditEntry]:
    """Return the latest things that happened to `subject` (`unit:3`), oldest first."""
    found = view.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == subject)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    return list(reversed(found))
