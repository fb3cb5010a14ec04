"""What becomes of an offered place: taken, declined, let pass, or taken back (VOL-02).

Each of these happens under the post's lock and only to an offer that is still open, so of two at
the same moment one comes first and the other finds no offer. An offer is open until `offer_until`
(half-open): at that very second it has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.access import lock_person, lock_post
from bot.features.posts.eligibility import check_eligible, may_sign_up_others
from bot.features.posts.errors import NoOffer, NotSignedUp, OfferHasPassed
from bot.features.posts.facts import OfferEnded, OfferEnding
from bot.features.posts.held import live_signup, own_at_that_time
from bot.features.posts.leaving import Left, end
from bot.features.posts.line import fill_places
from bot.features.posts.models import LineStep, Post, PostState, Signup, SignupState
from bot.features.posts.rules import check_not_begun, check_open
from bot.features.posts.trace import note_step
from bot.features.posts.withdrawing import withdraw


@dataclass(frozen=True)
class DueOffer:
    """An open offer that has passed, or that nobody can take any more."""

    signup_id: int
    post_id: int
    passed: bool


def accept(
    work: Work,
    *,
    actor: Actor,
    post_id: int,
    config: Config,
    person_id: int | None = None,
    step_id: int | None = None,
) -> Post:
    """Take the place that is offered to `actor`, or to `person_id`; return the post.

    `step_id` is the step of the offer whose message was answered, None for an answer elsewhere.
    Nothing happens where the place is theirs already. Raises NotFound, NotSignedUp (also for
    whom it is not theirs to answer), NoOffer for who waits, OfferHasPassed, what
    `rules.check_open` and `eligibility.check_eligible` raise.
    """
    post, signup = _lock_offer(work, actor, post_id, person_id)
    if signup.state is SignupState.confirmed:
        return post
    check_open(post, now=work.now, config=config)
    _check_offered(work, post, signup)
    own = own_at_that_time(work, signup.person_id, post)
    others = [one for one in own if one.post_id != post.id]
    check_eligible(
        work, person_id=signup.person_id, post=post, size=signup.size, config=config, own=others
    )
    signup.state = SignupState.confirmed
    signup.at = work.now
    signup.offer_until = None
    work.session.flush()
    note_step(work, post.id, signup.number, LineStep.accepted, size=signup.size)
    work.tell(OfferEnded(post.id, signup.person_id, signup.number, OfferEnding.accepted, step_id))
    record(work, "post.accepted", f"post:{post.id}", actor_id=actor.person_id)
    return post


def decline(
    work: Work,
    *,
    actor: Actor,
    post_id: int,
    config: Config,
    person_id: int | None = None,
    step_id: int | None = None,
) -> Left:
    """Let the offered place go to the next in line; the person leaves the line.

    `step_id` is what it is for `accept`. Raises NotFound, NotSignedUp, NoOffer for who waits or has
    the place already, OfferHasPassed, and what `rules.check_not_begun` raises.
    """
    post, signup = _lock_offer(work, actor, post_id, person_id)
    check_not_begun(post, now=work.now)
    _check_offered(work, post, signup)
    offered_to = end(work, post, signup, SignupState.left, config, answered=step_id)
    record(work, "post.declined", f"post:{post.id}", actor_id=actor.person_id)
    return Left(post, SignupState.offered, offered_to)


def expire(work: Work, due: DueOffer, config: Config) -> bool:
    """End an offer that is due, and offer the place to the next; False when it is not open now.

    One that has passed costs the turn. One that nobody can take (the person has blocked the bot,
    the post does not take place or is paused) is taken back, and the turn is kept.
    """
    post = lock_post(work, due.post_id)
    signup = work.session.scalar(
        select(Signup)
        .where(Signup.id == due.signup_id, Signup.state == SignupState.offered)
        .execution_options(populate_existing=True)
    )
    if signup is None or signup.offer_until is None:
        return False
    if not due.passed:
        withdraw(work, post, [signup])
        fill_places(work, post, config)
        return True
    if work.now < signup.offer_until:
        return False
    end(work, post, signup, SignupState.left, config, step=LineStep.expired)
    record(work, "post.offer_passed", f"post:{post.id}", actor_id=None, person=signup.person_id)
    return True


def due_offers(view: View) -> Sequence[DueOffer]:
    """Return the offers that have passed or that nobody can take, the oldest first."""
    by = aliased(Person)
    lost = _lost(by)
    found = view.session.execute(
        select(Signup.id, Signup.post_id, ~lost)
        .join(Post, Post.id == Signup.post_id)
        .join(Person, Person.id == Signup.person_id)
        .outerjoin(by, by.id == Signup.by_person_id)
        .where(
            Signup.state == SignupState.offered,
            or_(Signup.offer_until <= view.now, lost),
        )
        .order_by(Signup.offer_until, Signup.id)
    )
    return [DueOffer(*row) for row in found]


def posts_to_fill(view: View) -> Sequence[int]:
    """Return the posts to come at which people wait beside free places."""
    return view.session.scalars(
        select(Post.id)
        .where(
            Post.state == PostState.published,
            Post.paused_at.is_(None),
            Post.starts_at > view.now,
            Post.waiting > 0,
            Post.taken < Post.capacity,
        )
        .order_by(Post.starts_at, Post.id)
    ).all()


def _lost(by: type[Person]) -> ColumnElement[bool]:
    return or_(
        Post.state != PostState.published,
        Post.paused_at.is_not(None),
        Person.unreachable_at.is_not(None),
        and_(Person.telegram_id.is_(None), by.unreachable_at.is_not(None)),
    )


def _lock_offer(
    work: Work, actor: Actor, post_id: int, person_id: int | None
) -> tuple[Post, Signup]:
    whose = actor.person_id if person_id is None else person_id
    lock_person(work, whose)
    post = lock_post(work, post_id)
    if whose != actor.person_id:
        _check_may_answer(work, actor, whose, post)
    return post, live_signup(work, post, whose)


def _check_may_answer(work: Work, actor: Actor, person_id: int, post: Post) -> None:
    person = work.session.get(Person, person_id)
    if person is not None and may_sign_up_others(actor, person=person, post=post):
        return
    theirs = select(Signup.id).where(
        Signup.post_id == post.id,
        Signup.person_id == person_id,
        Signup.by_person_id == actor.person_id,
    )
    if work.session.scalar(theirs) is None:
        raise NotSignedUp


def _check_offered(work: Work, post: Post, signup: Signup) -> None:
    if signup.state is not SignupState.offered or signup.offer_until is None:
        raise NoOffer(post_id=post.id)
    if work.now >= signup.offer_until:
        raise OfferHasPassed(post_id=post.id)
