"""A message of the house that the office cancelled, and may still bring back."""

from datetime import timedelta

from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.rehearsal.models import SkippedSend, SkipReason


def furnish_skipped(work: Work, office: Actor) -> int:
    """Put a cancelled message into the database and return its number."""
    row = SkippedSend(
        kind="digest",
        person_id=office.person_id,
        due_at=work.now + timedelta(days=30),
        about=[["2024-W23", "all"]],
        claims=[],
        reason=SkipReason.told,
        by_person_id=office.person_id,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id
