"""Posts at their time and after it, for the walk through the entry points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.db.work import Work
from bot.features.closing.models import PostResult
from bot.features.people.actor import Actor
from bot.features.posts.models import Post, PostState, Signup
from bot.features.posts.service import NewPost, publish


@dataclass(frozen=True)
class StandThings:
    """The sign-up of the first post, and two closed posts whose reports wait for their units."""

    own_signup: int
    own_closed: int
    other_closed: int


def furnish_stand(
    work: Work, office: Actor, posts: Sequence[Post], units: Sequence[int]
) -> StandThings:
    """Let a post like each of `posts` have been closed; one for each of the two units."""
    signup = select(Signup.id).where(Signup.post_id == posts[0].id)
    own, other = (
        _closed(work, office, post, unit) for post, unit in zip(posts, units, strict=True)
    )
    return StandThings(work.session.scalars(signup).one(), own, other)


def _closed(work: Work, office: Actor, like: Post, unit_id: int) -> int:
    new = NewPost(like.kind, like.place, like.starts_at, like.ends_at, 5, like.lead_person_id)
    post = publish(work, actor=office, post=new)
    week = timedelta(days=7)
    post.starts_at, post.ends_at = post.starts_at - week, post.ends_at - week
    post.state = PostState.closed
    work.session.flush()
    work.session.add(
        PostResult(
            post_id=post.id,
            version=1,
            closed_by=office.person_id,
            closed_at=work.now,
            unit_id=unit_id,
        )
    )
    work.session.flush()
    return post.id
