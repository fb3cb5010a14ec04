"""The rules of who may sign up for what, without a database (VOL-02, VOL-11).

`bot.features.posts.eligibility` reads what they look at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.config.campaign import PostKind
from bot.core.dates import local_day, start_of
from bot.core.errors import NotFound
from bot.features.posts.ineligible import (
    AdultsOnly,
    GuardianNeeded,
    Ineligible,
    NobodyToBring,
    NoMinorsAtNight,
    TooEarly,
    TooLittleRest,
    TooManyCompanions,
    TooManyHours,
    TooManyInAWeek,
)
from bot.features.posts.models import Post
from bot.features.posts.rules import most_companions

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Held:
    """A post at which somebody has a place, or is offered one."""

    post_id: int
    group_id: int | None
    kind: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Applicant:
    """What the rules look at of a person: `guardian_held` are the places of a minor's guardian."""

    person_id: int
    minor: bool = False
    team: str | None = None
    held: tuple[Held, ...] = ()
    guardian_held: tuple[Held, ...] = ()


class _About(TypedDict):
    wanted_id: int
    person_id: int


def refusal(
    who: Applicant, post: Post, *, size: int, now: datetime, config: Config
) -> Ineligible | None:
    """Return the first rule that keeps `who` from a place for `size` people; None for none."""
    about: _About = {"wanted_id": post.id, "person_id": who.person_id}
    return (
        too_many(who, post, size, config)
        or _minor(who, post, about, config)
        or _advance(post, now, about, config)
        or (None if is_lecture(post.kind, config) else _load(who, post, about, config))
    )


def is_lecture(kind: str, config: Config) -> bool:
    """Tell whether posts of a kind have seats for citizens; unknown kinds have none (VOL-07)."""
    try:
        return config.post_kind(kind).lecture
    except NotFound:
        return False


def too_many(who: Applicant, post: Post, size: int, config: Config) -> Ineligible | None:
    """Return the rule that keeps `who` from coming with `size` people; a minor brings nobody."""
    most = 0 if who.minor else most_companions(post, config)
    if 1 <= size <= most + 1:
        return None
    about: _About = {"wanted_id": post.id, "person_id": who.person_id}
    return TooManyCompanions(**about, most=most) if most else NobodyToBring(**about)


def _minor(who: Applicant, post: Post, about: _About, config: Config) -> Ineligible | None:
    if not who.minor:
        return None
    kind = _kind(post, config)
    if kind is not None and kind.adults_only:
        return AdultsOnly(**about, kind=kind.name)
    night = config.posts.signing.night
    if _reaches_into_night(post, config):
        return NoMinorsAtNight(**about, start=night.start, end=night.end)
    schools = {team.slug for team in config.volunteer_teams if team.school}
    if who.team in schools or any(is_with(one, post) for one in who.guardian_held):
        return None
    return GuardianNeeded(**about)


def _kind(post: Post, config: Config) -> PostKind | None:
    try:
        return config.post_kind(post.kind)
    except NotFound:
        return None


def is_with(held: Held, post: Post) -> bool:
    """Tell whether who holds a place is there all the time that `post` lasts."""
    same = held.post_id == post.id or (post.group_id is not None and held.group_id == post.group_id)
    around = held.starts_at <= post.starts_at and post.ends_at <= held.ends_at
    return same or (held.place == post.place and around)


def _reaches_into_night(post: Post, config: Config) -> bool:
    night, zone = config.posts.signing.night, config.time.zone_info
    if night.start == night.end:
        return False
    day = local_day(post.starts_at, zone) - _DAY
    while start_of(day, zone) < post.ends_at:
        last = day if night.start < night.end else day + _DAY
        begins, ends = start_of(day, zone, night.start), start_of(last, zone, night.end)
        if begins < post.ends_at and post.starts_at < ends:
            return True
        day += _DAY
    return False


def _advance(post: Post, now: datetime, about: _About, config: Config) -> Ineligible | None:
    days = config.posts.signing.advance_days
    if days is None:
        return None
    zone = config.time.zone_info
    opens = local_day(post.starts_at, zone) - timedelta(days=days)
    return TooEarly(**about, days=days, opens=opens) if local_day(now, zone) < opens else None


def _load(who: Applicant, post: Post, about: _About, config: Config) -> Ineligible | None:
    """Weigh a post against the others of the person; seats at lectures are no service."""
    others = [
        one for one in who.held if one.post_id != post.id and not is_lecture(one.kind, config)
    ]
    return (
        _rest(others, post, about, config)
        or _hours(others, post, about, config)
        or _week(others, post, about, config)
    )


def _rest(others: Sequence[Held], post: Post, about: _About, config: Config) -> Ineligible | None:
    needed = timedelta(minutes=config.posts.signing.rest_minutes)
    for one in others:
        gap = max(one.starts_at - post.ends_at, post.starts_at - one.ends_at)
        if timedelta(0) <= gap < needed:
            return TooLittleRest(
                **about,
                place=one.place,
                minutes=gap // timedelta(minutes=1),
                needed=config.posts.signing.rest_minutes,
            )
    return None


def _hours(others: Sequence[Held], post: Post, about: _About, config: Config) -> Ineligible | None:
    most = config.posts.signing.hours_per_day
    if most is None:
        return None
    zone = config.time.zone_info
    for day, length in _by_day(post.starts_at, post.ends_at, zone):
        there = [
            part
            for one in others
            for other_day, part in _by_day(one.starts_at, one.ends_at, zone)
            if other_day == day
        ]
        total = sum(there, length)
        if total > most * _HOUR:
            return TooManyHours(**about, most=most, day=day, hours=f"{total / _HOUR:.1f}")
    return None


def _week(others: Sequence[Held], post: Post, about: _About, config: Config) -> Ineligible | None:
    most = config.posts.signing.posts_per_week
    if most is None:
        return None
    zone = config.time.zone_info
    monday = _monday(post.starts_at, zone)
    held = sum(_monday(one.starts_at, zone) == monday for one in others)
    return TooManyInAWeek(**about, most=most, held=held) if held >= most else None


def _monday(moment: datetime, zone: ZoneInfo) -> date:
    day = local_day(moment, zone)
    return day - timedelta(days=day.weekday())


def _by_day(
    starts_at: datetime, ends_at: datetime, zone: ZoneInfo
) -> Iterator[tuple[date, timedelta]]:
    """Yield how long a stretch lasts on each local day that it touches."""
    day = local_day(starts_at, zone)
    while start_of(day, zone) < ends_at:
        begins = max(starts_at, start_of(day, zone))
        yield day, min(ends_at, start_of(day + _DAY, zone)) - begins
        day += _DAY
