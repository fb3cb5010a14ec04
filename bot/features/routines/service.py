"""Setting routines, letting them rest, and noting that they were done (TIME-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound, StaleButton
from bot.core.roles import Role
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.routines.errors import AlreadyDone, NoSuchChoice, TooManyRoutines
from bot.features.routines.models import Rhythm, Routine, RoutineDone
from bot.features.routines.rules import (
    MOST_ROUTINES,
    check_rhythm,
    hours,
    period_of,
    read_name,
)
from bot.features.units.models import Unit
from bot.features.units.queries import units_by_id
from bot.features.units.rules import is_open


@dataclass(frozen=True)
class Wanted:
    """A routine as its unit wants it; see `Routine` for the meaning of the fields."""

    name: str
    rhythm: Rhythm
    day: int | None
    hour: int


@dataclass(frozen=True)
class Own:
    """A routine, its unit, and whether it was done in the period of today."""

    routine: Routine
    unit: Unit
    done: bool


def own_units(view: View, actor: Actor) -> list[Unit]:
    """Return the open units that the actor is contact or head of."""
    actor.check(Role.contact, Role.unit_head)
    numbers = dict.fromkeys((*actor.unit_ids, *actor.headed_unit_ids))
    found = units_by_id(view, numbers)
    return [
        found[number] for number in numbers if number in found and is_open(found[number], view.now)
    ]


def own_routines(view: View, config: Config, actor: Actor) -> list[Own]:
    """Return the routines of the actor's units, by unit and age."""
    units = {unit.id: unit for unit in own_units(view, actor)}
    rows = view.session.scalars(
        select(Routine)
        .where(Routine.unit_id.in_(units), Routine.ended_at.is_(None))
        .order_by(Routine.unit_id, Routine.id)
    ).all()
    done = done_periods(view, config, rows)
    return [Own(row, units[row.unit_id], row.id in done) for row in rows]


def access_routine(view: View, config: Config, actor: Actor, routine_id: int) -> Own:
    """Return a routine of the actor's units. Raises NotAllowed, NotFound."""
    units = {unit.id: unit for unit in own_units(view, actor)}
    row = view.session.get(Routine, routine_id)
    if row is None or row.ended_at is not None or row.unit_id not in units:
        raise NotFound
    return Own(row, units[row.unit_id], row.id in done_periods(view, config, [row]))


def done_periods(view: View, config: Config, routines: Sequence[Routine]) -> set[int]:
    """Return which of the routines were done in the period of today; one statement."""
    today = local_day(view.now, config.time.zone_info)
    wanted = {(row.id, period_of(row.rhythm, today)) for row in routines}
    found = view.session.execute(
        select(RoutineDone.routine_id, RoutineDone.day).where(
            RoutineDone.routine_id.in_({number for number, _ in wanted}),
            RoutineDone.day.in_({day for _, day in wanted}),
        )
    )
    return {number for number, day in found if (number, day) in wanted}


def set_routine(
    work: Work, config: Config, *, actor: Actor, unit_id: int, wanted: Wanted
) -> Routine:
    """Let a unit have a routine.

    Raises NotAllowed, NotFound for a unit of others, TooManyRoutines, or what `wanted` breaks.
    """
    if unit_id not in {unit.id for unit in own_units(work, actor)}:
        raise NotFound
    # The row of the unit is held, so that two cannot both be the last that fits.
    work.session.refresh(work.session.get_one(Unit, unit_id), with_for_update=True)
    there = select(Routine.id).where(Routine.unit_id == unit_id, Routine.ended_at.is_(None))
    if len(work.session.scalars(there).all()) >= MOST_ROUTINES:
        raise TooManyRoutines(most=MOST_ROUTINES)
    row = Routine(
        unit_id=unit_id, set_by=actor.person_id, set_at=work.now, **_facts(config, wanted)
    )
    work.session.add(row)
    work.session.flush()
    _record(work, actor, "routine.set", row)
    return row


def change_routine(
    work: Work, config: Config, *, actor: Actor, routine_id: int, wanted: Wanted
) -> Routine:
    """Change a routine; it is asked for as it is now from the next time on.

    Raises what `access_routine` does, or what `wanted` breaks.
    """
    row = _locked(work, config, actor, routine_id)
    for name, value in _facts(config, wanted).items():
        setattr(row, name, value)
    row.set_at = work.now
    work.session.flush()
    _record(work, actor, "routine.changed", row)
    return row


def pause(work: Work, config: Config, *, actor: Actor, routine_id: int, paused: bool) -> None:
    """Let a routine rest, or be asked for again from its next time on. Raises NotFound."""
    row = _locked(work, config, actor, routine_id)
    if (row.paused_at is not None) is paused:
        return
    row.paused_at = work.now if paused else None
    if not paused:
        row.set_at = work.now
    work.session.flush()
    _record(work, actor, "routine.paused" if paused else "routine.resumed", row)


def delete(work: Work, config: Config, *, actor: Actor, routine_id: int) -> None:
    """End a routine for good; what was done stays noted. Raises NotFound."""
    row = _locked(work, config, actor, routine_id)
    row.ended_at = work.now
    work.session.flush()
    _record(work, actor, "routine.deleted", row)


def mark_done(work: Work, config: Config, *, actor: Actor, routine_id: int, day: date) -> Own:
    """Note that the period of `day` is done.

    Raises NotFound, AlreadyDone, or StaleButton for a day to come or before the routine.
    """
    row = _locked(work, config, actor, routine_id)
    zone = config.time.zone_info
    if not local_day(row.set_at, zone) <= day <= local_day(work.now, zone):
        raise StaleButton
    done = {
        "routine_id": row.id,
        "day": period_of(row.rhythm, day),
        "done_by": actor.person_id,
        "done_at": work.now,
    }
    if not insert_missing(work.session, RoutineDone, [done], key=("routine_id", "day")):
        raise AlreadyDone
    return access_routine(work, config, actor, routine_id)


def _locked(work: Work, config: Config, actor: Actor, routine_id: int) -> Routine:
    row = access_routine(work, config, actor, routine_id).routine
    work.session.refresh(row, with_for_update=True)
    if row.ended_at is not None:
        raise NotFound
    return row


def _facts(config: Config, wanted: Wanted) -> dict[str, object]:
    check_rhythm(wanted.rhythm, wanted.day)
    if wanted.hour not in hours(config):
        raise NoSuchChoice
    return {**vars(wanted), "name": read_name(wanted.name)}


def _record(work: Work, actor: Actor, what: str, row: Routine) -> None:
    record(work, what, actor_id=actor.person_id, subject=f"routine:{row.id}")
