"""More time for one unit: asked for with a reason, granted or refused by the office (TIME-15)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.deadlines import ladder
from bot.features.deadlines.access import access_unit, find_known_deadline
from bot.features.deadlines.errors import (
    ExtensionAnswered,
    ExtensionDayGone,
    ExtensionDayNeeded,
    ExtensionMoot,
    ExtensionNotLonger,
    ExtensionTooLate,
    ExtensionUnneeded,
    ExtensionWaiting,
    NotOwed,
)
from bot.features.deadlines.facts import ExtensionAsked, ExtensionDecided
from bot.features.deadlines.filing import Where
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.deadlines.moot import end_wishes_unknown
from bot.features.deadlines.moving import supersede
from bot.features.deadlines.noting import STEPS, key_of, scope_of
from bot.features.deadlines.owing import Slot, known_deadlines, slots_of_units
from bot.features.deadlines.periods import Deadline
from bot.features.deadlines.rules import MOST_PART_UNITS, check_words
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.runs import service as runs
from bot.features.runs.models import RunState
from bot.features.units.models import Unit
from bot.features.units.rules import is_open

MOST_EXTENDED_DAYS = 92
"""More time is a quarter at the most; who needs longer asks again."""
TOLD_WITH_ANSWER = "told with the answer to the wish for more time"


@dataclass(frozen=True)
class ExtensionCard:
    """A wish for more time with what its card says around it.

    `slot` is how the unit stands now; None where it owes this no more, or is closed. `deadline` is
    None for what config.yaml does not know any more.
    """

    extension: Extension
    unit: Unit
    deadline: Deadline | None
    slot: Slot | None
    asked_by: str
    decided_by: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.extension.state is ExtensionState.asked


def check_may_ask(view: View, config: Config, where: Where) -> Slot:
    """Return the slot for which more time can be asked for.

    Raises NotOwed, ExtensionUnneeded, ExtensionTooLate, or ExtensionWaiting while one is asked for.
    """
    slot = find_own_slot(view, config, where)
    if slot is None:
        raise NotOwed
    if slot.is_settled:
        raise ExtensionUnneeded
    if view.now >= slot.deadline.ends_at:
        raise ExtensionTooLate
    wish = _find_waiting(view, where)
    if wish is not None:
        raise ExtensionWaiting(day=wish.wanted)
    return slot


def check_wanted(wanted: date, slot: Slot) -> date:
    """Return a day that is more time than the slot has. Raises ExtensionDayNeeded."""
    last = slot.deadline.last_day
    if not last < wanted <= last + timedelta(days=MOST_EXTENDED_DAYS):
        raise ExtensionDayNeeded(day=last, days=MOST_EXTENDED_DAYS)
    return wanted


def ask_extension(
    work: Work, where: Where, *, actor: Actor, config: Config, wanted: date, reason: str
) -> Extension:
    """Ask for more time until the day `wanted`; the office is told.

    The unit's row is held, so that there is one wish at a time. Raises NotYourUnit, WordsNeeded,
    WordsTooLong, ExtensionDayNeeded, and what `check_may_ask` raises.
    """
    words = check_words(reason, most_units=MOST_PART_UNITS)
    access_unit(work, where.unit_id, actor=actor)
    check_wanted(wanted, check_may_ask(work, config, where))
    row = Extension(
        obligation=where.obligation,
        period=where.period,
        unit_id=where.unit_id,
        state=ExtensionState.asked,
        open_key=_open_key(where),
        wanted=wanted,
        reason=words,
        asked_by=actor.person_id,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.tell(ExtensionAsked(row.id))
    record(work, "extension.asked", f"extension:{row.id}", actor_id=actor.person_id)
    return row


def grant_extension(work: Work, extension_id: int, *, actor: Actor, config: Config) -> Extension:
    """Give the unit the time that it asked for: its deadline is another one from now on.

    What was left of its ladder is superseded, and the steps that would be due already are not sent:
    the answer tells the new day. Raises NotAllowed, NotFound, ExtensionAnswered, ExtensionMoot,
    ExtensionNotLonger or ExtensionDayGone.
    """
    row = lock_for_answer(work, extension_id, actor=actor)
    where = where_of_extension(row)
    before = _open_slot(work, config, row)
    if before is None:
        raise ExtensionMoot
    if row.wanted <= before.deadline.last_day:
        raise ExtensionNotLonger(day=before.deadline.last_day)
    if row.wanted < local_day(work.now, config.time.zone_info) and not before.is_settled:
        raise ExtensionDayGone(day=row.wanted)
    row.day = row.wanted
    _decide(work, row, ExtensionState.granted, actor=actor)
    supersede(work, before.deadline, [before])
    after = find_own_slot(work, config, where)
    if after is not None:
        _note_past_steps(work, config, after)
    return row


def refuse_extension(work: Work, extension_id: int, *, actor: Actor, reason: str) -> Extension:
    """Refuse more time, with the reason. Raises as `grant_extension`, and WordsNeeded/TooLong."""
    words = check_words(reason, most_units=MOST_PART_UNITS)
    row = lock_for_answer(work, extension_id, actor=actor)
    row.answer = words
    _decide(work, row, ExtensionState.refused, actor=actor)
    return row


def waiting_extensions(view: View) -> list[int]:
    """Return the wishes of open units that wait for an answer, the oldest first."""
    found = view.session.execute(
        select(Extension.id, Unit)
        .join(Unit, Unit.id == Extension.unit_id)
        .where(Extension.state == ExtensionState.asked)
        .order_by(Extension.id)
    )
    return [number for number, unit in found if is_open(unit, view.now)]


def end_unknown(work: Work, config: Config) -> None:
    """End the wishes for what `config` asks of their units no more (TIME-15)."""
    gone = [
        number
        for number in waiting_extensions(work)
        if find_own_slot(work, config, where_of_extension(work.session.get_one(Extension, number)))
        is None
    ]
    if gone:
        end_wishes_unknown(work, gone)


def extension_card(view: View, config: Config, extension_id: int) -> ExtensionCard:
    """Return a wish as its card shows it. Raises NotFound."""
    row = view.session.get(Extension, extension_id)
    if row is None:
        raise NotFound
    asked_by = view.session.get(Person, row.asked_by)
    decided_by = None if row.decided_by is None else view.session.get(Person, row.decided_by)
    return ExtensionCard(
        row,
        view.session.get_one(Unit, row.unit_id),
        _any_deadline(view, config, row),
        _open_slot(view, config, row),
        asked_by="" if asked_by is None else asked_by.name,
        decided_by="" if decided_by is None else decided_by.name,
    )


def find_own_slot(view: View, config: Config, where: Where) -> Slot | None:
    """Return what the unit owes as it is for it now; None when it does not owe it."""
    deadline = find_known_deadline(view, config, where.obligation, where.period)
    if deadline is None:
        return None
    return next(iter(slots_of_units(view, config, [deadline], [where.unit_id])), None)


def where_of_extension(row: Extension) -> Where:
    """Return what more time is asked for."""
    return Where(row.obligation, row.period, row.unit_id)


def lock_for_answer(work: Work, extension_id: int, *, actor: Actor) -> Extension:
    """Return a wish that waits, held. Raises NotAllowed, NotFound or ExtensionAnswered."""
    actor.check(Role.coordinator)
    row = work.session.get(Extension, extension_id)
    if row is None:
        raise NotFound
    # The unit comes first, as where its people ask and file.
    work.session.scalar(
        select(Unit.id).where(Unit.id == row.unit_id).with_for_update(key_share=True)
    )
    work.session.refresh(row, with_for_update=True)
    if row.state is not ExtensionState.asked:
        raise ExtensionAnswered
    return row


def _open_slot(view: View, config: Config, row: Extension) -> Slot | None:
    slot = find_own_slot(view, config, where_of_extension(row))
    return slot if slot is not None and is_open(slot.unit, view.now) else None


def _any_deadline(view: View, config: Config, row: Extension) -> Deadline | None:
    key = (row.obligation, row.period)
    known = known_deadlines(view, config, ended=True)
    return next((one for one in known if one.key == key), None)


def _decide(work: Work, row: Extension, state: ExtensionState, *, actor: Actor) -> None:
    row.state, row.open_key = state, None
    row.decided_by, row.decided_at = actor.person_id, work.now
    work.session.flush()
    work.tell(ExtensionDecided(row.id))
    record(work, f"extension.{state.value}", f"extension:{row.id}", actor_id=actor.person_id)


def _note_past_steps(work: Work, config: Config, slot: Slot) -> None:
    deadline, rule = slot.deadline, slot.deadline.rule
    if rule is None:
        return
    steps = [
        *ladder.contact_steps(config, rule, deadline, until=work.now),
        *ladder.head_steps(config, rule, deadline, until=work.now),
    ]
    scope = scope_of(deadline, slot.unit)
    effects = [
        runs.Effect(scope, key_of(deadline, one.name), RunState.superseded, TOLD_WITH_ANSWER)
        for one in steps
    ]
    if effects:
        runs.claim_many(work, STEPS, effects)


def _find_waiting(view: View, where: Where) -> Extension | None:
    found = view.session.scalars(select(Extension).where(Extension.open_key == _open_key(where)))
    return found.one_or_none()


def _open_key(where: Where) -> str:
    return f"{where.obligation}:{where.period}:{where.unit_id}"
