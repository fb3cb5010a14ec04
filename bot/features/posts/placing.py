"""Posts follow what their place is called in the register (VOL-10)."""

from sqlalchemy import select

from bot.db.work import Work
from bot.features.places.models import Place
from bot.features.posts.access import lock_posts
from bot.features.posts.models import Post, PostState

_OPEN = (PostState.draft, PostState.published)


def follow_name(work: Work, place: Place) -> int:
    """Let the posts to come at `place` be called as it is now; return how many changed.

    The place is the same, so nobody is told; posts that were keep the name of their day.
    """
    ids = work.session.scalars(
        select(Post.id).where(
            Post.place_id == place.id,
            Post.state.in_(_OPEN),
            Post.starts_at > work.now,
            Post.place != place.name,
        )
    ).all()
    for post in lock_posts(work, ids).values():
        post.place = place.name
        post.version += 1
    work.session.flush()
    return len(ids)
