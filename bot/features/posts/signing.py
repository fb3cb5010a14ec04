"""Signing up, for oneself or for somebody else, and changing over (VOL-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.access import count, lock_person, lock_post, lock_posts
from bot.features.posts.eligibility import check_eligible, may_sign_up_others
from bot.features.posts.eligible import is_lecture
from bot.features.posts.errors import NoPlaceToSwap, NotRegistered, PostHasMoved
from bot.features.posts.held import Own, live_signup, own_at_that_time, posts_of
from bot.features.posts.leaving import leave_locked
from bot.features.posts.lifetimes import kept_until
from bot.features.posts.line import fill_places
from bot.features.posts.models import LineStep, Post, Signup, SignupState
from bot.features.posts.offers import accept
from bot.features.posts.rules import check_open, missing, move_stamp
from bot.features.posts.statements import ADD_SIGNUP, CHANGE_SIGNUP
from bot.features.posts.trace import note_step


@dataclass(frozen=True)
class SignedUp:
    """How a person stands with `post` now.

    `position` is the place in the waiting line, from 1; None for those who hold a place. `size`
    counts the person and those whom they bring. `other_lines` are overlapping posts that the
    person waits for and will be passed over at. `before` means that nothing changed: they stood so
    already.
    """

    post: Post
    state: SignupState
    position: int | None = None
    other_lines: Sequence[Post] = ()
    before: bool = False
    size: int = 1


@dataclass(frozen=True)
class _Wish:
    """Who wants to be at a post, with how many people, and who asks for it."""

    person_id: int
    size: int
    by: Actor


def sign_up(
    work: Work,
    *,
    actor: Actor,
    post_id: int,
    config: Config,
    seen: int | None = None,
    size: int = 1,
    person_id: int | None = None,
) -> SignedUp:
    """Give somebody a place at the post, or the last turn in its line where they do not fit.

    `person_id` None signs up `actor`; otherwise that person is signed up by `actor`. `size` counts
    the person and those whom they bring; who stands at the post already keeps the size they have.
    A waiting person gets a place that is free, or that is offered to them; whoever waits before
    them and can take it is asked first. `seen` is the `rules.move_stamp` of the card; None
    takes the post as it is. Raises NotRegistered, NotAllowed, NotFound, what `rules.check_open`
    raises, PostHasMoved, and what `eligibility.check_eligible` raises.
    """
    whose = actor.person_id if person_id is None else person_id
    lock_person(work, whose)
    post = lock_post(work, post_id)
    _check_registered(actor, post, config)
    if whose != actor.person_id:
        _check_may_sign_up(work, actor, whose, post)
    check_open(post, now=work.now, config=config)
    if seen is not None and seen != move_stamp(post):
        raise PostHasMoved(post_id=post.id)
    _ask_those_ahead(work, post, whose, config)
    return _join(work, _Wish(whose, size, actor), post, config)


def swap(work: Work, *, actor: Actor, to_id: int, from_id: int, config: Config) -> SignedUp:
    """Give up the place at `from_id` for one at `to_id`: both happen or neither.

    Those whom the person brings come along. Raises NoPlaceToSwap when the other post is full, and
    what `sign_up` and `leave` raise.
    """
    lock_person(work, actor.person_id)
    posts = lock_posts(work, {to_id, from_id})
    to, given_up = posts[to_id], posts[from_id]
    _check_registered(actor, to, config)
    check_open(to, now=work.now, config=config)
    signup = live_signup(work, given_up, actor.person_id)
    if missing(to) < signup.size:
        raise NoPlaceToSwap(place=to.place, kept=given_up.place)
    size = signup.size
    leave_locked(work, actor, given_up, signup, config)
    work.session.flush()
    return _join(work, _Wish(actor.person_id, size, actor), to, config)


def position(view: View, post_id: int, number: int) -> int:
    """Return which place in the post's line, from 1, the waiting person with `number` has."""
    before = select(func.count()).where(
        Signup.post_id == post_id,
        Signup.state == SignupState.waiting,
        Signup.number <= number,
    )
    return view.session.scalar(before) or 0


