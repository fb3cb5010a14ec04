"""Signing up, waiting, leaving and changing over (VOL-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.config import Config
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.access import count, lock_person, lock_post, lock_posts
from bot.features.posts.errors import (
    Clash,
    NoPlaceToSwap,
    NotRegistered,
    NotSignedUp,
    PostHasMoved,
    PostsOverlap,
    TooLateToLeave,
)
from bot.features.posts.line import fill_places
from bot.features.posts.models import LIVE, Post, PostState, Signup, SignupState
from bot.features.posts.rules import (
    check_not_begun,
    check_open,
    may_leave,
    missing,
    move_stamp,
    overlap_minutes,
)
from bot.features.posts.statements import ADD_SIGNUP, CHANGE_SIGNUP, OWN_AT_THAT_TIME


@dataclass(frozen=True)
class SignedUp:
    """How a person stands with `post` now.

    `position` is the place in the waiting line, from 1; None for those who hold a place.
    `other_lines` are overlapping posts that the person waits for and will be passed over at.
    `before` means that nothing changed: they stood so already.
    """

    post: Post
    state: SignupState
    position: int | None = None
    other_lines: Sequence[Post] = ()
    before: bool = False


@dataclass(frozen=True)
class Left:
    """A person no longer stands at `post`. `was` is how they stood; `promoted` got their place."""

    post: Post
    was: SignupState
    promoted: Sequence[int]


@dataclass(frozen=True)
class _Own:
    """A sign-up of the acting person, with the times of its post."""

    id: int
    post_id: int
    state: SignupState
    number: int
    starts_at: datetime
    ends_at: datetime


def sign_up(
    work: Work, *, actor: Actor, post_id: int, config: Config, seen: int | None = None
) -> SignedUp:
    """Give `actor` a place at the post, or the last turn in its line when it is full.

    A waiting person gets a place that is free. `seen` is the `rules.move_stamp` of the card; None
    takes the post as it is. Raises NotRegistered, NotFound, what `rules.check_open` raises,
    PostHasMoved, and PostsOverlap when they hold a place elsewhere at that time.
    """
    _check_registered(actor)
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    check_open(post, now=work.now, config=config)
    if seen is not None and seen != move_stamp(post):
        raise PostHasMoved(post_id=post.id)
    own = _own_at_that_time(work, actor.person_id, post)
    return _join(work, actor, post, own)


def leave(work: Work, *, actor: Actor, post_id: int, config: Config) -> Left:
    """Let `actor` go; the place goes to the first in line in this same transaction.

    Raises NotFound, NotSignedUp, what `rules.check_not_begun` raises, and TooLateToLeave past the
    cut-off.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    signup = live_signup(work, post, actor.person_id)
    return _leave(work, actor, post, signup, config)


def swap(work: Work, *, actor: Actor, to_id: int, from_id: int, config: Config) -> SignedUp:
    """Give up the place at `from_id` for one at `to_id`: both happen or neither.

    Raises NoPlaceToSwap when the other post is full, and what `sign_up` and `leave` raise.
    """
    _check_registered(actor)
    lock_person(work, actor.person_id)
    posts = lock_posts(work, {to_id, from_id})
    to, given_up = posts[to_id], posts[from_id]
    check_open(to, now=work.now, config=config)
    signup = live_signup(work, given_up, actor.person_id)
    if not missing(to):
        raise NoPlaceToSwap(place=to.place, kept=given_up.place)
    _leave(work, actor, given_up, signup, config)
    work.session.flush()
    return _join(work, actor, to, _own_at_that_time(work, actor.person_id, to))


def leave_all(work: Work, person_id: int) -> int:
    """Let a person who goes for good leave, and lead, no post to come, whatever the cut-off.

    Return how many they left. Past ones stay counted; they hold nothing but numbers.
    """
    lock_person(work, person_id)
    ids = work.session.scalars(
        select(Signup.post_id)
        .join(Post, Post.id == Signup.post_id)
        .where(
            Signup.person_id == person_id,
            Signup.state.in_(LIVE),
            Post.state == PostState.published,
            Post.starts_at > work.now,
        )
    ).all()
    for post in lock_posts(work, ids).values():
        end(work, post, live_signup(work, post, person_id), SignupState.left)
    work.session.execute(
        update(Post)
        .where(Post.lead_person_id == person_id, Post.starts_at > work.now)
        .values(lead_person_id=None)
    )
    record(work, "post.left_all", f"person:{person_id}", actor_id=person_id)
    return len(ids)


