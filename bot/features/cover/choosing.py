"""Whom to ask: who is free and fits, the least recently asked first, and why not the others.

Three statements, however many people there are.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View
from bot.features.cover.models import CoverAsk
from bot.features.cover.rules import week_around
from bot.features.people.models import Grant, Person
from bot.features.posts.eligibility import applicants
from bot.features.posts.eligible import Applicant, refusal
from bot.features.posts.models import HOLDING, Post, PostState, Signup, SignupState
from bot.features.posts.rules import overlap_minutes

VOLUNTEERS = frozenset({Role.volunteer, Role.team_lead, Role.post_lead})
"""Who is asked to stand at posts; citizens come to lectures only."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Spared(StrEnum):
    """Why somebody is not asked; the first that holds counts."""

    there = "there"
    asked = "asked"
    unreachable = "unreachable"
    resting = "resting"
    weekly = "weekly"
    busy = "busy"
    unfit = "unfit"


@dataclass(frozen=True)
class Wanted:
    """For what people are looked for.

    `from_id` is the post whose holders are asked to swap, with places for `size` people; None asks
    all volunteers. `not_id` is whose place it is.
    """

    post: Post
    from_id: int | None = None
    size: int = 1
    not_id: int | None = None


@dataclass(frozen=True)
class Candidates:
    """Who may be asked, best first, and how many others are spared for which reason."""

    fit: Sequence[int]
    spared: Mapping[Spared, int]


def choose(
    view: View, wanted: Wanted, config: Config, *, among: Collection[int] | None = None
) -> Candidates:
    """Return whom to ask, best first; `among` None looks at everybody.

    First come those in the post's line, then those of its team, then who stood at such a post
    before; among equals whoever was asked longest ago.
    """
    people = view.session.execute(_people(view, wanted, config, among)).all()
    ids = [row.id for row in people]
    post = wanted.post
    known = applicants(view, ids, since=post.starts_at, until=post.ends_at, config=config)
    spared: Counter[Spared] = Counter()
    fit = []
    for row in people:
        reason = _spared(row, known.get(row.id), wanted, view.now, config)
        if reason is None:
            fit.append(row)
        else:
            spared[reason] += 1
    fit.sort(
        key=lambda row: (
            not row.waits,
            post.team is None or row.team != post.team,
            not row.did_such,
            row.last_asked or _NEVER,
            row.id,
        )
    )
    return Candidates([row.id for row in fit], spared)


def _people(
    view: View, wanted: Wanted, config: Config, among: Collection[int] | None
) -> Select[Any]:
    start, end = week_around(view.now, config.time.zone_info)
    asks = select(func.count()).where(
        CoverAsk.person_id == Person.id, CoverAsk.at >= start, CoverAsk.at < end
    )
    last = select(func.max(CoverAsk.at)).where(CoverAsk.person_id == Person.id)
    query = select(
        Person.id,
        Person.team,
        Person.unreachable_at,
        Person.no_asks_until,
        asks.correlate(Person).scalar_subquery().label("asks"),
        last.correlate(Person).scalar_subquery().label("last_asked"),
        _asked_for(wanted.post).label("asked_before"),
        _stands_at(wanted.post).label("there"),
        _with_state(wanted.post, SignupState.waiting).label("waits"),
        _did_such(view, wanted.post).label("did_such"),
    ).where(
        Person.telegram_id.is_not(None),
        Person.forgotten_at.is_(None),
        Person.id != (wanted.not_id or 0),
        _of_whom(wanted),
    )
    return query if among is None else query.where(Person.id.in_(among))


def _of_whom(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.from_id is None:
        return exists().where(
            Grant.person_id == Person.id,
            Grant.role.in_(VOLUNTEERS),
            Grant.revoked_at.is_(None),
        )
    return exists().where(
        Signup.person_id == Person.id,
        Signup.post_id == wanted.from_id,
        Signup.state == SignupState.confirmed,
        Signup.size == wanted.size,
    )


def _asked_for(post: Post) -> ColumnElement[bool]:
    return exists().where(CoverAsk.person_id == Person.id, CoverAsk.post_id == post.id)


def _stands_at(post: Post) -> ColumnElement[bool]:
    return _with_state(post, *HOLDING) | (Person.id == (post.lead_person_id or 0))


def _with_state(post: Post, *states: SignupState) -> ColumnElement[bool]:
    return exists().where(
        Signup.person_id == Person.id, Signup.post_id == post.id, Signup.state.in_(states)
    )


def _did_such(view: View, post: Post) -> ColumnElement[bool]:
    other = aliased(Post)
    return exists().where(
        Signup.person_id == Person.id,
        Signup.state == SignupState.confirmed,
        and_(
            other.id == Signup.post_id,
            other.kind == post.kind,
            other.state.in_([PostState.published, PostState.closed]),
            other.ends_at <= view.now,
        ),
    )


def _spared(
    row: Row[Any], who: Applicant | None, wanted: Wanted, now: datetime, config: Config
) -> Spared | None:
    """Return the first reason for which a person is not asked; None for none."""
    reasons = {
        Spared.there: row.there,
        Spared.asked: row.asked_before,
        Spared.unreachable: row.unreachable_at is not None,
        Spared.resting: row.no_asks_until is not None and row.no_asks_until > now,
        Spared.weekly: row.asks >= config.posts.cover.asks_per_week,
    }
    first = next((reason for reason, holds in reasons.items() if holds), None)
    if first is not None:
        return first
    return Spared.unfit if who is None else _kept(who, wanted, now, config)


def _kept(who: Applicant, wanted: Wanted, now: datetime, config: Config) -> Spared | None:
    # What a swap gives up does not stand in the way.
    free = replace(who, held=tuple(one for one in who.held if one.post_id != wanted.from_id))
    if any(_overlaps(one.starts_at, one.ends_at, wanted.post) for one in free.held):
        return Spared.busy
    refused = refusal(free, wanted.post, size=wanted.size, now=now, config=config)
    return None if refused is None else Spared.unfit


def _overlaps(starts_at: datetime, ends_at: datetime, post: Post) -> bool:
    return overlap_minutes(starts_at, ends_at, post.starts_at, post.ends_at) > 0
