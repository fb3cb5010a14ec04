"""The roles of the campaign and who may invite whom (design, section 7; ORG-18)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be; one person may hold several."""

    admin = "admin"
    coordinator = "coordinator"
    supervisor = "supervisor"
    unit_head = "unit_head"
    contact = "contact"
    team_lead = "team_lead"
    post_lead = "post_lead"
    volunteer = "volunteer"
    citizen = "citizen"


OFFICE = frozenset({Role.admin, Role.coordinator})
"""Those who run the campaign from the 文明办."""

STAFF = (Role.admin, Role.coordinator, Role.supervisor, Role.team_lead)
"""Roles that are held by invitation and for no unit, the highest first."""

UNIT_BOUND = frozenset({Role.unit_head, Role.contact})
"""Roles that are held for one unit."""

_RANK = {
    Role.admin: 5,
    Role.coordinator: 4,
    Role.supervisor: 3,
    Role.unit_head: 3,
    Role.contact: 2,
    Role.team_lead: 2,
    Role.post_lead: 2,
    Role.volunteer: 1,
    Role.citizen: 0,
}


def may_invite(own: frozenset[Role], invited: Role) -> bool:
    """Tell whether a holder of `own` may invite a `invited`: nobody invites above the own role.

    Only the office invites into other offices and units; a contact brings a successor by handing
    over, not by an invitation.
    """
    if not own & OFFICE:
        return False
    return max(_RANK[role] for role in own) >= _RANK[invited]


def may_end(own: frozenset[Role], held: Role) -> bool:
    """Tell whether a holder of `own` may end somebody else's role `held`.

    It takes a higher role than the one that ends; only admins may end each other's.
    """
    if Role.admin in own:
        return True
    return may_invite(own, held) and max(_RANK[role] for role in own) > _RANK[held]
