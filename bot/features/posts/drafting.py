"""How posts come to be: drafts, roles on a post, batches; and which way a post's state may go.

draft ──> published ──> closed
  └──────────┴────────> cancelled
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.places.rules import key_of
from bot.features.places.service import resolve
from bot.features.posts.access import get_post, lock_person, lock_posts
from bot.features.posts.errors import StartsInPast
from bot.features.posts.facts import BatchLed
from bot.features.posts.leads import set_lead
from bot.features.posts.models import Post, PostBatch, PostState
from bot.features.posts.planerrors import NotThatWay

ALLOWED: Mapping[PostState, frozenset[PostState]] = {
    PostState.draft: frozenset({PostState.published, PostState.cancelled}),
    PostState.published: frozenset({PostState.closed, PostState.cancelled}),
    PostState.closed: frozenset(),
    PostState.cancelled: frozenset(),
}
"""From which state a post may go to which; nothing else sets one."""


@dataclass(frozen=True)
class NewPost:
    """What a post is to be; times are aware. `lead_person_id` None: nobody yet.

    The others are what `models.Post` says of them.
    """

    kind: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    lead_person_id: int | None = None
    note: str | None = None
    minimum: int = 1
    companions: int = 0
    role: str | None = None
    title: str | None = None
    speaker: str | None = None
    unit_id: int | None = None
    team: str | None = None
    plan_id: int | None = None


Group = Sequence[NewPost]
"""What is one post to people: its roles, or the post itself."""


@dataclass(frozen=True)
class Published:
    """What became of drafts: how many are published, how many begin too early by now."""

    posts: int
    past: int


def move_to(post: Post, state: PostState) -> None:
    """Set the state of a locked post. Raises NotThatWay where `ALLOWED` has no such way."""
    if state not in ALLOWED[post.state]:
        raise NotThatWay(state=post.state)
    post.state = state
    post.version += 1


def add_posts(
    work: Work,
    *,
    actor: Actor,
    groups: Sequence[Group],
    state: PostState = PostState.published,
    batch: PostBatch | None = None,
) -> list[Post]:
    """Add posts, published or as drafts; leads are told of what is published.

    Their places come into the register. The caller has checked the number of places against the
    configuration. Raises NotAllowed, StartsInPast (not for drafts), and NotFound for a lead who is
    not registered.
    """
    actor.check(Role.coordinator)
    new = [one for group in groups for one in group]
    for one in new:
        check_times(work, one.starts_at, one.ends_at, draft=state is PostState.draft)
    places = resolve(work, (one.place for one in new), by=actor.person_id)
    made = []
    for group in groups:
        rows = [_row(work, one, actor, state, batch) for one in group]
        for row in rows:
            place = places[key_of(row.place)]
            row.place, row.place_id = place.name, place.id
        made.append(rows)
    posts = [row for rows in made for row in rows]
    work.session.add_all(posts)
    work.session.flush()
    for rows in made:
        if len(rows) > 1:
            for row in rows:
                row.group_id = rows[0].id
    wanted = {row.id: one.lead_person_id for row, one in zip(posts, new, strict=True)}
    _appoint(work, posts, wanted, batch, by=actor.person_id)
    _note(work, posts, actor)
    return posts


def publish_drafts(work: Work, *, actor: Actor, post_ids: Sequence[int]) -> Published:
    """Publish those of the drafts that are still to come; what is no draft stays as it is.

    Raises NotAllowed and NotFound.
    """
    actor.check(Role.coordinator)
    leads = {get_post(work, post_id).lead_person_id for post_id in post_ids}
    for person_id in sorted(one for one in leads if one is not None):
        lock_person(work, person_id)
    locked = lock_posts(work, post_ids).values()
    drafts = [post for post in locked if post.state is PostState.draft]
    ready = [post for post in drafts if post.starts_at > work.now]
    wanted = {post.id: post.lead_person_id for post in ready}
    for post in ready:
        move_to(post, PostState.published)
        post.lead_person_id = None
    work.session.flush()
    batch_id = ready[0].batch_id if ready else None
    batch = None if batch_id is None else work.session.get(PostBatch, batch_id)
    _appoint(work, ready, wanted, batch, by=actor.person_id)
    _note(work, ready, actor)
    return Published(posts=len(ready), past=len(drafts) - len(ready))


def begin_batch(
    work: Work, *, actor: Actor, what: str, given: Mapping[str, Any] | None
) -> PostBatch:
    """Return a new batch for posts to be made in one go."""
    batch = PostBatch(
        what=what,
        given=None if given is None else dict(given),
        created_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(batch)
    work.session.flush()
    return batch


def siblings(view: View, post: Post) -> Sequence[Post]:
    """Return the posts that are one post to people, `post` among them, in order."""
    if post.group_id is None:
        return [post]
    return view.session.scalars(
        select(Post).where(Post.group_id == post.group_id).order_by(Post.id)
    ).all()


def check_times(work: Work, starts_at: datetime, ends_at: datetime, *, draft: bool = False) -> None:
    """Raise StartsInPast for what is no draft, and ValueError for an end before the start."""
    if starts_at <= work.now and not draft:
        raise StartsInPast
    if ends_at <= starts_at:
        raise ValueError("a post ends after it starts")


def _row(work: Work, one: NewPost, actor: Actor, state: PostState, batch: PostBatch | None) -> Post:
    return Post(
        kind=one.kind,
        place=one.place,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        capacity=one.capacity,
        minimum=min(one.minimum, one.capacity),
        companions=one.companions,
        role=one.role,
        title=one.title,
        speaker=one.speaker,
        unit_id=one.unit_id,
        team=one.team,
        plan_id=one.plan_id,
        note=one.note,
        state=state,
        batch_id=None if batch is None else batch.id,
        taken=0,
        waiting=0,
        last_number=0,
        created_by=actor.person_id,
        created_at=work.now,
        version=1,
    )


def _appoint(
    work: Work,
    posts: Sequence[Post],
    wanted: Mapping[int, int | None],
    batch: PostBatch | None,
    *,
    by: int,
) -> None:
    """Let the posts have their leads; a lead of several posts of a batch is told once."""
    if posts and posts[0].state is PostState.draft:
        for post in posts:
            post.lead_person_id = wanted[post.id]
        return
    firsts = [post for post in posts if post.group_id in {None, post.id}]
    for post in posts:
        alone = batch is None and post in firsts
        set_lead(work, post, wanted[post.id], by=by, quietly=not alone)
    if batch is not None:
        for person_id in dict.fromkeys(wanted[post.id] for post in firsts):
            if person_id is not None:
                mine = tuple(post.id for post in firsts if wanted[post.id] == person_id)
                work.tell(BatchLed(batch.id, person_id, mine))


def _note(work: Work, posts: Sequence[Post], actor: Actor) -> None:
    for post in posts:
        record(
            work,
            "post.drafted" if post.state is PostState.draft else "post.published",
            f"post:{post.id}",
            actor_id=actor.person_id,
            capacity=post.capacity,
            starts_at=post.starts_at.isoformat(),
        )
