"""What can be asked about one person's posts, and about the people of one post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.people.models import Person
from bot.features.posts.models import LIVE, Post, PostState, Signup, SignupState
from bot.features.posts.queries import position_of_signup


@dataclass(frozen=True)
class OwnPost:
    """A post of a person; `position` is the place in the line, None for a place that is held.

    An offered place is kept until `offer_until`.
    """

    post: Post
    state: SignupState
    position: int | None
    offer_until: datetime | None = None


@dataclass(frozen=True)
class Attendee:
    """Somebody who has a place at a post or waits for one."""

    person_id: int
    name: str
    state: SignupState
    size: int = 1
    phone: str | None = None


def own_posts(view: View, person_id: int, *, start: datetime, end: datetime) -> list[OwnPost]:
    """Return the posts in [start, end) at which a person has a place or waits, in order of time.

    A post counts where it begins; cancelled ones are left out.
    """
    found = view.session.execute(_beginning(), {"person_id": person_id, "start": start, "end": end})
    return [_own(*row) for row in found]


def own_coming(view: View, person_id: int) -> list[OwnPost]:
    """Return the person's posts that are not over yet: offers to answer, then in order of time."""
    found = view.session.execute(_coming(), {"person_id": person_id, "now": view.now})
    coming = [_own(*row) for row in found]
    return sorted(coming, key=lambda one: one.state is not SignupState.offered)


def next_confirmed(view: View, person_id: int) -> Post | None:
    """Return the next post at which a person has a place; None for none."""
    return view.session.scalar(
        select(Post)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == person_id,
            Signup.state == SignupState.confirmed,
            Post.state == PostState.published,
            Post.ends_at > view.now,
        )
        .order_by(Post.starts_at, Post.id)
        .limit(1)
    )


def own_past(view: View, person_id: int, *, page: int, size: int) -> tuple[Sequence[Post], int]:
    """Return a page of the posts at which a person had a place, the last one first, and how many.

    Whether they came is another question.
    """
    held = (
        select(Post)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == person_id,
            Signup.state == SignupState.confirmed,
            Post.state.in_((PostState.published, PostState.closed)),
            Post.ends_at <= view.now,
        )
    )
    total = view.session.scalar(select(func.count()).select_from(held.subquery())) or 0
    last = max(1, -(-total // size))
    rows = view.session.scalars(
        held.order_by(Post.starts_at.desc(), Post.id.desc())
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return rows.all(), total


def led_posts(view: View, person_id: int) -> Sequence[Post]:
    """Return the posts to come that a person leads, in order of time."""
    return view.session.scalars(
        select(Post)
        .where(
            Post.lead_person_id == person_id,
            Post.state == PostState.published,
            Post.ends_at > view.now,
        )
        .order_by(Post.starts_at, Post.id)
    ).all()


def attendees(view: View, post_id: int) -> list[Attendee]:
    """Return who has a place and then who waits, each in the order of arrival."""
    found = view.session.execute(
        select(Signup.person_id, Person.name, Signup.state, Signup.size, Person.phone)
        .join(Person, Person.id == Signup.person_id)
        .where(Signup.post_id == post_id, Signup.state.in_(LIVE))
        .order_by(Signup.state, Signup.number)
    )
    return [Attendee(*row) for row in found]


def clashing(view: View, post: Post) -> dict[int, Post]:
    """Return who with a place at `post` has another one at that time, and which."""
    return clashing_at(view, post, post.starts_at, post.ends_at)


def clashing_at(view: View, post: Post, starts_at: datetime, ends_at: datetime) -> dict[int, Post]:
    """Return who with a place at `post` has another one, and which, if it were in these hours."""
    here, elsewhere, other = aliased(Signup), aliased(Signup), aliased(Post)
    found = view.session.execute(
        select(here.person_id, other)
        .join(elsewhere, elsewhere.person_id == here.person_id)
        .join(other, other.id == elsewhere.post_id)
        .where(
            here.post_id == post.id,
            here.state == SignupState.confirmed,
            elsewhere.state == SignupState.confirmed,
            other.id != post.id,
            other.state == PostState.published,
            other.starts_at < ends_at,
            other.ends_at > starts_at,
        )
        .order_by(other.starts_at)
    )
    return dict(found.all())


def everything_of(view: View, person_id: int) -> list[tuple[Post, Signup]]:
    """Return all that is kept of a person's sign-ups, for the person alone."""
    found = view.session.execute(
        select(Post, Signup)
        .join(Signup, Signup.post_id == Post.id)
        .where(Signup.person_id == person_id)
        .order_by(Post.starts_at, Post.id)
    )
    return [(post, signup) for post, signup in found]


@cache
def _beginning() -> Select[Post, SignupState, datetime | None, int]:
    """Return the statement of `own_posts`, made once: each digest asks it."""
    return _live().where(
        Post.starts_at >= bindparam("start"),
        Post.starts_at < bindparam("end"),
    )


@cache
def _coming() -> Select[Post, SignupState, datetime | None, int]:
    """Return the statement of `own_coming`, made once."""
    return _live().where(Post.ends_at > bindparam("now"))


def _live() -> Select[Post, SignupState, datetime | None, int]:
    return (
        select(Post, Signup.state, Signup.offer_until, position_of_signup())
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == bindparam("person_id"),
            Signup.state.in_(LIVE),
            Post.state == PostState.published,
        )
        .order_by(Post.starts_at, Post.id)
    )


def _own(post: Post, state: SignupState, until: datetime | None, place: int) -> OwnPost:
    return OwnPost(post, state, place if state is SignupState.waiting else None, until)
