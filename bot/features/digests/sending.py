"""To whom a digest is to go now: each person once a week, up to a day late."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.digests.content import READERS
from bot.features.digests.weeks import Week, earlier_keys, is_too_late, latest_week
from bot.features.people.actor import Actor
from bot.features.people.models import Grant, Person
from bot.features.runs import service as runs
from bot.features.runs.models import RunState

DIGESTS = "digest"
"""The kind under which digests are noted."""
ALL = "all"
"""The scope under which it is noted that a week is dealt with."""
TOO_LATE = "more than a day late"
UNREACHABLE = "cannot be reached"

_LOOK_BACK = 8


@dataclass(frozen=True)
class Send:
    """The effect that sends one person the digest of a week."""

    week: Week
    person_id: int


@dataclass(frozen=True)
class Close:
    """The effect that notes a week as dealt with, sent or `too_late`."""

    key: str
    too_late: bool


Effect = Send | Close


def due(view: View, config: Config) -> list[Effect]:
    """Return what is to be done now; two statements at most."""
    week = latest_week(config, view.now)
    keys = [week.key, *earlier_keys(config, week, count=_LOOK_BACK)]
    noted = runs.noted(view, DIGESTS, keys)
    closed = {key for scope, key in noted if scope == ALL}
    if week.key in closed:
        return []
    missed: list[Effect] = [Close(key, too_late=True) for key in _missed(keys[1:], closed)]
    if is_too_late(week, view.now):
        return [*missed, Close(week.key, too_late=True)]
    had = {scope for scope, key in noted if key == week.key}
    people = [person for person in recipients(view, week) if scope_of(person) not in had]
    return [
        *missed,
        *(Send(week, person_id) for person_id in people),
        Close(week.key, too_late=False),
    ]


def recipients(view: View, week: Week) -> list[int]:
    """Return who gets the digest of `week`: who held a role with a digest when it was due."""
    found = view.session.scalars(
        select(Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.role.in_(sorted(READERS)),
            Grant.revoked_at.is_(None),
            Grant.granted_at <= week.at,
            Person.telegram_id.is_not(None),
        )
        .distinct()
        .order_by(Grant.person_id)
    )
    return list(found)


def may_read(actor: Actor) -> bool:
    """Tell whether the actor still holds a role that has a digest."""
    return bool(actor.roles & READERS)


def take(work: Work, week: Week, person: Person) -> bool:
    """Claim the digest of `week` for a person; False when it is done, too late or of no use."""
    if is_too_late(week, work.now):
        return False
    reachable = person.telegram_id is not None and person.unreachable_at is None
    claimed = runs.claim(
        work,
        DIGESTS,
        scope_of(person.id),
        week.key,
        state=RunState.done if reachable else RunState.not_needed,
        reason=None if reachable else UNREACHABLE,
    )
    return claimed and reachable


def close(work: Work, effect: Close) -> None:
    """Note that a week is dealt with."""
    state = RunState.too_late if effect.too_late else RunState.done
    reason = TOO_LATE if effect.too_late else None
    runs.claim(work, DIGESTS, ALL, effect.key, state=state, reason=reason)


def scope_of(person_id: int) -> str:
    """Return whom a digest is for, as it is noted."""
    return f"person:{person_id}"


def _missed(earlier: Sequence[str], closed: set[str]) -> list[str]:
    """Return the weeks since the last one that was dealt with; none before the first of all."""
    last = next((number for number, key in enumerate(earlier) if key in closed), 0)
    return list(reversed(earlier[:last]))
