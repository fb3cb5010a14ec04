"""Leaving: a place or a turn that is given up, by oneself or by others (VOL-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from bot.config import Config
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.access import count, lock_person, lock_post, lock_posts
from bot.features.posts.errors import TooLateToLeave
from bot.features.posts.facts import OfferEnded, OfferEnding, Removed
from bot.features.posts.held import live_signup
from bot.features.posts.line import fill_places
from bot.features.posts.models import (
    HOLDING,
    LIVE,
    LineStep,
    Post,
    PostState,
    Signup,
    SignupState,
)
from bot.features.posts.rules import check_not_begun, may_leave
from bot.features.posts.trace import note_step
from bot.features.posts.wards import left_alone


@dataclass(frozen=True)
class Left:
    """A person no longer stands at `post`.

    `was` is how they stood; `promoted` are the persons to whom their place is offered now.
    """

    post: Post
    was: SignupState
    promoted: Sequence[int]


def leave(work: Work, *, actor: Actor, post_id: int, config: Config) -> Left:
    """Let `actor` go; the place is offered to the first in line in this same transaction.

    Raises NotFound, NotSignedUp, what `rules.check_not_begun` raises, and TooLateToLeave past the
    cut-off.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    signup = live_signup(work, post, actor.person_id)
    return leave_locked(work, actor, post, signup, config)


def leave_locked(work: Work, actor: Actor, post: Post, signup: Signup, config: Config) -> Left:
    """Do so where person, post and sign-up are locked already."""
    check_not_begun(post, now=work.now)
    if not may_leave(post, signup, now=work.now, config=config):
        raise TooLateToLeave(post_id=post.id, hours=config.posts.leave_cutoff_hours)
    was = signup.state
    promoted = end(work, post, signup, SignupState.left, config)
    record(work, "post.left", f"post:{post.id}", actor_id=actor.person_id)
    return Left(post, was, promoted)


def leave_all(work: Work, person_id: int) -> int:
    """Let a person who goes for good leave, and lead, no post to come, whatever the cut-off.

    Return how many they left. Past ones stay counted; they hold nothing but numbers. The places
    go to the lines with the next tick (`jobs.offers`).
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
        _end(work, post, live_signup(work, post, person_id), SignupState.left, None)
    work.session.execute(
        update(Post)
        .where(Post.lead_person_id == person_id, Post.starts_at > work.now)
        .values(lead_person_id=None)
    )
    record(work, "post.left_all", f"person:{person_id}", actor_id=person_id)
    return len(ids)


def end(
    work: Work,
    post: Post,
    signup: Signup,
    state: SignupState,
    config: Config,
    *,
    step: LineStep | None = None,
    answered: int | None = None,
) -> list[int]:
    """Set a live sign-up of a locked post to `state`; return to whom its place is offered now.

    `step` is what is kept of it in the line; None: what `state` says. `answered` is that of
    `OfferEnded`.
    """
    was = signup.state
    _end(work, post, signup, state, step, answered)
    return [] if was is SignupState.waiting else fill_places(work, post, config)


def remove_all(work: Work, post: Post, signup_ids: Sequence[int]) -> None:
    """Take people off a locked post; they are told, each once.

    Their places are free then: to fill them is for the caller.
    """
    for signup_id in signup_ids:
        signup = work.session.get_one(Signup, signup_id, populate_existing=True)
        if signup.state in LIVE:
            _end(work, post, signup, SignupState.removed, None)
            work.tell(Removed(post.id, signup.person_id, signup.number))


def end_wards(work: Work, post: Post, guardian_id: int) -> int:
    """Let no minor stand alone where the guardian has given up `post` (VOL-11); they are told.

    Return how many places came free at `post`: to fill these is for the caller, those at other
    posts are given on with the next tick (`jobs.offers`).
    """
    free = 0
    for ward in left_alone(work, post, guardian_id):
        # Its id may be below that of the post: where two ways cross here, the store tries anew.
        there = post if ward.post_id == post.id else lock_post(work, ward.post_id)
        work.session.refresh(ward)
        if ward.state not in LIVE:
            continue
        free += ward.size if there is post and ward.state in HOLDING else 0
        _end(work, there, ward, SignupState.removed, None)
        work.tell(Removed(there.id, ward.person_id, ward.number))
    return free


def _end(
    work: Work,
    post: Post,
    signup: Signup,
    state: SignupState,
    step: LineStep | None,
    answered: int | None = None,
) -> None:
    was = signup.state
    signup.state = state
    signup.at = work.now
    signup.offer_until = None
    work.session.flush()
    if was is SignupState.offered:
        how = OfferEnding.expired if step is LineStep.expired else _ENDINGS[state]
        work.tell(OfferEnded(post.id, signup.person_id, signup.number, how, answered))
        step = step or _DECLINED[state]
    note_step(work, post.id, signup.number, step or _STEPS[state], size=signup.size)
    waited = was is SignupState.waiting
    count(work, post, taken=0 if waited else -signup.size, waiting=-1 if waited else 0)
    if not waited:
        end_wards(work, post, signup.person_id)


_STEPS = {SignupState.left: LineStep.left, SignupState.removed: LineStep.removed}
_DECLINED = {SignupState.left: LineStep.declined, SignupState.removed: LineStep.removed}
_ENDINGS = {SignupState.left: OfferEnding.declined, SignupState.removed: OfferEnding.removed}
