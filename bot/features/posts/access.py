"""Fetching and locking posts.

Whoever writes takes locks in one order, so that no two transactions wait for each other: the
acting person's row, then post rows by id, then rows of sign-ups by id. SQLite has one writer and
ignores all of them. Locks do not claim the key (`FOR NO KEY UPDATE`), so that other transactions
may still insert rows that refer to a locked one.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from bot.core.errors import NotFound
from bot.core.roles import OFFICE, Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.posts.models import Post, PostState
from bot.features.posts.statements import COUNT, LOCK_PERSON, LOCK_POST


def get_post(view: View, post_id: int) -> Post:
    """Return a post, whatever its state; everybody may see posts. Raises NotFound."""
    post = view.session.get(Post, post_id)
    if post is None:
        raise NotFound
    return post


def lock_person(work: Work, person_id: int) -> None:
    """Let no other transaction of this person go on beside this one."""
    work.session.execute(LOCK_PERSON, {"person_id": person_id})


def lock_post(work: Work, post_id: int) -> Post:
    """Return a post as it stands now, kept from other writers. Raises NotFound."""
    post = work.session.scalar(LOCK_POST, {"post_id": post_id})
    if post is None:
        raise NotFound
    return post


def lock_posts(work: Work, post_ids: Iterable[int]) -> dict[int, Post]:
    """Return posts as they stand now, by id, locked in the order of their ids.

    Raises NotFound when one of them is not there.
    """
    return {post_id: lock_post(work, post_id) for post_id in sorted(set(post_ids))}


def access_post_to_manage(
    work: Work, *, actor: Actor, post_id: int, new_lead_id: int | None = None
) -> Post:
    """Return a post for the office to change, locked. Raises NotAllowed and NotFound.

    Its lead's row, and that of the lead to come, are locked before: their roles may change.
    """
    actor.check(Role.coordinator)
    concerned = {get_post(work, post_id).lead_person_id, new_lead_id}
    for person_id in sorted(one for one in concerned if one is not None):
        lock_person(work, person_id)
    return lock_post(work, post_id)


def leads(actor: Actor, post_id: int) -> bool:
    """Tell whether `actor` answers for the post: its lead, or the office."""
    return bool(actor.roles & OFFICE) or post_id in actor.led_post_ids


def count(work: Work, post: Post, *, taken: int = 0, waiting: int = 0, numbers: int = 0) -> None:
    """Change the counts of a locked post by these amounts."""
    work.session.execute(
        COUNT,
        {
            "post_id": post.id,
            "more_taken": taken,
            "more_waiting": waiting,
            "more_numbers": numbers,
        },
    )
    set_committed_value(post, "taken", post.taken + taken)
    set_committed_value(post, "waiting", post.waiting + waiting)
    set_committed_value(post, "last_number", post.last_number + numbers)


def posts_by_id(view: View, post_ids: Iterable[int]) -> list[Post]:
    """Return these posts in order of time; what is not there is left out."""
    return list(
        view.session.scalars(
            select(Post).where(Post.id.in_(set(post_ids))).order_by(Post.starts_at, Post.id)
        )
    )


def access_post(view: View, post_id: int, *, actor: Actor) -> Post:
    """Return a post that `actor` may see: drafts are the office's alone. Raises NotFound."""
    post = get_post(view, post_id)
    if post.state is PostState.draft and not actor.roles & OFFICE:
        raise NotFound
    return post
