"""Audiences of trials."""

from collections.abc import Iterable

from bot.core.roles import Role
from bot.features.notices.audience import Audience, Part, PartKind


def holders(roles: Iterable[Role]) -> Audience:
    """Return whoever holds one of `roles`."""
    return Audience(frozenset(Part(PartKind.role, role.value) for role in roles))
