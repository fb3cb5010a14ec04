"""Where people are missing, and what else a person could take."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.posts.models import HOLDING, LIVE, Post, PostState, Signup


@dataclass(frozen=True)
class Shortage:
    """How many posts lack people, and how many people that is."""

    posts: int
    people: int


def shortage(view: View, *, start: datetime, end: datetime) -> Shortage:
    """Return what is missing at the posts that start in [start, end)."""
    posts, people = view.session.execute(_missing(), {"start": start, "end": end}).one()
    return Shortage(posts, people or 0)


@cache
def _missing() -> Select[int, int | None]:
    """Return the statement of `shortage`, made once: each digest asks it."""
    free = Post.capacity - Post.taken
    return select(func.count(), func.sum(free)).where(
        Post.state == PostState.published,
        Post.starts_at >= bindparam("start"),
        Post.starts_at < bindparam("end"),
        free > 0,
    )


def open_near(
    view: View, *, near: datetime, person_id: int, most: int, except_id: int = 0
) -> list[Post]:
    """Return posts to come with free places that a person could take, nearest in time first.

    Left out are `except_id`, what the person already has or waits for, and what overlaps a place
    they hold.
    """
    asked = {
        "person_id": person_id,
        "now": view.now,
        "near": near,
        "except_id": except_id,
        "most": most,
    }
    later, earlier = _open_around()
    found = [*view.session.scalars(later, asked), *view.session.scalars(earlier, asked)]
    return sorted(found, key=lambda post: (abs(post.starts_at - near), post.id))[:most]


@cache
def _open_around() -> tuple[Select[Post], Select[Post]]:
    """Return the statements of `open_near` for later and earlier posts.

    Made once: everybody who finds a post full is shown what else there is.
    """
    near = bindparam("near", type_=Post.starts_at.type)
    is_open = (
        select(Post)
        .where(
            Post.state == PostState.published,
            Post.starts_at > bindparam("now"),
            Post.taken < Post.capacity,
            Post.id != bindparam("except_id"),
            is_free_for(bindparam("person_id")),
        )
        .limit(bindparam("most"))
    )
    later = is_open.where(Post.starts_at >= near).order_by(Post.starts_at, Post.id)
    earlier = is_open.where(Post.starts_at < near).order_by(Post.starts_at.desc(), Post.id.desc())
    return later, earlier


def is_free_for(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return what a post meets that the person neither has nor waits for, and could stand at."""
    other = aliased(Post)
    in_the_way = (
        exists()
        .where(
            Signup.person_id == person_id,
            Signup.state.in_(LIVE),
            other.id == Signup.post_id,
            or_(
                other.id == Post.id,
                Signup.state.in_(HOLDING)
                & (other.state == PostState.published)
                & (other.starts_at < Post.ends_at)
                & (other.ends_at > Post.starts_at),
            ),
        )
        .correlate(Post)
    )
    return ~in_the_way
