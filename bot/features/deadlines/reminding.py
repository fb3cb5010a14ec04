"""Whom to remind of what now: each step of each unit once, one message a person a day (TIME-15).

Whoever was reminded today is left in peace until tomorrow; the units of theirs wait as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.deadlines import ladder
from bot.features.deadlines.chasing import snoozing_on
from bot.features.deadlines.ladder import Decision, Step
from bot.features.deadlines.locking import lock_people_and_units
from bot.features.deadlines.noting import (
    MESSAGES,
    NOBODY,
    STEPS,
    UNREACHABLE,
    key_of,
    person_scope,
    reminded_on,
    scope_of,
    steps_noted,
)
from bot.features.deadlines.owing import Slot, known_deadlines, local_today, owed
from bot.features.deadlines.periods import Deadline
from bot.features.deadlines.versions import has_news
from bot.features.people.queries import Binding, bindings
from bot.features.runs import service as runs
from bot.features.runs.models import RunState
from bot.features.units.rules import is_open

_UNITS_AT_ONCE = 20

Edition = tuple[str, str, int, int]
Ladders = Mapping[Edition, tuple[Sequence[Step], Sequence[Step]]]
"""The steps that are due, for contacts and for heads, by deadline as it is for a unit."""


@dataclass(frozen=True)
class Turn:
    """What is due of one slot for one audience: its contacts, or its heads (`for_head`)."""

    slot: Slot
    decision: Decision
    for_head: bool
    people: tuple[int, ...]
    bound: int

    @property
    def scope(self) -> str:
        """Whom the steps concern: O2:kexie."""
        return scope_of(self.slot.deadline, self.slot.unit)


@dataclass(frozen=True)
class Thing:
    """One line of a reminder; `for_head` tells a unit head that the unit is overdue."""

    slot: Slot
    step: Step
    for_head: bool


@dataclass(frozen=True)
class KeepVersions:
    """The effect that keeps deadlines which are new or were moved."""


@dataclass(frozen=True)
class Remind:
    """The effect that reminds the people of some units, all in one transaction."""

    unit_ids: tuple[int, ...]


Effect = KeepVersions | Remind


def due(view: View, config: Config) -> list[Effect]:
    """Return what is to be done now; none outside the hours in which reminders go out."""
    if not ladder.may_send(config, view.now):
        return []
    known = known_deadlines(view, config)
    first: list[Effect] = [KeepVersions()] if has_news(view, known) else []
    return [*first, *(Remind(ids) for ids in _batches(_turns(view, config, known, None)))]


def take(work: Work, config: Config, unit_ids: Sequence[int]) -> dict[int, list[Thing]]:
    """Claim what is due of the units and return what each person is to be told, in one message.

    Everything is decided again under locks: another copy of the bot, or a filing, may have come
    first. Who is contact and head of a unit is told as its contact.
    """
    lock_people_and_units(work, unit_ids)
    return claim_due(work, config, frozenset(unit_ids))


def due_units(view: View, config: Config) -> frozenset[int]:
    """Return the units of which something is due now."""
    return frozenset(
        turn.slot.unit.id for turn in _turns(view, config, known_deadlines(view, config), None)
    )


def claim_due(
    work: runs.Claiming, config: Config, unit_ids: frozenset[int]
) -> dict[int, list[Thing]]:
    """Claim what is due of the units; return what each person is to be told."""
    if not ladder.may_send(config, work.now):
        return {}
    told: dict[int, list[Thing]] = {}
    for turn in _turns(work, config, known_deadlines(work, config), unit_ids):
        _claim_dropped(work, turn)
        step = turn.decision.send
        if step is None or not _claim_step(work, turn, step):
            continue
        for person_id in turn.people:
            things = told.setdefault(person_id, [])
            if not any(thing.slot.key == turn.slot.key for thing in things):
                things.append(Thing(turn.slot, step, turn.for_head))
    today = local_today(work, config).isoformat()
    return {
        person_id: things
        for person_id, things in sorted(told.items())
        if runs.claim(work, MESSAGES, person_scope(person_id), today)
    }


def _turns(
    view: View, config: Config, known: Sequence[Deadline], only: frozenset[int] | None
) -> list[Turn]:
    """Return what is due, of the units `only` (None: of all), without whoever must wait.

    For all units only the last step of a ladder is looked up: once that is noted, all are.
    """
    begun = [one for one in known if any(_ladders(config, one, view.now))]
    owing = [slot for one in owed(view, config, begun, only) for slot in one.slots]
    if only is not None:
        owing = [slot for slot in owing if slot.unit.id in only]
    own = {slot.deadline.edition: slot.deadline for slot in owing}
    ladders = {edition: _ladders(config, one, view.now) for edition, one in own.items()}
    noted = _noted(view, ladders, owing, all_steps=only is not None)
    bound = _by_unit(bindings(view, None if only is None else sorted(only)))
    turns = []
    for slot in owing:
        if slot.is_settled or not is_open(slot.unit, view.now):
            continue
        scope = scope_of(slot.deadline, slot.unit)
        for steps, for_head in zip(ladders[slot.deadline.edition], (False, True), strict=True):
            if not steps or (scope, key_of(slot.deadline, steps[-1].name)) in noted:
                continue
            turn = _turn(slot, steps, noted, bound, for_head=for_head, now=view.now)
            if not turn.decision.is_empty:
                turns.append(turn)
    today = local_today(view, config)
    snoozing = {person_scope(person_id) for person_id in snoozing_on(view, today)}
    return _without_the_reminded(turns, reminded_on(view, today) | snoozing)


def _noted(
    view: View, ladders: Ladders, owing: Sequence[Slot], *, all_steps: bool
) -> set[tuple[str, str]]:
    shown = slice(None) if all_steps else slice(-1, None)
    keys = {
        key_of(deadline, step.name)
        for deadline in {slot.deadline.edition: slot.deadline for slot in owing}.values()
        for steps in ladders[deadline.edition]
        for step in steps[shown]
    }
    scopes = {scope_of(slot.deadline, slot.unit) for slot in owing} if all_steps else None
    return steps_noted(view, keys, scopes)


def _turn(
    slot: Slot,
    steps: Sequence[Step],
    noted: set[tuple[str, str]],
    bound: Mapping[int, Sequence[Binding]],
    *,
    for_head: bool,
    now: datetime,
) -> Turn:
    scope = scope_of(slot.deadline, slot.unit)
    names = {step.name for step in steps if (scope, key_of(slot.deadline, step.name)) in noted}
    decision = ladder.decide(
        steps, deadline=slot.deadline, noted=names, opened_at=slot.unit.opened_at, now=now
    )
    role = Role.unit_head if for_head else Role.contact
    holders = [one for one in bound.get(slot.unit.id, ()) if one.role is role]
    return Turn(slot, decision, for_head, _told(slot, decision, holders), len(holders))


def _told(slot: Slot, decision: Decision, holders: Sequence[Binding]) -> tuple[int, ...]:
    """Return who is told: all who can be reached, or only the first of them (ORG-06).

    The second contact (B 角) is told from the step on that the ladder names, and of every step
    while the first one cannot be reached.
    """
    people = tuple(dict.fromkeys(one.person_id for one in holders if one.reachable))
    rule, step = slot.deadline.rule, decision.send
    if rule is None or step is None or step.name == ladder.HEAD:
        return people
    return people if ladder.is_for_second(rule, step) else people[:1]


def _ladders(
    config: Config, deadline: Deadline, now: datetime
) -> tuple[Sequence[Step], Sequence[Step]]:
    rule = deadline.rule
    if rule is None:
        return (), ()
    return (
        ladder.contact_steps(config, rule, deadline, until=now),
        ladder.head_steps(config, rule, deadline, until=now),
    )


def _by_unit(bound: Iterable[Binding]) -> dict[int, list[Binding]]:
    found: dict[int, list[Binding]] = {}
    for one in bound:
        found.setdefault(one.unit_id, []).append(one)
    return found


def _without_the_reminded(turns: Sequence[Turn], reminded: set[str]) -> list[Turn]:
    waiting = {
        turn.slot.unit.id
        for turn in turns
        if any(person_scope(person_id) in reminded for person_id in turn.people)
    }
    return [turn for turn in turns if turn.slot.unit.id not in waiting]


def _claim_dropped(work: runs.Claiming, turn: Turn) -> None:
    for one in turn.decision.dropped:
        key = key_of(turn.slot.deadline, one.step.name)
        runs.claim(work, STEPS, turn.scope, key, state=one.state, reason=one.reason)


def _claim_step(work: runs.Claiming, turn: Turn, step: Step) -> bool:
    key = key_of(turn.slot.deadline, step.name)
    if turn.people:
        return runs.claim(work, STEPS, turn.scope, key)
    reason = UNREACHABLE if turn.bound else NOBODY
    runs.claim(work, STEPS, turn.scope, key, state=RunState.not_needed, reason=reason)
    return False


def _batches(turns: Sequence[Turn]) -> list[tuple[int, ...]]:
    """Return the units of `turns` in batches; units that share a person are in one batch.

    So everything that a person is to be told is in one transaction with the person's message.
    """
    groups: list[tuple[set[int], set[int]]] = []
    for turn in turns:
        units, people = {turn.slot.unit.id}, set(turn.people)
        apart = []
        for group in groups:
            if group[0] & units or group[1] & people:
                units |= group[0]
                people |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (units, people)]
    return _joined([units for units, _ in groups])


def _joined(groups: Iterable[set[int]]) -> list[tuple[int, ...]]:
    batches: list[set[int]] = []
    for units in groups:
        if batches and len(batches[-1]) + len(units) <= _UNITS_AT_ONCE:
            batches[-1] |= units
        else:
            batches.append(set(units))
    return [tuple(sorted(units)) for units in batches]
