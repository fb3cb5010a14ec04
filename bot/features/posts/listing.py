"""Lists in which a post with several roles is one: a row, with its roles below it (VOL-01)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from bot.core.dates import end_of, start_of
from bot.db.work import View
from bot.features.posts.models import LIVE, Post, PostState, Signup
from bot.features.posts.queries import Listed, PostList

KEY = func.coalesce(Post.group_id, Post.id)
"""What the roles of one post share: the id of the first of them."""
_FIRST = func.min(Post.starts_at)


def posts_on(
    view: View, day: date, *, zone: ZoneInfo, reader_id: int, page: int, size: int
) -> PostList:
    """Return a page of the posts that start on `day`: those to come and short of people first."""
    on_day = (Post.starts_at >= start_of(day, zone)) & (Post.starts_at < end_of(day, zone))
    missing = func.sum(Post.capacity - Post.taken)
    begun = func.max(case((Post.starts_at <= view.now, 1), else_=0))
    full = case((missing > 0, 0), else_=1)
    order = (begun, full, missing.desc(), _FIRST, KEY)
    return _page(view, on_day, order, reader_id=reader_id, page=page, size=size)


def posts_at(view: View, like: int, *, reader_id: int, page: int, size: int) -> PostList:
    """Return a page of the posts to come at the place of the post `like`, the next one first."""
    other = aliased(Post)
    same = Post.place == select(other.place).where(other.id == like).scalar_subquery()
    here = same & (Post.starts_at > view.now)
    return _page(view, here, (_FIRST, KEY), reader_id=reader_id, page=page, size=size)


def posts_short(
    view: View, *, start: datetime, end: datetime, reader_id: int, page: int, size: int
) -> PostList:
    """Return a page of the posts that start in [start, end) and lack people, in order of time.

    One that lacks people in one of its roles stands there with all of them.
    """
    short = (Post.starts_at >= start) & (Post.starts_at < end) & (Post.taken < Post.capacity)
    return _page(view, short, (_FIRST, KEY), reader_id=reader_id, page=page, size=size)


def with_roles(found: Iterable[Listed]) -> list[Listed]:
    """Return rows of posts, those of one post next to each other, as one row for each post."""
    return [as_one([*rows]) for _, rows in groupby(found, lambda one: key_of(one.post))]


def key_of(post: Post) -> int:
    """Return what a post shares with its other roles."""
    return post.id if post.group_id is None else post.group_id


def as_one(rows: Sequence[Listed]) -> Listed:
    """Return the roles of one post as its row; the reader's own role speaks for it."""
    shown = next((one for one in rows if one.own is not None), rows[0])
    roles = rows if len(rows) > 1 else ()
    return Listed(shown.post, shown.own, shown.until, roles)


def _page(
    view: View,
    wanted: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]],
    *,
    reader_id: int,
    page: int,
    size: int,
) -> PostList:
    """Return a page of the published posts among the `wanted`. Three statements."""
    wanted &= Post.state == PostState.published
    total = view.session.scalar(select(func.count(KEY.distinct())).where(wanted)) or 0
    last = max(1, -(-total // size))
    keys = view.session.scalars(
        select(KEY)
        .where(wanted)
        .group_by(KEY)
        .order_by(*order)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    ).all()
    rows = view.session.execute(
        select(Post, Signup.state, Signup.offer_until)
        .outerjoin(
            Signup,
            and_(
                Signup.post_id == Post.id,
                Signup.person_id == reader_id,
                Signup.state.in_(LIVE),
            ),
        )
        .where(
            Post.state == PostState.published,
            # Apart, for the index of each.
            or_(Post.id.in_(keys), Post.group_id.in_(keys)),
        )
    )
    at = {key: number for number, key in enumerate(keys)}
    found = [Listed(*row) for row in rows]
    found.sort(key=lambda one: (at[key_of(one.post)], one.post.id))
    return PostList(with_roles(found), total)
