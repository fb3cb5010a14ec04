"""What an entry point needs; checked when it is carried out, never only when it is shown."""

from dataclasses import dataclass

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.features.people.actor import Actor


@dataclass(frozen=True)
class Needs:
    """The roles of which an actor must hold one; None lets anyone in."""

    roles: frozenset[Role] | None = None

    def met_by(self, actor: Actor | None) -> bool:
        """Tell whether `actor` may; None is somebody who never wrote before."""
        if self.roles is None:
            return True
        return actor is not None and actor.may(self.roles)

    def check(self, actor: Actor) -> None:
        """Raise NotAllowed unless `actor` may."""
        if not self.met_by(actor):
            raise NotAllowed


ANYONE = Needs()
REGISTERED = Needs(frozenset(Role))


def needs(*roles: Role) -> Needs:
    """Return what asks for one of `roles`; the admin passes wherever a coordinator does."""
    return Needs(frozenset(roles))


OFFICE_ONLY = needs(Role.coordinator, Role.admin)
"""The 文明办: coordinators and admins."""
CONTACT_ONLY = needs(Role.contact)
"""Contacts of a unit."""
EVERY_VOLUNTEER = needs(Role.volunteer, Role.team_lead, Role.post_lead)
"""Those who stand at posts."""
