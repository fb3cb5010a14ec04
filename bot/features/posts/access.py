"""Fetching and locking posts.

Whoever writes takes locks in one order, so that no two transactions wait for each other: the
acting person's row, then post rows by id, then rows of sign-ups by id. SQLite has one writer and
ignores all of them. Locks do not claim the key (`FOR NO KEY UPDATE`), so that other transactions
may still insert rows that refer to a locked one.
"""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from bot.core.errors import NotFound
from bot.core.roles import OFFICE, Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import Post


def get_post(view: View, post_id: int) -> Post:
    """Return a post, whatever its state; everybody may see posts. Raises NotFound."""
    post = view.session.get(Post, post_id)
    if post is None:
        raise NotFound
    return post


def lock_person(work: Work, person_id: int) -> None:
    """Let no other transaction of this person go on beside this one."""
    work.session.execute(
        select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    )


def lock_post(work: Work, post_id: int) -> Post:
    """Return a post as it stands now, kept from other writers. Raises NotFound."""
    return lock_posts(work, [post_id])[post_id]


def lock_posts(work: Work, post_ids: Iterable[int]) -> dict[int, Post]:
    """Return posts as they stand now, by id, locked in the order of their ids.

    Raises NotFound when one of them is not there.
    """
    wanted = set(post_ids)
    found = work.session.scalars(
        select(Post)
        .where(Post.id.in_(wanted))
        .order_by(Post.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    posts = {post.id: post for post in found}
    if posts.keys() != wanted:
        raise NotFound
    return posts


def access_post_to_manage(work: Work, *, actor: Actor, post_id: int) -> Post:
    """Return a post for the office to change, locked. Raises NotAllowed and NotFound."""
    actor.check(Role.coordinator)
    return lock_post(work, post_id)


def leads(actor: Actor, post: Post) -> bool:
    """Tell whether `actor` answers for the post: its lead, or the office."""
    return bool(actor.roles & OFFICE) or post.lead_person_id == actor.person_id


def count(work: Work, post: Post, *, taken: int = 0, waiting: int = 0, numbers: int = 0) -> None:
    """Change the counts of a locked post by these amounts.

    The database adds, so that even a writer without the lock could not lose another's count.
    """
    work.session.execute(
        update(Post)
        .where(Post.id == post.id)
        .values(
            taken=Post.taken + taken,
            waiting=Post.waiting + waiting,
            last_number=Post.last_number + numbers,
        )
        .execution_options(synchronize_session=False)
    )
    set_committed_value(post, "taken", post.taken + taken)
    set_committed_value(post, "waiting", post.waiting + waiting)
    set_committed_value(post, "last_number", post.last_number + numbers)
