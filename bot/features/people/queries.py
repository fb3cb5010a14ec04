"""Looking people up; every question is one statement, however many people there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.core.roles import OFFICE, STAFF, UNIT_BOUND, Role
from bot.db.work import View
from bot.features.people.actor import Actor
from bot.features.people.models import Grant, Person

_AT_ONCE = 5000
"""Ids in one statement: databases take some 32,000 parameters."""


@dataclass(frozen=True)
class Binding:
    """Somebody's role for a unit. `reachable` is False after they blocked the bot."""

    grant_id: int
    unit_id: int
    role: Role
    person_id: int
    name: str
    reachable: bool


@dataclass(frozen=True)
class Staff:
    """Somebody's role in the offices or at the head of a team."""

    grant_id: int
    role: Role
    person_id: int
    name: str
    since: datetime
    reachable: bool


@dataclass(frozen=True)
class StaleMenu:
    """A chat whose command menu must be set anew."""

    person_id: int
    telegram_id: int
    language: str
    roles: frozenset[Role]


def languages_of(view: View, telegram_ids: Collection[int]) -> dict[int, str]:
    """Return the language of those who write under `telegram_ids`; who never wrote is missing."""
    found = view.session.execute(
        select(Person.telegram_id, Person.language).where(Person.telegram_id.in_(telegram_ids))
    )
    return {number: language for number, language in found if number is not None}


def people_by_id(view: View, person_ids: Iterable[int]) -> dict[int, Person]:
    """Return the people with the given ids, by id; ids that lead nowhere are left out."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    found = view.session.scalars(select(Person).where(Person.id.in_(wanted)))
    return {person.id: person for person in found}


def reachable_of(view: View, person_ids: Iterable[int]) -> set[int]:
    """Return those of `person_ids` who have a chat and did not block the bot."""
    wanted = sorted(set(person_ids))
    found: set[int] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        found.update(
            view.session.scalars(
                select(Person.id).where(
                    Person.id.in_(wanted[at : at + _AT_ONCE]),
                    Person.telegram_id.is_not(None),
                    Person.unreachable_at.is_(None),
                )
            )
        )
    return found


def holders(view: View, *roles: Role) -> list[int]:
    """Return who holds one of `roles` now, each once, as person ids."""
    found = view.session.scalars(
        select(Grant.person_id)
        .where(Grant.role.in_(roles), Grant.revoked_at.is_(None))
        .distinct()
        .order_by(Grant.person_id)
    )
    return list(found)


def office(view: View) -> list[int]:
    """Return the coordinators and admins, as person ids."""
    return holders(view, *sorted(OFFICE))


def admins(view: View) -> list[int]:
    """Return the admins, as person ids."""
    return holders(view, Role.admin)


def bindings(view: View, unit_ids: Sequence[int] | None = None) -> list[Binding]:
    """Return who is bound to the units `unit_ids` (None: to any), in the order of binding."""
    query = (
        select(Grant.id, Grant.unit_id, Grant.role, Person.id, Person.name, Person.unreachable_at)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role.in_(UNIT_BOUND), Grant.unit_id.is_not(None), Grant.revoked_at.is_(None))
        .order_by(Grant.id)
    )
    if unit_ids is not None:
        query = query.where(Grant.unit_id.in_(unit_ids))
    return [
        Binding(grant, unit, role, person, name, unreachable is None)
        for grant, unit, role, person, name, unreachable in view.session.execute(query)
        if unit is not None
    ]


def staff(view: View) -> list[Staff]:
    """Return who works in the offices and who leads teams, in the order of their roles."""
    found = view.session.execute(
        select(
            Grant.id,
            Grant.role,
            Person.id,
            Person.name,
            Grant.granted_at,
            Person.unreachable_at.is_(None),
        )
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role.in_(STAFF), Grant.revoked_at.is_(None))
        .order_by(Grant.id)
    )
    people = [Staff(*row) for row in found]
    return sorted(people, key=lambda one: STAFF.index(one.role))


def contacts_of_units(view: View, unit_ids: Sequence[int] | None = None) -> dict[int, list[int]]:
    """Return the contacts (联络员) of units as person ids, by unit; units without any are left out.

    `unit_ids` None asks for all units.
    """
    return _by_unit(view, Role.contact, unit_ids)


def heads_of_units(view: View, unit_ids: Sequence[int] | None = None) -> dict[int, list[int]]:
    """Return the heads (分管领导) of units as person ids, by unit; units without any are left out.

    `unit_ids` None asks for all units.
    """
    return _by_unit(view, Role.unit_head, unit_ids)


def own_grants(view: View, actor: Actor) -> list[Grant]:
    """Return the roles that the actor holds now, in the order in which they came."""
    found = view.session.scalars(
        select(Grant)
        .where(Grant.person_id == actor.person_id, Grant.revoked_at.is_(None))
        .order_by(Grant.id)
    )
    return list(found)


def all_grants(view: View, person_id: int) -> list[Grant]:
    """Return every role that a person holds or held, in the order in which they came."""
    found = view.session.scalars(
        select(Grant).where(Grant.person_id == person_id).order_by(Grant.id)
    )
    return list(found)


def stale_menus(view: View, *, most: int = 50) -> list[StaleMenu]:
    """Return chats whose command menu is out of date, those without a way to them left out."""
    people = view.session.scalars(
        select(Person)
        .where(
            Person.menu_stale.is_(True),
            Person.telegram_id.is_not(None),
            Person.unreachable_at.is_(None),
        )
        .order_by(Person.id)
        .limit(most)
    ).all()
    roles = defaultdict(set)
    for person_id, role in view.session.execute(
        select(Grant.person_id, Grant.role).where(
            Grant.person_id.in_([person.id for person in people]), Grant.revoked_at.is_(None)
        )
    ):
        roles[person_id].add(role)
    return [
        StaleMenu(person.id, person.telegram_id, person.language, frozenset(roles[person.id]))
        for person in people
        if person.telegram_id is not None
    ]


def _by_unit(view: View, role: Role, unit_ids: Sequence[int] | None) -> dict[int, list[int]]:
    query = (
        select(Grant.unit_id, Grant.person_id)
        .where(Grant.role == role, Grant.unit_id.is_not(None), Grant.revoked_at.is_(None))
        .order_by(Grant.id)
    )
    if unit_ids is not None:
        query = query.where(Grant.unit_id.in_(unit_ids))
    found: dict[int, list[int]] = {}
    for unit_id, person_id in view.session.execute(query):
        if unit_id is not None and person_id not in found.setdefault(unit_id, []):
            found[unit_id].append(person_id)
    return found
