"""Asking for routines at their time: once a period, on the day itself, never after (TIME-09)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import last_day_of_month, local_day, start_of
from bot.db.work import View, Work
from bot.features.people.queries import contacts_of_units, heads_of_units, reachable_of
from bot.features.routines.models import Routine
from bot.features.routines.rules import Days, is_due, period_of
from bot.features.routines.service import done_periods
from bot.features.runs.cancelled import person_scope
from bot.features.runs.foresight import About, Foresight, Name, Planned
from bot.features.runs.models import RunState
from bot.features.runs.service import Claiming, claim, noted
from bot.features.units.models import Unit
from bot.features.workdays.queries import days_between

KIND = "routine"
"""The kind under which it is noted that a routine was asked for."""
ASK = "ask"
UNREACHABLE = "nobody can be reached"


@dataclass(frozen=True)
class Due:
    """A routine that is to be asked for on `day`; `period` is the first day of its period."""

    routine_id: int
    day: date
    period: date

    @property
    def whole(self) -> Name:
        """What names the effect of asking for it."""
        return KIND, scope_of(self.routine_id), self.period.isoformat()

    @property
    def person_key(self) -> str:
        """The period key under which it is noted for whom it was cancelled."""
        return f"{self.routine_id}:{self.period.isoformat()}"


def due(view: View, config: Config) -> list[Due]:
    """Return what is to be asked for now, was not asked for and not done in its period."""
    return [one for _, one in _due_at(view, config, _rows(view), [view.now])]


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield whom the clock asks from now until `until`, as long as nothing is done before."""
    rows = _rows(view)
    found = _due_at(view, config, rows, _moments(view, config, rows, until)) if rows else []
    left_out = noted(view, KIND, [one.person_key for _, one in found]) if found else set()
    people = _people(view, rows)
    units = {row.id: row.unit_id for row in rows}
    for at, one in found:
        unit_id = units[one.routine_id]
        if not _claim(view.at(at), one, reached=unit_id in people):
            continue
        about = (About(str(one.routine_id), ASK, unit_id),)
        for person_id in _without(people.get(unit_id, ()), one, left_out):
            claims = ((KIND, person_scope(person_id), one.person_key),)
            yield Planned(KIND, person_id, at, about, claims, (one.whole,))


def take(work: Work, config: Config, effect: Due) -> Routine | None:
    """Return the routine to ask for, once; None where nothing or nobody is to be asked."""
    hold(work, str(effect.routine_id))
    rows = [row for row in _rows(work) if row.id == effect.routine_id]
    if [one for _, one in _due_at(work, config, rows, [work.now])] != [effect]:
        return None
    return rows[0] if _claim(work, effect, reached=bool(_people(work, rows))) else None


def readers(view: View, effect: Due, routine: Routine) -> list[int]:
    """Return who is asked: the contacts who can be reached, where there are none the heads."""
    people = _people(view, [routine]).get(routine.unit_id, ())
    return _without(people, effect, noted(view, KIND, [effect.person_key]))


def hold(work: Work, name: str) -> None:
    """Let nobody ask for a routine, or note it as done, until this is written."""
    query = select(Routine).where(Routine.id == int(name)).with_for_update()
    work.session.scalars(query.execution_options(populate_existing=True)).one()


def scope_of(routine_id: int) -> str:
    """Return the scope under which a routine's effects are noted."""
    return f"routine:{routine_id}"


def _rows(view: View) -> list[Routine]:
    found = view.session.scalars(
        select(Routine)
        .join(Unit, Unit.id == Routine.unit_id)
        .where(
            Routine.ended_at.is_(None),
            Routine.paused_at.is_(None),
            Unit.opened_at <= view.now,
            Unit.closed_at.is_(None) | (Unit.closed_at > view.now),
        )
        .order_by(Routine.id)
    )
    return list(found)


def _due_at(
    view: View, config: Config, rows: Sequence[Routine], moments: Sequence[datetime]
) -> list[tuple[datetime, Due]]:
    """Return what is due at the moments, each once a period, and was neither asked for nor done."""
    if not rows or not moments:
        return []
    zone = config.time.zone_info
    first, last = local_day(moments[0], zone), local_day(moments[-1], zone)
    days: Days = days_between(view, first.replace(day=1), last_day_of_month(last))
    today = local_day(view.now, zone)
    found: dict[Name, tuple[datetime, Due]] = {}
    for moment in moments:
        day = local_day(moment, zone)
        for row in rows:
            if is_due(row, moment, config, days):
                one = Due(row.id, day, period_of(row.rhythm, day))
                found.setdefault(one.whole, (moment, one))
    if not found:
        return []
    known = noted(view, KIND, {key for _, _, key in found})
    done = done_periods(view, config, rows)
    now = {row.id: period_of(row.rhythm, today) for row in rows}
    return [
        (moment, one)
        for moment, one in found.values()
        if one.whole[1:] not in known
        and not (one.routine_id in done and one.period == now[one.routine_id])
    ]


def _moments(
    view: View, config: Config, rows: Sequence[Routine], until: datetime
) -> list[datetime]:
    """Return when something may begin to be due, from now until `until`."""
    zone = config.time.zone_info
    times = {time(row.hour) for row in rows} | {config.time.quiet_hours.end}
    day, last = local_day(view.now, zone), local_day(until, zone)
    moments = {view.now}
    while day <= last:
        moments |= {start_of(day, zone, at) for at in times}
        day += timedelta(days=1)
    return sorted(moment for moment in moments if view.now <= moment < until)


def _people(view: View, rows: Sequence[Routine]) -> dict[int, list[int]]:
    """Return who can be asked, by unit; units in which nobody can be reached are left out."""
    units = list({row.unit_id for row in rows})
    if not units:
        return {}
    heads, contacts = heads_of_units(view, units), contacts_of_units(view, units)
    everybody = (*heads.values(), *contacts.values())
    reached = reachable_of(view, (one for people in everybody for one in people))
    return {**_only(heads, reached), **_only(contacts, reached)}


def _only(people: Mapping[int, Sequence[int]], reached: Collection[int]) -> dict[int, list[int]]:
    """Return who of `people` is among the reached, by unit; units without any are left out."""
    found = {unit: [one for one in each if one in reached] for unit, each in people.items()}
    return {unit: each for unit, each in found.items() if each}


def _without(
    people: Collection[int], effect: Due, left_out: Collection[tuple[str, str]]
) -> list[int]:
    key = effect.person_key
    return [one for one in people if (person_scope(one), key) not in left_out]


def _claim(work: Claiming, effect: Due, *, reached: bool) -> bool:
    """Tell whether the routine is asked for here and now; without anybody it is noted why not."""
    if reached:
        return claim(work, *effect.whole)
    claim(work, *effect.whole, state=RunState.not_needed, reason=UNREACHABLE)
    return False
