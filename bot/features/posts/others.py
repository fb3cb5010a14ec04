"""Signing up people who do not do it themselves: without Telegram, or a team by its lead (ORG-09).

The same rules hold as for everybody; each refusal is kept beside the name, and the others go on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed
from bot.core.roles import OFFICE, Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.people.minors import may_unmark
from bot.features.people.models import Person
from bot.features.posts.access import get_post, leads, lock_person, lock_post
from bot.features.posts.eligibility import may_sign_up_others
from bot.features.posts.facts import Removed, SignedUpByOther
from bot.features.posts.held import live_signup
from bot.features.posts.leaving import Left, leave_locked
from bot.features.posts.models import LIVE, Post, Signup, SignupState
from bot.features.posts.signing import SignedUp, sign_up

MOST_AT_ONCE = 60
"""How many people one press signs up."""


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the actor may sign up; `state` is how they stand with the post now.

    `reads` tells whether they have a chat with the bot.
    """

    person_id: int
    name: str
    reads: bool
    state: SignupState | None


@dataclass(frozen=True)
class Candidates:
    """A page of them; `total` counts all pages and `standing` those who stand at the post.

    `minors` counts those who are marked as minors.
    """

    rows: Sequence[Candidate]
    total: int
    standing: int
    minors: int


@dataclass(frozen=True)
class Refused:
    """Somebody who could not be signed up, and the rule."""

    name: str
    error: BusinessError


@dataclass(frozen=True)
class Outcome:
    """What became of several people: who has a place, who waits, who could not."""

    placed: Sequence[str]
    waiting: Sequence[str]
    refused: Sequence[Refused]


def access_post_for_others(view: View, actor: Actor, post_id: int) -> Post:
    """Return a post for which the actor may sign up others.

    The office may for all, a post lead for the own post, a team lead for the own team. Raises
    NotFound and NotAllowed.
    """
    post = get_post(view, post_id)
    if not (leads(actor, post_id) or actor.led_teams):
        raise NotAllowed
    return post


def candidates(view: View, actor: Actor, post: Post, *, page: int, size: int) -> Candidates:
    """Return a page of the people whom the actor may sign up for a post, by name."""
    whom = _whom(actor, post)
    here = and_(Signup.person_id == Person.id, Signup.post_id == post.id, Signup.state.in_(LIVE))
    counted = view.session.execute(
        select(
            func.count(Person.id),
            func.count(Signup.id),
            func.count(case((Person.minor.is_(True), Person.id))),
        )
        .outerjoin(Signup, here)
        .where(whom)
    ).one()
    total, standing, young = counted
    last = max(1, -(-total // size))
    rows = view.session.execute(
        select(Person.id, Person.name, Person.telegram_id.is_not(None), Signup.state)
        .outerjoin(Signup, here)
        .where(whom)
        .order_by(Person.name, Person.id)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return Candidates([Candidate(*row) for row in rows], total, standing, young)


def minors_among(view: View, actor: Actor, post: Post) -> Sequence[Person]:
    """Return those of the candidates whose mark of a minor the actor may take away, by name."""
    found = view.session.scalars(
        select(Person)
        .where(_whom(actor, post), Person.minor.is_(True))
        .order_by(Person.name, Person.id)
    )
    return [person for person in found if may_unmark(actor, person)]


def sign_up_other(
    work: Work, *, actor: Actor, post_id: int, person_id: int, config: Config
) -> SignedUp:
    """Sign somebody else up, and let them be told. Raises what `sign_up` raises."""
    done = sign_up(work, actor=actor, post_id=post_id, person_id=person_id, config=config)
    if not done.before and person_id != actor.person_id:
        signup = live_signup(work, done.post, person_id)
        work.tell(SignedUpByOther(post_id, person_id, actor.person_id, signup.number))
    return done


def sign_up_all(work: Work, *, actor: Actor, post_id: int, config: Config) -> Outcome:
    """Sign up everybody whom the actor may and who does not stand at the post yet, by name.

    At most MOST_AT_ONCE at a time. Who is refused stays out, with the rule. Raises NotFound and
    NotAllowed.
    """
    post = access_post_for_others(work, actor, post_id)
    standing = select(Signup.person_id).where(Signup.post_id == post_id, Signup.state.in_(LIVE))
    found = work.session.execute(
        select(Person.id, Person.name)
        .where(_whom(actor, post), Person.id.not_in(standing))
        .order_by(Person.name, Person.id)
        .limit(MOST_AT_ONCE)
    ).all()
    return sign_up_several(
        work,
        actor=actor,
        post_id=post_id,
        people=[(one, name) for one, name in found],
        config=config,
    )


def sign_up_several(
    work: Work, *, actor: Actor, post_id: int, people: Collection[tuple[int, str]], config: Config
) -> Outcome:
    """Sign up people, given by id and name, in their order; who is refused stays out."""
    for person_id in sorted(person_id for person_id, _ in people):
        lock_person(work, person_id)
    placed: list[str] = []
    waiting: list[str] = []
    refused: list[Refused] = []
    for person_id, name in people:
        try:
            with work.savepoint():
                done = sign_up_other(
                    work, actor=actor, post_id=post_id, person_id=person_id, config=config
                )
        except BusinessError as error:
            refused.append(Refused(name, error))
        else:
            (waiting if done.state is SignupState.waiting else placed).append(name)
    return Outcome(placed, waiting, refused)


def take_off(work: Work, *, actor: Actor, post_id: int, person_id: int, config: Config) -> Left:
    """Let somebody leave whom the actor may sign up; the cut-off holds as for themselves.

    They are told. Raises NotFound, NotAllowed and what `leave` raises.
    """
    access_post_for_others(work, actor, post_id)
    lock_person(work, person_id)
    post = lock_post(work, post_id)
    person = work.session.get(Person, person_id)
    if person is None or not may_sign_up_others(actor, person=person, post=post):
        raise NotAllowed
    signup = live_signup(work, post, person_id)
    number = signup.number
    done = leave_locked(work, actor, post, signup, config)
    if person_id != actor.person_id:
        work.tell(Removed(post_id, person_id, number))
    return done


def _whom(actor: Actor, post: Post) -> ColumnElement[bool]:
    """Return which people the actor may sign up: those of whom `may_sign_up_others` is true."""
    parts: list[ColumnElement[bool]] = [false()]
    if actor.roles & OFFICE:
        parts.append(Person.registered_by.is_not(None))
    elif post.id in actor.led_post_ids:
        parts.append((Person.registered_by == actor.person_id) & Person.telegram_id.is_(None))
    if Role.team_lead in actor.roles and actor.led_teams:
        parts.append(Person.team.in_(actor.led_teams))
    return and_(Person.forgotten_at.is_(None), Person.name != "", or_(*parts))
