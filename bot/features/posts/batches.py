"""A batch of posts: looking at it, publishing its drafts, taking it back (VOL-01)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person, lock_posts
from bot.features.posts.drafting import Published, move_to, publish_drafts
from bot.features.posts.facts import BatchUndone
from bot.features.posts.leads import end_leading
from bot.features.posts.models import LIVE, Post, PostBatch, PostState, Signup
from bot.features.posts.planerrors import BatchIsUndone
from bot.features.posts.withdrawing import open_offers, withdraw

_UNDOABLE = (PostState.draft, PostState.published)


@dataclass(frozen=True)
class BatchCounts:
    """How many posts of a batch are in which state, and whom taking it back would concern.

    `begun` counts the published ones that have begun and stay as they are.
    """

    drafts: int
    published: int
    begun: int
    cancelled: int
    people: int


@dataclass(frozen=True)
class Undone:
    """What taking a batch back did: posts cancelled, posts that had begun, people told."""

    posts: int
    begun: int
    people: int


def get_batch(view: View, batch_id: int) -> PostBatch:
    """Return a batch. Raises NotFound."""
    batch = view.session.get(PostBatch, batch_id)
    if batch is None:
        raise NotFound
    return batch


def posts_of_batch(view: View, batch_id: int) -> Sequence[Post]:
    """Return the posts of a batch in order of time."""
    return view.session.scalars(
        select(Post).where(Post.batch_id == batch_id).order_by(Post.starts_at, Post.id)
    ).all()


def draft_posts(view: View, *, page: int, size: int) -> tuple[Sequence[Post], int]:
    """Return a page of all drafts in order of time, and how many there are."""
    wanted = Post.state == PostState.draft
    total = view.session.scalar(select(func.count()).select_from(Post).where(wanted)) or 0
    last = max(1, -(-total // size))
    rows = view.session.scalars(
        select(Post)
        .where(wanted)
        .order_by(Post.starts_at, Post.id)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return rows.all(), total


def counts_of(view: View, posts: Sequence[Post]) -> BatchCounts:
    """Return how the posts of a batch stand."""
    open_ = [one for one in posts if one.state is PostState.published and one.starts_at > view.now]
    published = sum(one.state in {PostState.published, PostState.closed} for one in posts)
    return BatchCounts(
        drafts=sum(one.state is PostState.draft for one in posts),
        published=published,
        begun=published - len(open_),
        cancelled=sum(one.state is PostState.cancelled for one in posts),
        people=len(standing_at(view, [one.id for one in open_])),
    )


def standing_at(view: View, post_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return who has a place at these posts, waits, or leads one, each with the posts' ids."""
    found = view.session.execute(
        select(Signup.person_id, Signup.post_id)
        .where(Signup.post_id.in_(post_ids), Signup.state.in_(LIVE))
        .union(
            select(Post.lead_person_id, Post.id).where(
                Post.id.in_(post_ids), Post.lead_person_id.is_not(None)
            )
        )
        .order_by("person_id", "post_id")
    )
    people: dict[int, list[int]] = {}
    for person_id, post_id in found:
        people.setdefault(person_id, []).append(post_id)
    return people


def publish_batch(work: Work, *, actor: Actor, batch_id: int) -> Published:
    """Publish the drafts of a batch that are still to come.

    Raises NotAllowed, NotFound and BatchIsUndone.
    """
    actor.check(Role.coordinator)
    _lock_batch(work, batch_id)
    drafts = [post.id for post in posts_of_batch(work, batch_id) if post.state is PostState.draft]
    return publish_drafts(work, actor=actor, post_ids=drafts)


def undo(work: Work, *, actor: Actor, batch_id: int) -> Undone:
    """Cancel the posts of a batch that have not begun; whoever stood there is told once.

    Raises NotAllowed, NotFound, and BatchIsUndone where it was done before.
    """
    actor.check(Role.coordinator)
    batch = _lock_batch(work, batch_id)
    before = [post for post in posts_of_batch(work, batch_id) if post.state in _UNDOABLE]
    leads = {post.lead_person_id for post in before if post.state is PostState.published}
    for person_id in sorted(one for one in leads if one is not None):
        lock_person(work, person_id)
    posts = lock_posts(work, [post.id for post in before]).values()
    told, begun = [], 0
    for post in posts:
        if post.state is PostState.published and post.starts_at <= work.now:
            begun += 1
        elif post.state in _UNDOABLE:
            if post.state is PostState.published:
                told.append(post.id)
                withdraw(work, post, open_offers(work, post))
                end_leading(work, post, by=actor.person_id)
            move_to(post, PostState.cancelled)
            record(work, "post.cancelled", f"post:{post.id}", actor_id=actor.person_id)
    batch.undone_at = work.now
    work.session.flush()
    record(work, "batch.undone", f"batch:{batch.id}", actor_id=actor.person_id)
    if told:
        work.tell(BatchUndone(batch.id, tuple(told)))
    return Undone(len(posts) - begun, begun, len(standing_at(work, told)))


def _lock_batch(work: Work, batch_id: int) -> PostBatch:
    """Return a batch that stands, kept from others; it is locked before people and posts."""
    batch = work.session.scalar(
        select(PostBatch)
        .where(PostBatch.id == batch_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if batch is None:
        raise NotFound
    if batch.undone_at is not None:
        raise BatchIsUndone
    return batch
