"""What can be asked about posts; each question takes the same number of statements for any rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased

from bot.core.dates import end_of, local_day, start_of
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.people.models import Grant, Person
from bot.features.posts.models import LIVE, Post, PostState, Signup, SignupState


@dataclass(frozen=True)
class Listed:
    """A post of a list, and how the reader stands with it (None: in no way).

    An offered place is kept for the reader until `until`. `roles` are all the roles of a post that
    has several, `post` one of them, the reader's where they have one; empty for any other.
    """

    post: Post
    own: SignupState | None
    until: datetime | None = None
    roles: Sequence["Listed"] = ()


@dataclass(frozen=True)
class PostList:
    """A page of posts; `total` counts all pages."""

    rows: Sequence[Listed]
    total: int


@dataclass(frozen=True)
class PostCard:
    """A post as one reader sees it; the names and the own state are None where there is none.

    `position` is the reader's place in the line, from 1, for those who wait.
    """

    post: Post
    lead_name: str | None
    signup: Signup | None
    position: int | None

    @property
    def own(self) -> SignupState | None:
        """How the reader stands with the post; None for those who left or never came."""
        return self.signup.state if self.signup and self.signup.state in LIVE else None


@dataclass(frozen=True)
class PlaceSummary:
    """A place with posts to come; `like` is one of them, which names the place."""

    place: str
    like: int
    posts: int
    missing: int
    next_at: datetime


@dataclass(frozen=True)
class DaysAround:
    """The nearest days with posts before and after a day, from today on; None for none."""

    before: date | None
    after: date | None


def short_posts(
    view: View, *, start: datetime, end: datetime, reader_id: int, page: int, size: int
) -> PostList:
    """Return a page of the posts with free places that start in [start, end), in order of time.

    Each role of a post stands apart (see `listing.posts_short`).
    """
    return _page(
        view,
        _published() & _starts_between(start, end) & (Post.taken < Post.capacity),
        (Post.starts_at, Post.id),
        reader_id=reader_id,
        page=page,
        size=size,
    )


def first_day(view: View, zone: ZoneInfo) -> date | None:
    """Return the day of the next post to come; None when there is none."""
    start = view.session.scalar(
        select(func.min(Post.starts_at)).where(_published(), Post.starts_at > view.now)
    )
    return None if start is None else local_day(start, zone)


def days_around(view: View, day: date, zone: ZoneInfo) -> DaysAround:
    """Return where turning the day leads."""
    today = start_of(local_day(view.now, zone), zone)
    before = select(func.max(Post.starts_at)).where(
        _published(), Post.starts_at < start_of(day, zone), Post.starts_at >= today
    )
    after = select(func.min(Post.starts_at)).where(
        _published(), Post.starts_at >= end_of(day, zone), Post.starts_at >= today
    )
    found = view.session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return DaysAround(*(None if at is None else local_day(at, zone) for at in found))


def days_with_posts(view: View, *, start: datetime, end: datetime, zone: ZoneInfo) -> set[date]:
    """Return the days on which posts start in [start, end)."""
    starts = view.session.scalars(
        select(Post.starts_at).where(_published(), _starts_between(start, end)).distinct()
    )
    return {local_day(at, zone) for at in starts}


def places(view: View) -> list[PlaceSummary]:
    """Return the places with posts to come, the one with the next post first."""
    found = view.session.execute(
        select(
            Post.place,
            func.min(Post.id),
            # With all its roles a post is one.
            func.count(func.coalesce(Post.group_id, Post.id).distinct()),
            func.sum(Post.capacity - Post.taken),
            func.min(Post.starts_at),
        )
        .where(_published(), Post.starts_at > view.now)
        .group_by(Post.place)
        .order_by(func.min(Post.starts_at), Post.place)
    )
    return [PlaceSummary(*row) for row in found]


def post_card(view: View, post_id: int, *, reader_id: int) -> PostCard:
    """Return a post as `reader_id` sees it. Raises NotFound."""
    row = view.session.execute(_card(), {"post_id": post_id, "reader_id": reader_id}).first()
    if row is None:
        raise NotFound
    post, lead_name, signup, position = row
    waits = signup is not None and signup.state is SignupState.waiting
    return PostCard(post, lead_name or None, signup, position if waits else None)


def position_of_signup() -> ScalarSelect[int]:
    """Return the expression for the place in the line of the `Signup` of the outer statement."""
    ahead = aliased(Signup)
    return (
        select(func.count())
        .where(
            ahead.post_id == Signup.post_id,
            ahead.state == SignupState.waiting,
            ahead.number <= Signup.number,
        )
        .correlate(Signup)
        .scalar_subquery()
    )


@cache
def _card() -> Select[Post, str, Signup, int]:
    """Return the statement of `post_card`, made once."""
    return (
        select(Post, Person.name, Signup, position_of_signup())
        .outerjoin(
            Grant,
            and_(
                Grant.post_id == Post.id,
                Grant.person_id == Post.lead_person_id,
                Grant.role == Role.post_lead,
                Grant.revoked_at.is_(None),
            ),
        )
        .outerjoin(Person, Person.id == Grant.person_id)
        .outerjoin(
            Signup,
            and_(Signup.post_id == Post.id, Signup.person_id == bindparam("reader_id")),
        )
        .where(Post.id == bindparam("post_id"))
    )


def _page(
    view: View,
    wanted: ColumnElement[bool],
    order: Sequence[ColumnExpressionArgument[Any]],
    *,
    reader_id: int,
    page: int,
    size: int,
) -> PostList:
    total = view.session.scalar(select(func.count()).select_from(Post).where(wanted)) or 0
    last = max(1, -(-total // size))
    rows = view.session.execute(
        select(Post, Signup.state)
        .outerjoin(
            Signup,
            and_(
                Signup.post_id == Post.id,
                Signup.person_id == reader_id,
                Signup.state.in_(LIVE),
            ),
        )
        .where(wanted)
        .order_by(*order)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return PostList([Listed(post, own) for post, own in rows], total)


def _published() -> ColumnElement[bool]:
    return Post.state == PostState.published


def _starts_between(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (Post.starts_at >= start) & (Post.starts_at < end)
