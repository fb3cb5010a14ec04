"""Deadlines that were moved: what was left of their ladders is superseded, all hear of it once."""

from collections.abc import Sequence
from datetime import date

from bot.config import Config, step_name
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.errors import NotMoved
from bot.features.deadlines.expiry import cancel_waiting, cancel_waiting_for, context_of
from bot.features.deadlines.facts import AskedLess, DeadlineMoved
from bot.features.deadlines.models import DeadlineMove
from bot.features.deadlines.moot import end_wishes_not_owed
from bot.features.deadlines.noting import MOVED, STEPS, key_of, scope_of
from bot.features.deadlines.owing import Slot, known_deadlines, local_today, owed, unmoved_deadlines
from bot.features.deadlines.periods import Deadline
from bot.features.deadlines.versions import keep_versions
from bot.features.obligations.service import end
from bot.features.people.actor import Actor
from bot.features.runs import service as runs
from bot.features.runs.models import RunState

ENDED = "the obligation was ended"


def keep(work: Work, config: Config) -> None:
    """Keep new and moved deadlines; what was left of a moved one's ladder is superseded."""
    moved = keep_versions(work, known_deadlines(work, config))
    for before, now in moved:
        slots = owed(work, config, [now])[0].slots
        supersede(work, before, slots)
        work.tell(
            DeadlineMoved(*now.key, now.version, now.moved_from or now.last_day, now.last_day)
        )


def move_deadline(
    work: Work, config: Config, key: tuple[str, str], last_day: date, *, actor: Actor
) -> None:
    """Move a period's deadline for all; who has not filed is told once, old reminders end.

    Raises NotAllowed, NotFound or NotMoved.
    """
    actor.check(Role.coordinator)
    deadline = get_deadline(work, config, *key)
    if last_day == deadline.last_day or last_day < local_today(work, config):
        raise NotMoved
    keep(work, config)
    before = next(one for one in unmoved_deadlines(work, config) if one.key == key)
    work.session.add(
        DeadlineMove(
            obligation=key[0],
            period=key[1],
            from_day=before.last_day,
            last_day=last_day,
            moved_by=actor.person_id,
            moved_at=work.now,
        )
    )
    work.session.flush()
    keep(work, config)
    record(
        work,
        "deadline.moved",
        f"deadline:{key[0]}:{key[1]}",
        actor_id=actor.person_id,
        last_day=last_day.isoformat(),
    )


def supersede(work: Work, before: Deadline, slots: Sequence[Slot]) -> None:
    """Note the steps of a deadline that is no more, so that each of them has its reason."""
    rule = before.rule
    effects = [
        runs.Effect(
            scope_of(before, slot.unit),
            key_of(before, step_name(days)),
            RunState.superseded,
            MOVED,
        )
        for slot in slots
        for days in (() if rule is None else rule.ladder)
    ]
    if effects:
        runs.claim_many(work, STEPS, effects)
    obligation, period = before.key
    contexts = [context_of(obligation, slot.unit.slug, period) for slot in slots]
    cancel_waiting(work, contexts, MOVED)
    work.tell(AskedLess(obligation, period, tuple(slot.unit.id for slot in slots)))


def end_obligation(work: Work, obligation_id: str, *, actor: Actor, config: Config) -> None:
    """Ask for something no more; reminders of it that wait for Telegram are cancelled.

    Raises NotAllowed, NotFound or Ended.
    """
    known = known_deadlines(work, config)
    asked = [one for one in known if one.obligation.id == obligation_id and one.rule is not None]
    end(work, obligation_id, actor=actor)
    cancel_waiting_for(work, obligation_id, ENDED)
    end_wishes_not_owed(work, obligation_id, owing=(), by_person_id=actor.person_id)
    for one in owed(work, config, asked):
        units = tuple(slot.unit.id for slot in one.slots if not slot.is_settled)
        work.tell(AskedLess(*one.deadline.key, units))
