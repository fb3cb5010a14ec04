"""Changing the register: it follows config.yaml, and grows by what the office adds."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from bot.config import Config
from bot.config import Unit as ConfiguredUnit
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.units import rules
from bot.features.units.access import Authority, access_group, lock_unit
from bot.features.units.errors import GroupClosed, MemberExists
from bot.features.units.facts import UnitClosed
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import members_of


def load_units(work: Work, config: Config) -> None:
    """Bring the register to what the configuration says; doing it twice changes nothing (ORG-05).

    A renamed unit keeps its history. A unit that is gone from the file is closed, never deleted,
    and opens again when it comes back; one that the office closed stays closed.
    """
    known = {unit.slug: unit for unit in work.session.scalars(select(Unit))}
    for position, entry in enumerate(config.units):
        unit = known.get(entry.slug)
        if unit is None:
            known[entry.slug] = _added(work, entry, position)
        else:
            _follow(work, unit, entry, position)
    work.session.flush()
    _place_members(known, config)
    configured = {entry.slug for entry in config.units}
    for unit in known.values():
        if unit.in_config and unit.slug not in configured:
            # Who asks for something as its contact at this moment is waited for.
            work.session.refresh(unit, with_for_update=True)
            unit.in_config = False
            _close(work, unit, actor_id=None)


def add_members(work: Work, *, actor: Authority, group_id: int, names: Sequence[str]) -> list[Unit]:
    """Add members called `names` to a collective unit and return them (ORG-05).

    Raises NotAllowed, NotFound, NotAGroup, GroupClosed, MemberExists, and what
    `rules.read_names` raises.
    """
    checked = rules.read_names("\n".join(names))
    group = access_group(work, actor, group_id)
    # Two coordinators who add the same member meet here, not in a constraint.
    work.session.refresh(group, with_for_update=True)
    if group.closed_at is not None:
        raise GroupClosed(name=group.name)
    known = {unit.slug: unit for unit in work.session.scalars(select(Unit))}
    _check_new(checked, known.values())
    position = max((unit.position for unit in members_of(work, group.id)), default=-1)
    added = []
    for number, name in enumerate(checked, 1):
        slug = rules.free_slug(group.slug, known)
        unit = Unit(
            slug=slug,
            name=name,
            kind=UnitKind.unit,
            parent_id=group.id,
            in_config=False,
            position=position + number,
            opened_at=work.now,
        )
        work.session.add(unit)
        known[slug] = unit
        added.append(unit)
    work.session.flush()
    for unit in added:
        record(work, "unit.add", f"unit:{unit.id}", actor_id=actor.person_id, group=group.id)
    return added


def check_members(view: View, *, actor: Authority, group_id: int, text: str) -> list[str]:
    """Return the names in `text` if all of them could be added now; raises as `add_members`."""
    access_group(view, actor, group_id)
    names = rules.read_names(text)
    _check_new(names, view.session.scalars(select(Unit)))
    return names


def close_unit(work: Work, *, actor: Authority, unit_id: int) -> Unit:
    """End what a unit owes; nothing of it is deleted, and `reopen_unit` takes it back."""
    unit = lock_unit(work, actor, unit_id)
    if unit.closed_at is None:
        _close(work, unit, actor_id=actor.person_id)
    return unit


def reopen_unit(work: Work, *, actor: Authority, unit_id: int) -> Unit:
    """Let a closed unit answer again."""
    unit = lock_unit(work, actor, unit_id)
    if unit.closed_at is not None:
        unit.closed_at = None
        record(work, "unit.reopen", f"unit:{unit.id}", actor_id=actor.person_id)
    return unit


def _added(work: Work, entry: ConfiguredUnit, position: int) -> Unit:
    unit = Unit(
        slug=entry.slug,
        name=entry.name,
        kind=UnitKind(entry.kind.value),
        in_config=True,
        position=position,
        opened_at=work.now,
    )
    work.session.add(unit)
    work.session.flush()
    record(work, "unit.load", f"unit:{unit.id}", actor_id=None)
    return unit


def _follow(work: Work, unit: Unit, entry: ConfiguredUnit, position: int) -> None:
    unit.name, unit.kind = entry.name, UnitKind(entry.kind.value)
    if not unit.in_config:
        unit.in_config, unit.closed_at = True, None
        record(work, "unit.load", f"unit:{unit.id}", actor_id=None)
    unit.position = position


def _place_members(known: Mapping[str, Unit], config: Config) -> None:
    """Put configured units into their first configured group; members of the chat stay."""
    for entry in config.units:
        groups = config.groups_of_unit(entry.slug)
        known[entry.slug].parent_id = known[groups[0].slug].id if groups else None


def _close(work: Work, unit: Unit, *, actor_id: int | None) -> None:
    if unit.closed_at is None:
        unit.closed_at = work.now
        work.session.flush()
        work.tell(UnitClosed(unit.id, actor_id))
        record(work, "unit.close", f"unit:{unit.id}", actor_id=actor_id)


def _check_new(names: Sequence[str], units: Iterable[Unit]) -> None:
    taken = {rules.same_name(unit.name): unit for unit in units}
    for name in names:
        unit = taken.get(rules.same_name(name))
        if unit is not None:
            raise MemberExists(name=unit.name)
