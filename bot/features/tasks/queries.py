"""Which tasks a unit answers for, itself or as a member of a group; which units a task has."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.config import Config, Task
from bot.db.work import View
from bot.features.units.models import Unit


@dataclass(frozen=True)
class TaskUnit:
    """A unit that answers for a task, or helps; `members` counts the members of a group."""

    unit_id: int
    slug: str
    name: str
    members: int


def tasks_of_unit(view: View, config: Config, unit_id: int) -> tuple[Task, ...]:
    """Return the tasks of a unit in the configuration's order; none for an unknown unit."""
    return tasks_of_units(view, config, [unit_id]).get(unit_id, ())


def tasks_of_units(
    view: View, config: Config, unit_ids: Iterable[int]
) -> dict[int, tuple[Task, ...]]:
    """Return the tasks of several units, in one statement."""
    group = aliased(Unit)
    found = view.session.execute(
        select(Unit.id, Unit.slug, group.slug)
        .outerjoin(group, group.id == Unit.parent_id)
        .where(Unit.id.in_(list(unit_ids)))
    )
    return {
        unit_id: config.tasks_of_unit(slug, groups=() if parent is None else (parent,))
        for unit_id, slug, parent in found
    }


def units_of_task(view: View, task: Task) -> list[TaskUnit]:
    """Return the open units that answer for `task`, in its order, in one statement."""
    member = aliased(Unit)
    found = view.session.execute(
        select(Unit.id, Unit.slug, Unit.name, func.count(member.id))
        .outerjoin(member, (member.parent_id == Unit.id) & member.closed_at.is_(None))
        .where(Unit.slug.in_(task.responsible), Unit.closed_at.is_(None))
        .group_by(Unit.id, Unit.slug, Unit.name)
    )
    units = [TaskUnit(*row) for row in found]
    return sorted(units, key=lambda unit: task.responsible.index(unit.slug))
