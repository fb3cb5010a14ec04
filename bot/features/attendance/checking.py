"""Checking in and out by oneself: by code, by QR code, by location (VOL-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.attendance import codes, rules
from bot.features.attendance.changing import (
    By,
    arrive,
    attendance_of,
    confirmed_signup,
    leave,
    note,
)
from bot.features.attendance.distance import metres_between
from bot.features.attendance.errors import (
    CodeIsWrong,
    GuessedTooOften,
    HasNoPlace,
    NoLocationHere,
    NotAnOwnLocation,
    NotCheckedIn,
    NothingToCheckInTo,
    NotPossibleNow,
    TooFarAway,
)
from bot.features.attendance.models import Attendance, How, Presence, WrongCheckIn
from bot.features.attendance.queries import open_posts
from bot.features.attendance.transitions import SERVED, Hand
from bot.features.people.actor import Actor
from bot.features.places.models import Place
from bot.features.posts.access import lock_person, lock_post, lock_posts
from bot.features.posts.errors import PostIsCancelled
from bot.features.posts.models import Post, PostState


@dataclass(frozen=True)
class Checked:
    """How a person stands with `post` now; `before` means that they stood so already.

    `size` is with how many people they were to come.
    """

    post: Post
    state: Presence
    present: int
    size: int
    in_at: datetime
    out_at: datetime | None
    before: bool = False


@dataclass(frozen=True)
class Point:
    """A location that a person sent, in degrees (WGS 84); `own` unless forwarded or picked."""

    latitude: float
    longitude: float
    own: bool = True


def check_in_by_code(
    work: Work, *, actor: Actor, code: str, config: Config, post_id: int | None = None
) -> Checked:
    """Check `actor` in at the post whose code it is, one of theirs that is in its window.

    `post_id` None looks at all of these. A wrong code counts, and is counted even though the
    transaction is refused. Raises CodeIsWrong, GuessedTooOften, NothingToCheckInTo, HasNoPlace
    and what `rules.check_open` raises.
    """
    lock_person(work, actor.person_id)
    posts = _wanted(work, actor, post_id, config)
    there = _there_already(work, actor, posts)
    if len(there) == len(posts):
        return there[0]
    _check_patience(work, actor, posts)
    step = codes.step_at(work, config)
    right = [post for post in posts if codes.fits(codes.find_secret(work, post.id), code, step)]
    if not right:
        raise _wrong(work, actor, posts)
    return _check_in(work, actor, right[0], How.code)


def check_in_by_link(work: Work, *, actor: Actor, token: str, config: Config) -> Checked:
    """Check `actor` in by the link of a QR code that is shown now.

    Raises OldToken, NotFound, HasNoPlace and what `rules.check_open` raises.
    """
    post_id, step, signature = codes.read_token(token)
    secret = codes.find_secret(work, post_id)
    now = codes.step_at(work, config)
    lock_person(work, actor.person_id)
    codes.check_token(secret, post_id=post_id, step=step, signature=signature, now=now)
    post = lock_post(work, post_id)
    there = _there_already(work, actor, [post])
    if there:
        return there[0]
    confirmed_signup(work, post, person_id=actor.person_id)
    rules.check_open(post, now=work.now, config=config)
    return _check_in(work, actor, post, How.qr)


def check_in_by_location(work: Work, *, actor: Actor, point: Point, config: Config) -> Checked:
    """Check `actor` in where they are; of the location only the rounded distance is kept.

    Raises NoLocationHere, NotAnOwnLocation, TooFarAway, NothingToCheckInTo and what
    `rules.check_open` raises.
    """
    if not config.posts.check_in.by_location:
        raise NoLocationHere
    lock_person(work, actor.person_id)
    posts = _wanted(work, actor, None, config)
    there = _there_already(work, actor, posts)
    if len(there) == len(posts):
        return there[0]
    if not point.own:
        raise NotAnOwnLocation
    distances = {
        post.id: metres for post in posts if (metres := _metres_off(work, post, point)) is not None
    }
    if not distances:
        raise NoLocationHere
    nearest = min((post for post in posts if post.id in distances), key=lambda p: distances[p.id])
    most, distance = config.posts.check_in.distance_m, distances[nearest.id]
    if distance > most:
        raise TooFarAway(place=nearest.place, distance=distance, most=most)
    return _check_in(work, actor, nearest, How.location, distance_m=distance)


def check_out(work: Work, *, actor: Actor, post_id: int) -> Checked:
    """Let `actor` go; before the end that is leaving early. Twice is once.

    Raises NotFound, NotCheckedIn, HasNoPlace and PostIsCancelled.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    if post.state is PostState.cancelled:
        raise PostIsCancelled
    signup = confirmed_signup(work, post, person_id=actor.person_id)
    one = attendance_of(work, signup)
    if one.state in {Presence.checked_out, Presence.left_early}:
        return _checked(post, one, signup.size, before=True)
    if one.state is not Presence.checked_in or post.state is not PostState.published:
        raise NotCheckedIn
    early = rules.goes_early(post, now=work.now)
    to = Presence.left_early if early else Presence.checked_out
    leave(work, one, to, By(Hand.person, actor.person_id, How.button), at=work.now)
    return _checked(post, one, signup.size)


