"""To whom a digest is to go now: each person once a week, up to a day late."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import String, cast, exists, literal, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.digests.content import READERS
from bot.features.digests.weeks import (
    LATE_HOURS,
    Week,
    earlier_keys,
    is_too_late,
    latest_week,
    moments,
)
from bot.features.people.actor import Actor
from bot.features.people.models import Grant, Person
from bot.features.people.queries import reachable_of
from bot.features.runs import service as runs
from bot.features.runs.foresight import About, Foresight, Name, Planned
from bot.features.runs.models import JobRun, RunState

DIGESTS = "digest"
"""The kind under which digests are noted."""
ALL = "all"
"""The scope under which it is noted that a week is dealt with."""
TOO_LATE = "more than a day late"
UNREACHABLE = "cannot be reached"
NO_ROLE = "holds no role for a digest any more"
PAGE = 500
"""So many people are read at once."""
TOGETHER = 5
"""So many digests share a transaction: each costs a commit else, and more would hold up answers."""

_LOOK_BACK = 8
_PERSON = "person:"


@dataclass(frozen=True)
class Send:
    """The effect that sends a few people the digest of a week, in one transaction."""

    week: Week
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class Close:
    """The effect that notes a week as dealt with, sent or `too_late`."""

    key: str
    too_late: bool


Effect = Send | Close


def due(view: View, config: Config) -> list[Effect]:
    """Return what is to be done now, a page of people at most; two statements at most.

    It is asked again until nothing is left: so a week of 100,000 people is never held at once.
    """
    week = latest_week(config, view.now)
    keys = [week.key, *earlier_keys(config, week, count=_LOOK_BACK)]
    closed = {key for _, key in runs.noted(view, DIGESTS, keys, scopes=[ALL])}
    if week.key in closed:
        return []
    missed: list[Effect] = [Close(key, too_late=True) for key in _missed(keys[1:], closed)]
    if is_too_late(week, view.now):
        return [*missed, Close(week.key, too_late=True)]
    people = recipients(view, week, most=PAGE)
    sends = [
        Send(week, tuple(people[at : at + TOGETHER])) for at in range(0, len(people), TOGETHER)
    ]
    if len(people) == PAGE:
        return [*missed, *sends]
    return [*missed, *sends, Close(week.key, too_late=False)]


def each_recipient(view: View, week: Week) -> Iterator[int]:
    """Yield who gets the digest of `week` and has not had it, as `due` asks, page by page."""
    after = 0
    while people := recipients(view, week, after=after, most=PAGE):
        yield from people
        after = people[-1]


def recipients(view: View, week: Week, *, after: int = 0, most: int) -> list[int]:
    """Return who gets the digest of `week` and has not had it, at most `most` beyond `after`.

    Those are who held a role with a digest when it was due; one statement, in the order of ids.
    """
    scope = literal(_PERSON).concat(cast(Grant.person_id, String))
    had = exists().where(
        JobRun.kind == DIGESTS, JobRun.scope == scope, JobRun.period_key == week.key
    )
    found = view.session.scalars(
        select(Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.person_id > after,
            Grant.role.in_(sorted(READERS)),
            Grant.revoked_at.is_(None),
            Grant.granted_at <= week.at,
            Person.telegram_id.is_not(None),
            ~had,
        )
        .distinct()
        .order_by(Grant.person_id)
        .limit(most)
    )
    return list(found)


def may_read(actor: Actor) -> bool:
    """Tell whether the actor still holds a role that has a digest."""
    return bool(actor.roles & READERS)


def take(work: Work, week: Week, person: Person, actor: Actor) -> bool:
    """Claim the digest of `week` for a person; False when it is done, too late or of no use."""
    reachable = person.telegram_id is not None and person.unreachable_at is None
    return _claim(work, week, person.id, reads=may_read(actor), reachable=reachable)


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the digests from now until `until`, by what sends them, a page of people at a time."""
    for moment in moments(config, view.now, until):
        then = view.at(moment)
        effects = due(then, config)
        closing = [effect for effect in effects if isinstance(effect, Close)]
        week = latest_week(config, moment)
        if any(isinstance(effect, Send) for effect in effects):
            yield from _foreseen(then, week)
            closing = [*(one for one in closing if one.too_late), Close(week.key, too_late=False)]
        for effect in closing:
            close(then, effect)
    yield from _put_off(view, config, until)


def _foreseen(view: Foresight, week: Week) -> Iterator[Planned]:
    people = each_recipient(view, week)
    while page := list(islice(people, PAGE)):
        reached = reachable_of(view, page)
        for person_id in page:
            if _claim(view, week, person_id, reads=True, reachable=person_id in reached):
                name = (DIGESTS, scope_of(person_id), week.key)
                yield _planned(view, week, person_id, name)


def _put_off(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the digests that the office moved to a later time."""
    waiting = [(person_of(name[1]), name, at) for name, at in view.put_off(DIGESTS, until)]
    people = [person_id for person_id, _, _ in waiting]
    reached = reachable_of(view, people) if people else set()
    reading = _readers(view, people) if people else set()
    for person_id, name, at in waiting:
        then, week = view.at(at), latest_week(config, at)
        reads, reachable = person_id in reading, person_id in reached
        if week.key == name[2] and _claim(then, week, person_id, reads=reads, reachable=reachable):
            yield _planned(then, week, person_id, name)


def _planned(view: Foresight, week: Week, person_id: int, name: Name) -> Planned:
    before = week.at + timedelta(hours=LATE_HOURS)
    about = (About(week.key, ALL),)
    return Planned(DIGESTS, person_id, view.now, about, (name,), before=before)


def _readers(view: View, people: Collection[int]) -> set[int]:
    found = view.session.scalars(
        select(Grant.person_id).where(
            Grant.person_id.in_(people), Grant.role.in_(sorted(READERS)), Grant.revoked_at.is_(None)
        )
    )
    return set(found)


def _claim(
    work: runs.Claiming, week: Week, person_id: int, *, reads: bool, reachable: bool
) -> bool:
    state, reason = _fate(week, work.now, reads=reads, reachable=reachable)
    claimed = runs.claim(work, DIGESTS, scope_of(person_id), week.key, state=state, reason=reason)
    return claimed and state is RunState.done


def close(work: runs.Claiming, effect: Close) -> None:
    """Note that a week is dealt with."""
    state = RunState.too_late if effect.too_late else RunState.done
    reason = TOO_LATE if effect.too_late else None
    runs.claim(work, DIGESTS, ALL, effect.key, state=state, reason=reason)


def scope_of(person_id: int) -> str:
    """Return whom a digest is for, as it is noted."""
    return f"{_PERSON}{person_id}"


def person_of(scope: str) -> int:
    """Return whom a digest is for, from how it is noted."""
    return int(scope.removeprefix(_PERSON))


def _fate(
    week: Week, now: datetime, *, reads: bool, reachable: bool
) -> tuple[RunState, str | None]:
    if is_too_late(week, now):
        return RunState.too_late, TOO_LATE
    if not reads:
        return RunState.not_needed, NO_ROLE
    if not reachable:
        return RunState.not_needed, UNREACHABLE
    return RunState.done, None


def _missed(earlier: Sequence[str], closed: Collection[str]) -> list[str]:
    """Return the weeks since the last one that was dealt with; none before the first of all."""
    last = next((number for number, key in enumerate(earlier) if key in closed), 0)
    return list(reversed(earlier[:last]))
