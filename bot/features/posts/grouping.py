"""A post with several roles is one to people: it is moved and cancelled as one (VOL-01)."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.posts.access import get_post
from bot.features.posts.drafting import siblings
from bot.features.posts.managing import Changes, cancel, change
from bot.features.posts.models import LIVE, Post, PostState, Signup
from bot.features.posts.queries import Listed


def change_group(
    work: Work, *, actor: Actor, post_id: int, version: int, changes: Changes, config: Config
) -> Post:
    """Change a post and with it those of its other roles; `version` is that of `post_id`.

    The minimum is that of `post_id` alone. Returns the post and raises what `managing.change`
    does.
    """
    rest = replace(changes, minimum=None)
    for other in siblings(work, get_post(work, post_id)):
        if other.state is not PostState.cancelled or other.id == post_id:
            own = other.id == post_id
            change(
                work,
                actor=actor,
                post_id=other.id,
                version=version if own else other.version,
                changes=changes if own else rest,
                config=config,
            )
    return get_post(work, post_id)


def cancel_group(work: Work, *, actor: Actor, post_id: int) -> Sequence[Post]:
    """Cancel a post with all its roles and return them; raises what `managing.cancel` does."""
    post = get_post(work, post_id)
    rest = [one.id for one in siblings(work, post) if one.state is not PostState.cancelled]
    return [cancel(work, actor=actor, post_id=one) for one in rest or [post_id]]


def roles_of(view: View, post: Post, *, reader_id: int) -> list[Listed]:
    """Return the roles of a post in order, and how the reader stands with each.

    Cancelled ones are left out, but for `post` itself; a post without roles is its only one.
    """
    found = view.session.execute(
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
            (Post.id == post.id)
            | ((Post.group_id == post.group_id) & (Post.state != PostState.cancelled))
        )
        .order_by(Post.id)
    )
    return [Listed(*row) for row in found]
