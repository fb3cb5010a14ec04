"""Posts in a series: the same at several places, days and hours; and copies of what was (VOL-01).

A series is laid out by itself, then sifted against what stands already, then made as one batch.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.places.queries import places_called
from bot.features.places.rules import key_of
from bot.features.posts.drafting import Group, NewPost, add_posts, begin_batch
from bot.features.posts.hours import Hours
from bot.features.posts.managing import check_places
from bot.features.posts.models import Post, PostBatch, PostState
from bot.features.posts.planerrors import DaysNotKnown, NothingToMake, TooManyPosts
from bot.features.workdays.models import DayKind
from bot.features.workdays.queries import days_between

MOST_POSTS = 200
"""Posts of one batch; of a post with roles each counts."""
_TAKING_PLACE = (PostState.draft, PostState.published)


class Days(StrEnum):
    """Which days of a span, by the working days that are known."""

    working = "working"
    off = "off"


@dataclass(frozen=True)
class RolePart:
    """One role of a post, None for a post without roles, and how many people it takes."""

    role: str | None
    minimum: int
    capacity: int


@dataclass(frozen=True)
class Pattern:
    """What every post of a series has; its days, hours and places are those of each."""

    kind: str
    places: Sequence[str]
    days: Sequence[date]
    hours: Sequence[Hours]
    parts: Sequence[RolePart]
    lead_person_id: int | None = None
    note: str | None = None
    companions: int = 0
    title: str | None = None
    speaker: str | None = None
    team: str | None = None
    plan_id: int | None = None


@dataclass(frozen=True)
class Sifted:
    """What of a series can be made.

    `free` posts stand alone; each of `clashing` meets a post that stands at its place at that
    time. `past` counts those that begin before now.
    """

    free: Sequence[Group]
    clashing: Sequence[tuple[Group, Post]]
    past: int

    def groups(self, *, overlapping: bool) -> list[Group]:
        """Return what is to be made, in order of time, with the clashing ones or without."""
        more = [group for group, _ in self.clashing] if overlapping else []
        return sorted([*self.free, *more], key=lambda group: group[0].starts_at)


def days_of(view: View, first: date, last: date, which: AbstractSet[int] | Days) -> list[date]:
    """Return the days from `first` to `last` that fall on these weekdays (Monday is 0).

    Working days and days off are those of the table. Raises DaysNotKnown for a year that is not
    published yet.
    """
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if not isinstance(which, Days):
        return [day for day in span if day.weekday() in which]
    known = days_between(view, first, last)
    unknown = next((day for day in span if day not in known), None)
    if unknown is not None:
        raise DaysNotKnown(year=unknown.year)
    work = which is Days.working
    return [day for day in span if (known[day].kind is DayKind.working) is work]


def lay_out(pattern: Pattern, zone: ZoneInfo) -> list[Group]:
    """Return the posts of a series, in order of time; roles of one post stand together."""
    return [
        _roles(pattern, place, *hours.on(day, zone))
        for day in pattern.days
        for hours in sorted(pattern.hours)
        for place in pattern.places
    ]


def copies(groups: Sequence[Sequence[Post]], *, days: int, zone: ZoneInfo) -> list[Group]:
    """Return these posts so many days later, at the same local times."""
    return [[_copy(post, days, zone) for post in group] for group in groups]


def posts_of_week(view: View, monday: date, zone: ZoneInfo) -> list[Sequence[Post]]:
    """Return what stood in the week from `monday`, drafts and cancelled posts left out."""
    found = view.session.scalars(
        select(Post)
        .where(
            Post.state.in_((PostState.published, PostState.closed)),
            Post.starts_at >= start_of(monday, zone),
            Post.starts_at < start_of(monday + timedelta(days=7), zone),
        )
        .order_by(Post.starts_at, Post.id)
    )
    groups: dict[int, list[Post]] = {}
    for post in found:
        groups.setdefault(post.group_id or post.id, []).append(post)
    return list(groups.values())


def sift(view: View, groups: Sequence[Group]) -> Sifted:
    """Return what of `groups` can be made now, and what stands in the way of the others."""
    coming = [group for group in groups if group[0].starts_at > view.now]
    standing = _standing(view, coming)
    free: list[Group] = []
    clashing: list[tuple[Group, Post]] = []
    for group in coming:
        first = group[0]
        near = standing.get(key_of(first.place), ())
        other = next((post for post in near if _overlap(first, post)), None)
        if other is None:
            free.append(group)
        else:
            clashing.append((group, other))
    return Sifted(free, clashing, past=len(groups) - len(coming))


def make_batch(
    work: Work,
    *,
    actor: Actor,
    groups: Sequence[Group],
    what: str,
    given: Mapping[str, Any] | None,
    state: PostState,
    config: Config,
) -> tuple[PostBatch, list[Post]]:
    """Make the posts as one batch, published or as drafts.

    Raises NothingToMake for none, TooManyPosts, TooManyPlaces, and what `add_posts` raises.
    """
    check_amount(groups)
    for group in groups:
        for one in group:
            check_places(one.capacity, config)
    batch = begin_batch(work, actor=actor, what=what, given=given)
    posts = add_posts(work, actor=actor, groups=groups, state=state, batch=batch)
    return batch, posts


def check_amount(groups: Sequence[Group]) -> None:
    """Raise NothingToMake for no posts, and TooManyPosts for more than go in one batch."""
    total = sum(len(group) for group in groups)
    if not total:
        raise NothingToMake
    if total > MOST_POSTS:
        raise TooManyPosts(posts=total, most=MOST_POSTS)


def _roles(pattern: Pattern, place: str, starts_at: datetime, ends_at: datetime) -> Group:
    return [
        NewPost(
            kind=pattern.kind,
            place=place,
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=part.capacity,
            minimum=part.minimum,
            role=part.role,
            lead_person_id=pattern.lead_person_id,
            note=pattern.note,
            companions=pattern.companions,
            title=pattern.title,
            speaker=pattern.speaker,
            team=pattern.team,
            plan_id=pattern.plan_id,
        )
        for part in pattern.parts
    ]


def _copy(post: Post, days: int, zone: ZoneInfo) -> NewPost:
    same = NewPost(
        kind=post.kind,
        place=post.place,
        starts_at=post.starts_at,
        ends_at=post.ends_at,
        capacity=post.capacity,
        minimum=post.minimum,
        companions=post.companions,
        role=post.role,
        title=post.title,
        speaker=post.speaker,
        unit_id=post.unit_id,
        team=post.team,
        plan_id=post.plan_id,
        note=post.note,
        lead_person_id=post.lead_person_id,
    )
    start, end = (_later(at, days, zone) for at in (post.starts_at, post.ends_at))
    return replace(same, starts_at=start, ends_at=end)


def _later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return start_of(local_day(at, zone) + timedelta(days=days), zone, local.time())


def _standing(view: View, groups: Sequence[Group]) -> dict[str, list[Post]]:
    """Return the posts at the places of `groups` during their span, by the places' keys."""
    if not groups:
        return {}
    places = places_called(view, {group[0].place for group in groups})
    keys = {place.id: key for key, place in places.items()}
    found = view.session.scalars(
        select(Post)
        .where(
            Post.state.in_(_TAKING_PLACE),
            Post.place_id.in_(keys),
            Post.starts_at < max(group[0].ends_at for group in groups),
            Post.ends_at > min(group[0].starts_at for group in groups),
        )
        .order_by(Post.starts_at, Post.id)
    )
    standing: dict[str, list[Post]] = {}
    for post in found:
        if post.place_id is not None:
            standing.setdefault(keys[post.place_id], []).append(post)
    return standing


def _overlap(one: NewPost, post: Post) -> bool:
    return one.starts_at < post.ends_at and post.starts_at < one.ends_at
