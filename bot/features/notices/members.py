"""The people of an audience, as the database knows them now."""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true, union
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import UNIT_BOUND, Role
from bot.db.work import View
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.board import boards
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.people.models import Grant, Person
from bot.features.posts.models import HOLDING, Post, Signup
from bot.features.units.models import Unit

_group = aliased(Unit)


def recipients(view: View, config: Config, audience: Audience) -> Select[int]:
    """Return the query of the people whom a notice to `audience` goes to: who can be reached."""
    return select(Person.id).where(
        member(view, config, audience),
        Person.telegram_id.is_not(None),
        Person.unreachable_at.is_(None),
    )


def member(view: View, config: Config, audience: Audience) -> ColumnElement[bool]:
    """Return what holds of a person who is in `audience`, whether they can be reached or not."""
    inside = _in_any(view, config, audience.plus)
    if not audience.minus:
        return inside & Person.forgotten_at.is_(None)
    return inside & ~_in_any(view, config, audience.minus) & Person.forgotten_at.is_(None)


def slugs_of(config: Config, part: Part) -> frozenset[str]:
    """Return the responsible units of a section or a task; none for what is not configured."""
    if part.kind is PartKind.section:
        tasks = [task for task in config.tasks if task.section == part.value]
    else:
        tasks = [task for task in config.tasks if task.id == part.value]
    return frozenset(slug for task in tasks for slug in task.responsible)


def missing_unit_ids(view: View, config: Config, part: Part) -> list[int]:
    """Return the units that have not filed what `part` names; none for what is not configured."""
    obligation, _, period = part.value.partition(".")
    try:
        deadline = get_deadline(view, config, obligation, period)
    except NotFound:
        return []
    return [slot.unit.id for slot in boards(view, config, [deadline])[0].missing]


def _in_any(view: View, config: Config, parts: Collection[Part]) -> ColumnElement[bool]:
    if not parts:
        return false()
    by_kind = {kind: list(some) for kind, some in groupby(sorted(parts), lambda one: one.kind)}
    people: list[Select[Any]] = [*_by_post(by_kind.get(PartKind.post, ()))]
    grants = [
        condition
        for kind, some in by_kind.items()
        if (condition := _held(view, config, kind, some)) is not None
    ]
    if grants:
        people.append(_holders(grants))
    chosen: list[ColumnElement[bool]] = []
    if people:
        chosen.append(Person.id.in_(people[0] if len(people) == 1 else union(*people)))
    if teams := by_kind.get(PartKind.team):
        chosen.append(Person.team.in_([part.value for part in teams]))
    if listed := by_kind.get(PartKind.person):
        chosen.append(Person.id.in_([part.number for part in listed]))
    return or_(false(), *chosen)


def _holders(conditions: Iterable[ColumnElement[bool]]) -> Select[int]:
    """Return who holds a grant of one of `conditions`; one for a closed unit counts for nothing."""
    return (
        select(Grant.person_id)
        .outerjoin(Unit, Unit.id == Grant.unit_id)
        .outerjoin(_group, _group.id == Unit.parent_id)
        .where(
            Grant.revoked_at.is_(None),
            or_(Grant.unit_id.is_(None), Unit.closed_at.is_(None)),
            or_(false(), *conditions),
        )
    )


def _held(
    view: View, config: Config, kind: PartKind, parts: Collection[Part]
) -> ColumnElement[bool] | None:
    """Return what holds of the grants of those `parts`; None where no grant makes them."""
    values = [part.value for part in parts]
    if kind is PartKind.everyone:
        return true()
    if kind is PartKind.role:
        return Grant.role.in_([value for value in values if value in set(Role)])
    if kind is PartKind.team:
        return Grant.team.in_(values)
    if kind is PartKind.missing:
        units = {one for part in parts for one in missing_unit_ids(view, config, part)}
        return (Grant.role == Role.contact) & Grant.unit_id.in_(sorted(units))
    named = _units_named(config, kind, parts)
    return None if named is None else Grant.role.in_(UNIT_BOUND) & named


def _units_named(
    config: Config, kind: PartKind, parts: Collection[Part]
) -> ColumnElement[bool] | None:
    """Return what holds of the units that `parts` name; None where they name none."""
    if kind in {PartKind.section, PartKind.task}:
        slugs = sorted(frozenset[str]().union(*(slugs_of(config, part) for part in parts)))
        return or_(Unit.slug.in_(slugs), _group.slug.in_(slugs))
    ids = [part.number for part in parts]
    if kind is PartKind.unit:
        return Unit.id.in_(ids)
    return or_(Unit.id.in_(ids), Unit.parent_id.in_(ids)) if kind is PartKind.group else None


def _by_post(parts: Collection[Part]) -> list[Select[Any]]:
    """Return who stands at the posts, all of their roles, and who leads them."""
    if not parts:
        return []
    ids = [part.number for part in parts]
    posts = select(Post.id).where(or_(Post.id.in_(ids), Post.group_id.in_(ids)))
    return [
        select(Signup.person_id).where(Signup.post_id.in_(posts), Signup.state.in_(HOLDING)),
        select(Post.lead_person_id).where(Post.id.in_(posts), Post.lead_person_id.is_not(None)),
    ]