def end(work: Work, post: Post, signup: Signup, state: SignupState) -> list[int]:
    """Set a live sign-up of a locked post to `state` and fill its place; return who got it."""
    was_waiting = signup.state is SignupState.waiting
    signup.state = state
    signup.at = work.now
    work.session.flush()
    count(work, post, taken=0 if was_waiting else -1, waiting=-1 if was_waiting else 0)
    return [] if was_waiting else fill_places(work, post)


def position(view: View, post_id: int, number: int) -> int:
    """Return which place in the post's line, from 1, the waiting person with `number` has."""
    before = select(func.count()).where(
        Signup.post_id == post_id,
        Signup.state == SignupState.waiting,
        Signup.number <= number,
    )
    return view.session.scalar(before) or 0


def live_signup(work: Work, post: Post, person_id: int) -> Signup:
    """Return how a person stands with a locked post. Raises NotSignedUp."""
    signup = work.session.scalar(
        select(Signup)
        .where(
            Signup.post_id == post.id,
            Signup.person_id == person_id,
            Signup.state.in_(LIVE),
        )
        .execution_options(populate_existing=True)
    )
    if signup is None:
        raise NotSignedUp
    return signup


def _check_registered(actor: Actor) -> None:
    if not actor.registered:
        raise NotRegistered


def _join(work: Work, actor: Actor, post: Post, own: Sequence[_Own]) -> SignedUp:
    mine = next((one for one in own if one.post_id == post.id), None)
    if mine is not None and mine.state is SignupState.confirmed:
        return SignedUp(post, SignupState.confirmed, before=True)
    others = [one for one in own if one.post_id != post.id]
    _check_free_at_that_time(work, post, others)
    free = missing(post) > 0
    if mine is not None and mine.state is SignupState.waiting and not free:
        place = position(work, post.id, mine.number)
        return SignedUp(post, SignupState.waiting, place, before=True)
    _keep(work, actor, post, mine, SignupState.confirmed if free else SignupState.waiting)
    if not free:
        return SignedUp(post, SignupState.waiting, post.waiting)
    return SignedUp(post, SignupState.confirmed, other_lines=_posts_of(work, others))


def _keep(work: Work, actor: Actor, post: Post, mine: _Own | None, state: SignupState) -> None:
    """Write the sign-up in its new state; one that waits for its place keeps its number."""
    waited = mine is not None and mine.state is SignupState.waiting
    number = mine.number if mine is not None and waited else post.last_number + 1
    row = {"state": state, "number": number, "at": work.now}
    if mine is None:
        whose = {"post_id": post.id, "person_id": actor.person_id}
        work.session.execute(ADD_SIGNUP, {**whose, **row})
    else:
        work.session.execute(CHANGE_SIGNUP, {"signup_id": mine.id, **row})
    confirmed = state is SignupState.confirmed
    count(
        work,
        post,
        taken=int(confirmed),
        waiting=int(not confirmed) - int(waited),
        numbers=int(not waited),
    )
    record(work, f"post.{state}", f"post:{post.id}", actor_id=actor.person_id)


def _leave(work: Work, actor: Actor, post: Post, signup: Signup, config: Config) -> Left:
    check_not_begun(post, now=work.now)
    if not may_leave(post, signup, now=work.now, config=config):
        raise TooLateToLeave(post_id=post.id, hours=config.posts.leave_cutoff_hours)
    was = signup.state
    promoted = end(work, post, signup, SignupState.left)
    record(work, "post.left", f"post:{post.id}", actor_id=actor.person_id)
    return Left(post, was, promoted)


def _own_at_that_time(work: Work, person_id: int, post: Post) -> list[_Own]:
    """Return the person's row for `post` and their live rows for posts at the same time.

    The rows are locked: another post's line may be about to confirm one of them.
    """
    found = work.session.execute(
        OWN_AT_THAT_TIME,
        {
            "person_id": person_id,
            "post_id": post.id,
            "starts_at": post.starts_at,
            "ends_at": post.ends_at,
        },
    )
    return [_Own(*row) for row in found]


def _check_free_at_that_time(work: Work, post: Post, others: Sequence[_Own]) -> None:
    held = [one for one in others if one.state is SignupState.confirmed]
    if not held:
        return
    clashing = _posts_of(work, held)
    raise PostsOverlap(
        wanted_id=post.id,
        place=clashing[0].place,
        clashes=[
            Clash(
                other.id,
                overlap_minutes(post.starts_at, post.ends_at, other.starts_at, other.ends_at),
            )
            for other in clashing
        ],
    )


def _posts_of(work: Work, own: Sequence[_Own]) -> Sequence[Post]:
    if not own:
        return ()
    ids = [one.post_id for one in own]
    return work.session.scalars(
        select(Post).where(Post.id.in_(ids)).order_by(Post.starts_at, Post.id)
    ).all()