def count_companions(work: Work, *, actor: Actor, post_id: int, present: int) -> Checked:
    """Let `actor` say how many of them are there, from one to as many as signed up.

    Raises NotFound, HasNoPlace, NotCheckedIn, NotPossibleNow and what `rules.check_takes_place`
    raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    rules.check_takes_place(post)
    signup = confirmed_signup(work, post, person_id=actor.person_id)
    one = attendance_of(work, signup)
    if one.state is not Presence.checked_in:
        raise NotCheckedIn
    if not 1 <= present <= signup.size:
        raise NotPossibleNow
    if one.present != present:
        one.present = present
        note(work, one, By(Hand.person, actor.person_id, How.button), one.state)
    return _checked(post, one, signup.size)


def _wanted(work: Work, actor: Actor, post_id: int | None, config: Config) -> list[Post]:
    """Return the posts, locked, at one of which the person wants to check in."""
    if post_id is not None:
        post = lock_post(work, post_id)
        confirmed_signup(work, post, person_id=actor.person_id)
        if not _there_already(work, actor, [post]):
            rules.check_open(post, now=work.now, config=config)
        return [post]
    ids = [post.id for post in open_posts(work, actor.person_id, config)]
    locked = lock_posts(work, ids).values()
    still = [post for post in locked if rules.is_open(post, now=work.now, config=config)]
    if not still:
        raise NothingToCheckInTo
    return still


def _there_already(work: Work, actor: Actor, posts: Sequence[Post]) -> list[Checked]:
    """Return at which of the locked posts the person has checked in before."""
    found = []
    for post in posts:
        try:
            signup = confirmed_signup(work, post, person_id=actor.person_id)
        except HasNoPlace:
            continue
        one = attendance_of(work, signup)
        if one.state in SERVED:
            found.append(_checked(post, one, signup.size, before=True))
    return found


def _check_in(
    work: Work, actor: Actor, post: Post, how: How, *, distance_m: int | None = None
) -> Checked:
    signup = confirmed_signup(work, post, person_id=actor.person_id)
    one = attendance_of(work, signup)
    if one.state in SERVED:
        return _checked(post, one, signup.size, before=True)
    by = By(Hand.person, actor.person_id, how)
    arrive(work, one, by, at=work.now, distance_m=distance_m)
    return _checked(post, one, signup.size)


def _checked(post: Post, one: Attendance, size: int, *, before: bool = False) -> Checked:
    if one.in_at is None:
        raise ValueError("who is there has come")
    return Checked(post, one.state, one.present, size, one.in_at, one.out_at, before)


def _check_patience(view: View, actor: Actor, posts: Sequence[Post]) -> None:
    if min(_wrong_codes(view, actor, post) for post in posts) >= rules.MOST_WRONG:
        minutes = int(rules.WRONG_WINDOW.total_seconds()) // 60
        raise GuessedTooOften(minutes=minutes)


def _wrong(work: Work, actor: Actor, posts: Sequence[Post]) -> CodeIsWrong:
    """Return the refusal of a code that is no post's, and let it be counted at all of them."""
    tried = max(_wrong_codes(work, actor, post) for post in posts) + 1
    ids = [post.id for post in posts]
    work.survive(lambda later: _count_wrong(later, actor.person_id, ids))
    return CodeIsWrong(place=posts[0].place, left=max(0, rules.MOST_WRONG - tried))


def _wrong_codes(view: View, actor: Actor, post: Post) -> int:
    counted = select(func.count()).where(
        WrongCheckIn.person_id == actor.person_id,
        WrongCheckIn.post_id == post.id,
        WrongCheckIn.at > view.now - rules.WRONG_WINDOW,
    )
    return view.session.scalar(counted) or 0


def _count_wrong(work: Work, person_id: int, post_ids: Sequence[int]) -> None:
    work.session.execute(
        delete(WrongCheckIn).where(
            WrongCheckIn.person_id == person_id,
            WrongCheckIn.at <= work.now - rules.WRONG_WINDOW,
        )
    )
    work.session.add_all(
        WrongCheckIn(post_id=post_id, person_id=person_id, at=work.now) for post_id in post_ids
    )
    work.session.flush()


def _metres_off(view: View, post: Post, point: Point) -> int | None:
    """Return how far the point is from the post's place; None where no coordinates are known."""
    place = None if post.place_id is None else view.session.get(Place, post.place_id)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return metres_between(point.latitude, point.longitude, place.latitude, place.longitude)
