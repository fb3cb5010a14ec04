"""How far an audience reaches: how many, who, and who is left out and why (BUL-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select

from bot.config import Config
from bot.core.roles import UNIT_BOUND, Role
from bot.db.work import View
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.notices.members import member, missing_unit_ids, recipients, slugs_of
from bot.features.people.models import Grant, Person
from bot.features.people.queries import bindings
from bot.features.units.models import Unit
from bot.features.units.queries import answering_units


@dataclass(frozen=True)
class Reach:
    """How many people an audience holds who can be reached, and of how many `units` they are.

    The others `blocked` the bot or have no chat at all (`without_chat`): somebody registered them.
    """

    reachable: int
    blocked: int
    without_chat: int
    units: int

    @property
    def left_out(self) -> int:
        """How many people of the audience get nothing."""
        return self.blocked + self.without_chat


class Why(StrEnum):
    """Why a person of an audience cannot be reached."""

    blocked = "blocked"
    no_chat = "no_chat"


@dataclass(frozen=True)
class Named:
    """A person of an audience, with the units that they are bound to."""

    name: str
    units: Sequence[str] = ()


def reach(view: View, config: Config, audience: Audience) -> Reach:
    """Return how many people a notice to `audience` would go to now."""
    chosen = member(view, config, audience)
    no_chat = Person.telegram_id.is_(None)
    blocked = Person.unreachable_at.is_not(None) & ~no_chat
    total, lost, mute = view.session.execute(
        select(func.count(), _count(blocked), _count(no_chat)).where(chosen)
    ).one()
    units = len(units_of(view, config, audience))
    return Reach(total - lost - mute, lost, mute, units)


def units_of(view: View, config: Config, audience: Audience) -> list[int]:
    """Return the units whose people a notice to `audience` would go to now; one statement."""
    found = view.session.scalars(
        select(Grant.unit_id)
        .distinct()
        .where(
            Grant.revoked_at.is_(None),
            Grant.role.in_(UNIT_BOUND),
            Grant.person_id.in_(recipients(view, config, audience)),
        )
        .order_by(Grant.unit_id)
    )
    return [unit_id for unit_id in found if unit_id is not None]


def count_reachable(view: View, config: Config, audience: Audience) -> int:
    """Return how many people a notice to `audience` would go to now."""
    found = recipients(view, config, audience).subquery()
    return view.session.scalar(select(func.count()).select_from(found)) or 0


def names(
    view: View, config: Config, audience: Audience, *, most: int, skip: int = 0
) -> list[Named]:
    """Return who would get a notice to `audience`, by name; three statements."""
    people = view.session.execute(
        select(Person.id, Person.name)
        .where(Person.id.in_(recipients(view, config, audience)))
        .order_by(Person.name, Person.id)
        .limit(most)
        .offset(skip)
    ).all()
    units: dict[int, list[str]] = {}
    for person_id, unit in view.session.execute(
        select(Grant.person_id, Unit.name)
        .join(Unit, Unit.id == Grant.unit_id)
        .where(
            Grant.person_id.in_([person_id for person_id, _ in people]),
            Grant.role.in_(UNIT_BOUND),
            Grant.revoked_at.is_(None),
        )
        .order_by(Grant.id)
    ):
        units.setdefault(person_id, []).append(unit)
    return [Named(name, units.get(person_id, ())) for person_id, name in people]


def left_out(
    view: View, config: Config, audience: Audience, *, most: int, skip: int = 0
) -> list[tuple[str, Why]]:
    """Return who is in `audience` and cannot be reached, with the reason, by name."""
    found = view.session.execute(
        select(Person.name, Person.telegram_id)
        .where(
            member(view, config, audience),
            Person.telegram_id.is_(None) | Person.unreachable_at.is_not(None),
        )
        .order_by(Person.name, Person.id)
        .limit(most)
        .offset(skip)
    )
    return [(name, Why.no_chat if chat is None else Why.blocked) for name, chat in found]


def unbound_units(view: View, config: Config, audience: Audience) -> list[str]:
    """Return the names of units that were chosen and that nobody is bound to: never opened."""
    missing = {
        one
        for part in audience.plus
        if part.kind is PartKind.missing
        for one in missing_unit_ids(view, config, part)
    }
    wanted = [
        unit
        for unit in answering_units(view)
        if unit.id in missing or any(_means(config, part, unit) for part in audience.plus)
    ]
    if not wanted:
        return []
    bound = {one.unit_id for one in bindings(view, [unit.id for unit in wanted])}
    return [unit.name for unit in wanted if unit.id not in bound]


def _means(config: Config, part: Part, unit: Unit) -> bool:
    match part.kind:
        case PartKind.role:
            return part.value == Role.contact
        case PartKind.unit:
            return unit.id == part.number
        case PartKind.group:
            return part.number in {unit.id, unit.parent_id}
        case PartKind.section | PartKind.task:
            return unit.slug in slugs_of(config, part)
    return False


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
