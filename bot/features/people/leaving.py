"""Ending roles: one's own, or a binding that the office removes (ORG-06, ORG-18)."""

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import STAFF, UNIT_BOUND, Role, may_end
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.people.facts import GrantRemoved
from bot.features.people.grants import lock_grant, take
from bot.features.people.models import Grant


def access_own_grant(view: View, actor: Actor, grant_id: int) -> Grant:
    """Return a role that the actor holds now. Raises NotFound for any other."""
    grant = view.session.get(Grant, grant_id)
    if grant is None or grant.person_id != actor.person_id or grant.revoked_at is not None:
        raise NotFound
    return grant


def access_binding(view: View, actor: Actor, grant_id: int) -> Grant:
    """Return somebody's role for a unit to the office. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    grant = view.session.get(Grant, grant_id)
    if grant is None or grant.role not in UNIT_BOUND or grant.revoked_at is not None:
        raise NotFound
    return grant


def leave(work: Work, *, actor: Actor, grant_id: int) -> Grant:
    """End a role of one's own; what was done in it stays.

    Raises NotFound, or LastAdmin for the only admin.
    """
    access_own_grant(work, actor, grant_id)
    grant = lock_grant(work, grant_id)
    take(work, grant, by=actor.person_id)
    return grant


def access_staff_role(view: View, actor: Actor, grant_id: int) -> Grant:
    """Return somebody else's role in an office or a team that the actor may end.

    Raises NotAllowed or NotFound; one's own is given up by `leave`.
    """
    actor.check(Role.coordinator)
    grant = view.session.get(Grant, grant_id)
    if grant is None or grant.role not in STAFF or grant.revoked_at is not None:
        raise NotFound
    if grant.person_id == actor.person_id or not may_end(actor.roles, grant.role):
        raise NotAllowed
    return grant


def end_staff_role(work: Work, *, actor: Actor, grant_id: int) -> Grant:
    """End somebody's role in an office or a team; what they did in it stays (ORG-18).

    Raises as `access_staff_role`.
    """
    access_staff_role(work, actor, grant_id)
    return _end(work, actor, grant_id)


def remove_binding(work: Work, *, actor: Actor, grant_id: int) -> Grant:
    """End somebody's role for a unit; what they did for it stays. Raises as `access_binding`."""
    access_binding(work, actor, grant_id)
    return _end(work, actor, grant_id)


def _end(work: Work, actor: Actor, grant_id: int) -> Grant:
    grant = lock_grant(work, grant_id)
    take(work, grant, by=actor.person_id)
    if grant.person_id != actor.person_id:
        work.tell(GrantRemoved(grant.id, grant.person_id, grant.role, grant.unit_id))
    return grant
