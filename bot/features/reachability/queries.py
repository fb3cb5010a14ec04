"""Whom no message reaches, and who gets it instead; a fixed number of statements.

What a unit must hear goes to its contacts. While the first of them (A 角) cannot be reached, the
second (B 角) gets every message (ORG-06; `bot.features.deadlines.reminding`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from bot.core.roles import Role
from bot.db.work import View
from bot.features.people.models import Invitation, Person
from bot.features.people.queries import Binding, bindings
from bot.features.units.models import Unit
from bot.features.units.queries import register
from bot.features.units.rules import answering


class Gap(StrEnum):
    """Why a unit's first contact gets nothing.

    `unbound` nobody is bound, `silent` nobody who is bound can be reached, `second` the second
    contact gets what the first would get.
    """

    unbound = "unbound"
    silent = "silent"
    second = "second"


class Lost(StrEnum):
    """Why a person gets nothing: they blocked the bot, or have no Telegram."""

    blocked = "blocked"
    without = "without"


@dataclass(frozen=True)
class UnitReach:
    """How the contacts of a unit are reached.

    `contacts` are in the order of binding. `invited_until` is until when the last invitation of a
    contact that nobody took up holds; None for none.
    """

    unit: Unit
    contacts: Sequence[Binding]
    invited_until: datetime | None

    @property
    def gap(self) -> Gap | None:
        """What is wrong; None where the first contact is reached."""
        if not self.contacts:
            return Gap.unbound
        if self.contacts[0].reachable:
            return None
        return Gap.silent if self.stand_in is None else Gap.second

    @property
    def stand_in(self) -> Binding | None:
        """Who gets the messages: the first contact who can be reached; None for nobody."""
        return next((one for one in self.contacts if one.reachable), None)


@dataclass(frozen=True)
class LostPerson:
    """Somebody whom no message reaches; `since` is when they blocked the bot, None without it.

    `instead` is the name of who reads it for them; None for nobody.
    """

    name: str
    since: datetime | None
    instead: str | None


@dataclass(frozen=True)
class Overview:
    """How many units have which gap, how many people are lost, and how many were never answered."""

    gaps: dict[Gap, int]
    lost: dict[Lost, int]
    invited: int


def units_reached(view: View) -> list[UnitReach]:
    """Return how the contacts of each answering unit are reached; three statements."""
    contacts: dict[int, list[Binding]] = {}
    for one in bindings(view):
        if one.role is Role.contact:
            contacts.setdefault(one.unit_id, []).append(one)
    found = view.session.execute(
        select(Invitation.unit_id, func.max(Invitation.expires_at))
        .where(_never_taken_up(), Invitation.role == Role.contact)
        .group_by(Invitation.unit_id)
    )
    invited = {unit_id: until for unit_id, until in found if unit_id is not None}
    return [
        UnitReach(unit, contacts.get(unit.id, ()), invited.get(unit.id))
        for unit in answering(register(view), view.now)
    ]


def overview(view: View) -> Overview:
    """Return the figures; six statements."""
    units = units_reached(view)
    invited = select(func.count()).select_from(Invitation)
    open_ones = _never_taken_up() & (Invitation.expires_at > view.now)
    return Overview(
        {gap: sum(one.gap is gap for one in units) for gap in Gap},
        {why: _count(view, _lost(why)) for why in Lost},
        view.session.scalar(invited.where(open_ones)) or 0,
    )


def lost_people(view: View, why: Lost, *, first: int, most: int) -> tuple[list[LostPerson], int]:
    """Return `most` people from number `first` (0) on, and how many there are; two statements."""
    reader = select(Person.id, Person.name).subquery()
    carer = func.coalesce(Person.guardian_id, Person.registered_by)
    found = view.session.execute(
        select(Person.name, Person.unreachable_at, reader.c.name)
        .outerjoin(reader, reader.c.id == carer)
        .where(_lost(why))
        .order_by(Person.unreachable_at.desc(), Person.id)
        .offset(first)
        .limit(most)
    )
    return [LostPerson(*row) for row in found], _count(view, _lost(why))


def _count(view: View, which: ColumnElement[bool]) -> int:
    return view.session.scalar(select(func.count()).select_from(Person).where(which)) or 0


def _lost(why: Lost) -> ColumnElement[bool]:
    known = Person.forgotten_at.is_(None)
    if why is Lost.blocked:
        return known & Person.telegram_id.is_not(None) & Person.unreachable_at.is_not(None)
    return known & Person.telegram_id.is_(None)


def _never_taken_up() -> ColumnElement[bool]:
    return Invitation.used_at.is_(None) & Invitation.revoked_at.is_(None)
