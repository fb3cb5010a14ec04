"""The circles of people of whom the expectations speak, and how an expectation is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.roles import Role
from tests.security.furniture import FORMER, NOBODY, STRANGER
from tests.security.things import Things

REGISTERED = frozenset(role.value for role in Role)
ALL = REGISTERED | {STRANGER, NOBODY, FORMER}
OFFICE = frozenset({Role.admin, Role.coordinator})
OVERSEERS = OFFICE | {Role.supervisor}
CONTACT = frozenset({Role.contact})
UNIT_PEOPLE = frozenset({Role.contact, Role.unit_head})
READERS = UNIT_PEOPLE | OVERSEERS
IN_CHARGE = OFFICE | {Role.post_lead}
IN_TEAMS = frozenset({Role.volunteer, Role.team_lead})
REGISTRARS = IN_CHARGE | {Role.team_lead}
LEADING = OFFICE | {Role.team_lead}
VOLUNTEER = frozenset({Role.volunteer})
DIGESTED = REGISTERED - {Role.citizen}

Make = Callable[[Things], object]


@dataclass(frozen=True)
class May:
    """Who may press a button; `own` makes its data for something that they may touch.

    `during` is the conversation, and its step, under whose question the button stands, after
    `given` was answered.
    """

    who: frozenset[str]
    own: Make
    during: tuple[str, str] | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