def _check_registered(actor: Actor, post: Post, config: Config) -> None:
    """Raise NotRegistered unless the actor holds a role or wants a seat for citizens (VOL-07)."""
    if not actor.registered and not is_lecture(post.kind, config):
        raise NotRegistered(post_id=post.id)


def _check_may_sign_up(work: Work, actor: Actor, person_id: int, post: Post) -> None:
    person = work.session.get(Person, person_id)
    if person is None or person.forgotten_at is not None:
        raise NotFound
    if not may_sign_up_others(actor, person=person, post=post):
        raise NotAllowed


def _ask_those_ahead(work: Work, post: Post, person_id: int, config: Config) -> None:
    """Offer free places to those of the line before the person, who may have become free."""
    if not (missing(post) and post.waiting):
        return
    if kept_until(post, now=work.now, config=config) is None:
        return
    number = select(Signup.number).where(
        Signup.post_id == post.id,
        Signup.person_id == person_id,
        Signup.state == SignupState.waiting,
    )
    fill_places(work, post, config, ahead_of=work.session.scalar(number))


def _join(work: Work, wish: _Wish, post: Post, config: Config) -> SignedUp:
    own = own_at_that_time(work, wish.person_id, post)
    mine = next((one for one in own if one.post_id == post.id), None)
    if mine is not None and mine.state is SignupState.confirmed:
        return SignedUp(post, SignupState.confirmed, before=True, size=mine.size)
    if mine is not None and mine.state is SignupState.offered:
        accept(work, actor=wish.by, post_id=post.id, config=config, person_id=wish.person_id)
        return SignedUp(post, SignupState.confirmed, size=mine.size)
    waits = mine is not None and mine.state is SignupState.waiting
    size = mine.size if mine is not None and waits else wish.size
    others = [one for one in own if one.post_id != post.id]
    check_eligible(work, person_id=wish.person_id, post=post, size=size, config=config, own=others)
    fits = missing(post) >= size
    if mine is not None and waits and not fits:
        place = position(work, post.id, mine.number)
        return SignedUp(post, SignupState.waiting, place, before=True, size=size)
    state = SignupState.confirmed if fits else SignupState.waiting
    _keep(work, _Wish(wish.person_id, size, wish.by), post, mine, state)
    if not fits:
        return SignedUp(post, SignupState.waiting, post.waiting, size=size)
    return SignedUp(post, SignupState.confirmed, other_lines=posts_of(work, others), size=size)


def _keep(work: Work, wish: _Wish, post: Post, mine: Own | None, state: SignupState) -> None:
    """Write the sign-up in its new state; one that waits for its place keeps its number."""
    waited = mine is not None and mine.state is SignupState.waiting
    number = mine.number if mine is not None and waited else post.last_number + 1
    row = {"state": state, "number": number, "at": work.now, "size": wish.size}
    if not waited:
        others = wish.by.person_id if wish.by.person_id != wish.person_id else None
        row |= {"by_person_id": others, "offer_until": None, "looking_since": None, "sure_at": None}
    if mine is None:
        whose = {"post_id": post.id, "person_id": wish.person_id}
        work.session.execute(ADD_SIGNUP, {**whose, **row})
    else:
        work.session.execute(CHANGE_SIGNUP, {"signup_id": mine.id, **row})
    confirmed = state is SignupState.confirmed
    count(
        work,
        post,
        taken=wish.size if confirmed else 0,
        waiting=int(not confirmed) - int(waited),
        numbers=int(not waited),
    )
    step = LineStep.placed if confirmed else LineStep.joined
    note_step(work, post.id, number, step, size=wish.size)
    record(work, f"post.{state}", f"post:{post.id}", actor_id=wish.by.person_id)
