"""Where people are missing, and what else a person could take."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
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
    free = Post.capacity - Post.taken
    posts, people = view.session.execute(
        select(func.count(), func.sum(free)).where(
            Post.state == PostState.published,
            Post.starts_at >= start,
            Post.starts_at < end,
            free > 0,
        )
    ).one()
    return Shortage(posts, people or 0)


def open_near(
    view: View, *, near: datetime, person_id: int, most: int, except_id: int = 0
) -> list[Post]:
    """Return posts to come with free places that a person could take, nearest in time first.

    Left out are `except_id`, what the person already has or waits for, and what overlaps a place
    they hold.
    """
    is_open = (
        select(Post)
        .where(
            Post.state == PostState.published,
            Post.starts_at > view.now,
            Post.taken < Post.capacity,
            Post.id != except_id,
            is_free_for(person_id),
        )
        .limit(most)
    )
    later = is_open.where(Post.starts_at >= near).order_by(Post.starts_at, Post.id)
    earlier = is_open.where(Post.starts_at < near).order_by(Post.starts_at.desc(), Post.id.desc())
    found = [*view.session.scalars(later), *view.session.scalars(earlier)]
    return sorted(found, key=lambda post: (abs(post.starts_at - near), post.id))[:most]


def is_free_for(person_id: int) -> ColumnElement[bool]:
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
