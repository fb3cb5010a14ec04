"""Decisions about people that need no database."""

from datetime import datetime, timedelta

from bot.core.roles import UNIT_BOUND, Role
from bot.core.text import has_letters, one_line
from bot.features.people.errors import (
    CodeExpired,
    CodeRevoked,
    CodeUsed,
    CodeUsedByYou,
    NameTooLong,
    NoName,
    UnitNeeded,
)
from bot.features.people.models import Invitation

MOST_NAME_CHARS = 30
"""The longest name of a person; Telegram allows 128, which no list can show."""
WRONG_CODES_WINDOW = timedelta(hours=1)
"""How long a wrong code counts."""


def read_name(text: str) -> str:
    """Return `text` as a name, in one line. Raises NoName or NameTooLong."""
    name = one_line(text)
    if not has_letters(name):
        raise NoName
    if len(name) > MOST_NAME_CHARS:
        raise NameTooLong(most=MOST_NAME_CHARS)
    return name


def proposed_name(sender_name: str) -> str | None:
    """Return the name that Telegram gives, as far as it can be one; None where it cannot."""
    name = one_line(sender_name)[:MOST_NAME_CHARS].strip()
    return name if has_letters(name) else None


def check_unit_fits(role: Role, unit_id: int | None) -> None:
    """Raise UnitNeeded unless a unit is named exactly for the roles that are held for one."""
    if (role in UNIT_BOUND) != (unit_id is not None):
        raise UnitNeeded


def check_open(invitation: Invitation, *, now: datetime, person_id: int) -> None:
    """Raise what keeps `person_id` from taking the invitation up at `now`, if anything does.

    Who used it comes first: to them it is not refused but done.
    """
    if invitation.used_at is not None:
        raise CodeUsedByYou if invitation.used_by == person_id else CodeUsed
    if invitation.revoked_at is not None:
        raise CodeRevoked
    if now >= invitation.expires_at:
        raise CodeExpired
