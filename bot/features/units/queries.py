"""Looking units up. The register is small (some 500 rows) and is read whole, in one statement."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from bot.config import Config, Task
from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.units import rules
from bot.features.units.models import Unit, UnitKind


def register(view: View) -> list[Unit]:
    """Return all units, closed ones too, as the document orders them and members after a group."""
    return rules.in_order(view.session.scalars(select(Unit)))


def some_of_register(view: View, unit_ids: Iterable[int]) -> list[Unit]:
    """Return what of the register tells who of `unit_ids` answers: them, groups, their members."""
    wanted = sorted(set(unit_ids))
    return rules.in_order(
        view.session.scalars(
            select(Unit).where(
                or_(
                    Unit.id.in_(wanted),
                    Unit.parent_id.in_(wanted),
                    Unit.kind == UnitKind.group,
                )
            )
        )
    )


def find_unit(view: View, slug: str) -> Unit | None:
    """Return the unit called `slug`; None when there is none."""
    return view.session.scalar(select(Unit).where(Unit.slug == slug))


def get_unit(view: View, slug: str) -> Unit:
    """Return the unit called `slug`. Raises NotFound."""
    unit = find_unit(view, slug)
    if unit is None:
        raise NotFound
    return unit


def units_by_id(view: View, unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Return the units with the given ids, by id; ids that lead nowhere are left out."""
    wanted = sorted(set(unit_ids))
    if not wanted:
        return {}
    return {unit.id: unit for unit in view.session.scalars(select(Unit).where(Unit.id.in_(wanted)))}


def members_of(view: View, group_id: int) -> list[Unit]:
    """Return the members of a group, closed ones too, in their order."""
    found = view.session.scalars(
        select(Unit).where(Unit.parent_id == group_id).order_by(Unit.position, Unit.id)
    )
    return list(found)


def answering_units(view: View, *, at: datetime | None = None) -> list[Unit]:
    """Return the units that answer by themselves at `at` (None: now); see `rules.answering`."""
    return rules.answering(register(view), at or view.now)


def units_owing(
    view: View, config: Config, obligation_id: str, *, at: datetime | None = None
) -> list[Unit]:
    """Return the units that owe the obligation at `at` (None: now), in the document's order.

    Members stand for their group; offices and units that are not open then owe nothing. Raises
    NotFound for an obligation that is not configured.
    """
    slugs = {unit.slug for unit in config.units_owing(obligation_id)}
    return rules.answering(register(view), at or view.now, slugs=slugs)


def tasks_of(view: View, config: Config, unit: Unit) -> tuple[Task, ...]:
    """Return the tasks that `unit` answers for, its group's as well."""
    group = None if unit.parent_id is None else view.session.get(Unit, unit.parent_id)
    return config.tasks_of_unit(unit.slug, groups=() if group is None else (group.slug,))
