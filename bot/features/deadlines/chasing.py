"""Reminding by hand, and wanting no more reminders today (TIME-15)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.board import boards
from bot.features.deadlines.errors import RemindedToday
from bot.features.deadlines.facts import MissingReminded
from bot.features.deadlines.models import Snooze
from bot.features.deadlines.owing import local_today
from bot.features.people.actor import Actor
from bot.features.runs.service import claim, noted

CHASES = "chase"
"""The kind under which it is noted that the missing of a period were reminded on a day."""


@dataclass(frozen=True)
class Chase:
    """How many units and people were reminded, and how many could not or did not want to be."""

    units: int
    people: int
    unbound: int
    unreachable: int
    snoozed: int


def remind_missing(
    work: Work, obligation_id: str, period: str, *, actor: Actor, config: Config
) -> Chase:
    """Remind exactly those who have not filed, once a day however often it is pressed.

    Raises NotAllowed, NotFound or RemindedToday.
    """
    actor.check(Role.coordinator)
    deadline = get_deadline(work, config, obligation_id, period)
    today = local_today(work, config)
    if not claim(work, CHASES, f"{obligation_id}:{period}", today.isoformat()):
        raise RemindedToday
    board = boards(work, config, [deadline])[0]
    bound = [one for slot in board.missing for one in board.contacts.get(slot.unit.id, ())]
    reachable = {one.person_id for one in bound if one.reachable}
    snoozed = reachable & snoozing_on(work, today)
    people = reachable - snoozed
    units = {one.unit_id for one in bound if one.person_id in people}
    if people:
        work.tell(
            MissingReminded(obligation_id, period, tuple(sorted(people)), tuple(sorted(units)))
        )
    record(
        work,
        "deadline.remind",
        f"deadline:{obligation_id}:{period}",
        actor_id=actor.person_id,
        people=len(people),
    )
    return Chase(
        units=len(units),
        people=len(people),
        unbound=len(board.unbound),
        unreachable=len({one.person_id for one in bound} - reachable),
        snoozed=len(snoozed),
    )


def was_reminded(view: View, obligation_id: str, period: str, today: date) -> bool:
    """Tell whether the missing of a period were reminded by hand on `today`."""
    return (f"{obligation_id}:{period}", today.isoformat()) in noted(
        view, CHASES, [today.isoformat()]
    )


def snooze(work: Work, *, actor: Actor, config: Config) -> None:
    """Let the actor have no further reminder today; pressing it again changes nothing."""
    row = {"person_id": actor.person_id, "day": local_today(work, config)}
    insert_missing(work.session, Snooze, [row], key=("person_id", "day"))


def snoozing_on(view: View, day: date) -> set[int]:
    """Return who wants no further reminder on `day`."""
    return set(view.session.scalars(select(Snooze.person_id).where(Snooze.day == day)))
