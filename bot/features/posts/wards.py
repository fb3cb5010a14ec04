"""Minors who stand where their guardian stands no more (VOL-11)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from bot.db.work import Work
from bot.features.people.models import Person
from bot.features.posts.eligible import Held, is_with
from bot.features.posts.models import HOLDING, LIVE, Post, PostState, Signup


def left_alone(work: Work, post: Post, guardian_id: int) -> Sequence[Signup]:
    """Return the sign-ups of the guardian's minors that nobody accompanies without `post`.

    They are for this post, another role of it, or a post at its place and in its time. Where the
    guardian has a place that is as good, the minor stays. Two statements.
    """
    found = work.session.execute(
        select(Signup, Post)
        .join(Post, Post.id == Signup.post_id)
        .join(Person, Person.id == Signup.person_id)
        .where(
            Signup.state.in_(LIVE),
            Person.guardian_id == guardian_id,
            Person.minor.is_(True),
            Post.state == PostState.published,
            _beside(post),
        )
        .order_by(Signup.post_id, Signup.id)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        return ()
    places = work.session.execute(
        select(Post.id, Post.group_id, Post.kind, Post.place, Post.starts_at, Post.ends_at)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == guardian_id,
            Signup.state.in_(HOLDING),
            Post.state == PostState.published,
            Post.ends_at > work.now,
        )
    )
    held = [Held(*row) for row in places]
    return [signup for signup, there in found if not any(is_with(place, there) for place in held)]


def _beside(post: Post) -> ColumnElement[bool]:
    """Tell which posts somebody with a place at `post` is at as well; cf. `eligible.is_with`."""
    around = and_(
        Post.place == post.place,
        Post.starts_at >= post.starts_at,
        Post.ends_at <= post.ends_at,
    )
    roles = [] if post.group_id is None else [Post.group_id == post.group_id]
    return or_(Post.id == post.id, around, *roles)
