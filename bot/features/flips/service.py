"""Deciding about many posts at once, and taking it back within ten minutes.

One transaction: the posts, what they were before, and the messages. Posts are locked in the order
of their ids, after their leads' rows where roles change; of two coordinators who press at once the
second finds nothing left to do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.models import AuditEntry
from bot.features.audit.service import record
from bot.features.flips.choosing import Choice, chosen, fits
from bot.features.flips.errors import AlreadyUndone, NothingToFlip, UndoIsOver
from bot.features.flips.facts import Flipped, FlipUndone
from bot.features.flips.models import Flip, FlipPost, What
from bot.features.people.actor import Actor
from bot.features.people.grants import give
from bot.features.posts.access import lock_person
from bot.features.posts.leads import end_leading
from bot.features.posts.models import Post, PostState
from bot.features.posts.reminding import lock_in_order, settle_passed

UNDO_MINUTES = 10


@dataclass(frozen=True)
class Done:
    """A decision that was taken, with its posts in order of time."""

    flip: Flip
    posts: Sequence[Post]


@dataclass(frozen=True)
class Undone:
    """A decision that was taken back: `left` are the posts that were changed since."""

    flip: Flip
    restored: Sequence[Post]
    left: Sequence[Post]


def flip(
    work: Work,
    *,
    actor: Actor,
    choice: Choice,
    reason: str,
    config: Config,
    shift: timedelta | None = None,
) -> Done:
    """Do what `choice` says with all posts that it fits; everyone concerned is told once.

    `shift` is how much later moved posts take place. Raises NotAllowed, and NothingToFlip where
    no post is left.
    """
    actor.check(Role.coordinator)
    wanted = chosen(work, choice, config.time.zone_info)
    _lock_leads(work, choice.what, wanted)
    locked = lock_in_order(work, [post.id for post in wanted]).values()
    posts = [post for post in locked if fits(post, choice.what, now=work.now)]
    if not posts:
        raise NothingToFlip
    made = _keep(work, actor, choice, reason, shift)
    before = [_before(made, post) for post in posts]
    for post in posts:
        _apply(work, made, post, shift)
    work.session.flush()
    work.session.execute(insert(FlipPost), before)
    if choice.what is What.cancel:
        for post in posts:
            end_leading(work, post, by=actor.person_id)
    if choice.what is What.resume:
        settle_passed(work, config, [post.id for post in posts])
    _note(work, actor, f"post.flip_{choice.what}", made, posts)
    work.tell(Flipped(made.id))
    return Done(made, sorted(posts, key=lambda post: (post.starts_at, post.id)))


def undo(work: Work, *, actor: Actor, flip_id: int, config: Config) -> Undone:
    """Let the posts of a decision be what they were; everyone who heard of it is told once.

    A post that was changed since is left as it is. Raises NotAllowed, NotFound, AlreadyUndone and
    UndoIsOver.
    """
    actor.check(Role.coordinator)
    made = _lock(work, flip_id)
    if made.undone_at is not None:
        raise AlreadyUndone
    if work.now >= undo_until(made):
        raise UndoIsOver(minutes=UNDO_MINUTES)
    rows = {
        row.post_id: row
        for row in work.session.scalars(select(FlipPost).where(FlipPost.flip_id == made.id))
    }
    _lock_leads(work, made.what, _unlocked(work, rows))
    posts = lock_in_order(work, rows)
    restored = [post for post in posts.values() if post.version == rows[post.id].version]
    for post in posts.values():
        rows[post.id].restored = post in restored
    for post in restored:
        _restore(post, rows[post.id])
    made.undone_at, made.undone_by = work.now, actor.person_id
    work.session.flush()
    if made.what is What.cancel:
        _lead_again(work, actor, [post for post in restored if rows[post.id].led])
    settle_passed(work, config, [post.id for post in restored])
    _note(work, actor, "post.flip_undone", made, restored)
    work.tell(FlipUndone(made.id))
    left = [post for post in posts.values() if post not in restored]
    return Undone(made, restored, left)


def undo_until(made: Flip) -> datetime:
    """Return until when a decision can be taken back (half-open)."""
    return made.at + timedelta(minutes=UNDO_MINUTES)


def _keep(work: Work, actor: Actor, choice: Choice, reason: str, shift: timedelta | None) -> Flip:
    made = Flip(
        what=choice.what,
        reason=reason,
        shift_minutes=None if shift is None else shift // timedelta(minutes=1),
        by_person_id=actor.person_id,
        at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def _before(made: Flip, post: Post) -> dict[str, object]:
    return {
        "flip_id": made.id,
        "post_id": post.id,
        "version": post.version + 1,
        "old_state": post.state,
        "old_starts_at": post.starts_at,
        "old_ends_at": post.ends_at,
        "old_paused_at": post.paused_at,
        "old_changed_at": post.changed_at,
        "led": post.lead_person_id is not None,
    }


def _apply(work: Work, made: Flip, post: Post, shift: timedelta | None) -> None:
    post.version += 1
    match made.what:
        case What.pause:
            post.paused_at = work.now
        case What.resume:
            post.paused_at = None
        case What.end:
            post.ends_at = work.now
        case What.cancel:
            post.state = PostState.cancelled
        case What.move:
            if shift is None or shift <= timedelta(0):
                raise ValueError("posts are moved to a later time")
            post.starts_at += shift
            post.ends_at += shift
            post.changed_at = work.now
            post.paused_at = None


def _restore(post: Post, before: FlipPost) -> None:
    post.version += 1
    post.state = before.old_state
    post.starts_at, post.ends_at = before.old_starts_at, before.old_ends_at
    post.paused_at, post.changed_at = before.old_paused_at, before.old_changed_at


def _lead_again(work: Work, actor: Actor, posts: Iterable[Post]) -> None:
    for post in posts:
        if post.lead_person_id is not None:
            give(
                work,
                person_id=post.lead_person_id,
                role=Role.post_lead,
                post_id=post.id,
                by=actor.person_id,
            )


def _lock_leads(work: Work, what: What, posts: Iterable[Post]) -> None:
    """Lock the rows of those whose roles change, before the posts' rows."""
    if what is not What.cancel:
        return
    for person_id in sorted({post.lead_person_id for post in posts if post.lead_person_id}):
        lock_person(work, person_id)


def _unlocked(work: Work, ids: Iterable[int]) -> Sequence[Post]:
    return work.session.scalars(select(Post).where(Post.id.in_(list(ids)))).all()


def _lock(work: Work, flip_id: int) -> Flip:
    found = work.session.scalar(
        select(Flip)
        .where(Flip.id == flip_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _note(work: Work, actor: Actor, action: str, made: Flip, posts: Sequence[Post]) -> None:
    """Write the decision and each of its posts into the audit log."""
    record(
        work, action, f"flip:{made.id}", actor_id=actor.person_id, posts=[one.id for one in posts]
    )
    if posts:
        entry = {"at": work.now, "actor_id": actor.person_id, "action": action}
        work.session.execute(
            insert(AuditEntry),
            [{**entry, "subject": f"post:{one.id}", "data": {"flip": made.id}} for one in posts],
        )
