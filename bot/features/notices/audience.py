"""Whom a notice reaches: chosen by role, by unit, or everyone; each person once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from bot.core.roles import Role
from bot.db.work import View
from bot.features.people.models import Grant, Person


@dataclass(frozen=True)
class Audience:
    """What was chosen. `everyone` is all who hold any role; units are their contacts and heads."""

    everyone: bool = False
    roles: frozenset[Role] = frozenset()
    unit_ids: frozenset[int] = field(default_factory=frozenset)

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return {
            "everyone": self.everyone,
            "roles": sorted(self.roles),
            "unit_ids": sorted(self.unit_ids),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `plain` wrote; nothing chosen where a key is missing."""
        return cls(
            everyone=bool(data.get("everyone")),
            roles=frozenset(Role(name) for name in data.get("roles", ())),
            unit_ids=frozenset(data.get("unit_ids", ())),
        )


@dataclass(frozen=True)
class Reach:
    """How many people an audience holds, and how many of its members cannot be reached."""

    reachable: int
    unreachable: int


def reach(view: View, audience: Audience) -> Reach:
    """Return how many people a notice to `audience` would go to now."""
    members = select(Person.id, Person.unreachable_at).where(_member(audience)).subquery()
    total, unreachable = view.session.execute(
        select(func.count(), func.count(members.c.unreachable_at)).select_from(members)
    ).one()
    return Reach(reachable=total - unreachable, unreachable=unreachable)


def recipients(audience: Audience) -> Select[int]:
    """Return the query of the people whom a notice to `audience` goes to."""
    return select(Person.id).where(_member(audience), Person.unreachable_at.is_(None))


def _member(audience: Audience) -> ColumnElement[bool]:
    chosen: list[ColumnElement[bool]] = []
    if audience.everyone:
        chosen.append(Grant.id.is_not(None))
    if audience.roles:
        chosen.append(Grant.role.in_(sorted(audience.roles)))
    if audience.unit_ids:
        chosen.append(Grant.unit_id.in_(sorted(audience.unit_ids)))
    held = select(Grant.person_id).where(Grant.revoked_at.is_(None), or_(false(), *chosen))
    return Person.telegram_id.is_not(None) & Person.id.in_(held)
