"""Whom a decision about many posts concerns."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from bot.db.work import View, Work
from bot.features.flips.models import Flip, FlipPost
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.reach import reach_of
from bot.features.posts.models import LIVE, Post, Signup, SignupState


@dataclass(frozen=True)
class Changed:
    """A post of a decision, with what it was before."""

    post: Post
    before: FlipPost


@dataclass(frozen=True)
class Concern:
    """One post as it concerns one reader. `names` are those who are told through them.

    `state` is how the reader stands with the post themselves; None: they lead it, or only pass on.
    """

    changed: Changed
    state: SignupState | None = None
    leads: bool = False
    names: tuple[str, ...] = ()


def changed_posts(view: View, flip_id: int, *, restored: bool | None = None) -> list[Changed]:
    """Return the posts of a decision in order of the time they had; one statement.

    `restored` True leaves only those that taking it back reached, False the others; None all.
    """
    query = (
        select(Post, FlipPost)
        .join(FlipPost, FlipPost.post_id == Post.id)
        .where(FlipPost.flip_id == flip_id)
        .order_by(FlipPost.old_starts_at, Post.id)
    )
    if restored is not None:
        query = query.where(FlipPost.restored.is_(restored))
    return [Changed(post, before) for post, before in view.session.execute(query)]


def concerned(view: View, changed: Sequence[Changed]) -> dict[int, list[Concern]]:
    """Return who is to hear of these posts, and of which of them; two statements.

    People without a chat are told through who looks after them, who signed them up, or the lead.
    """
    posts = {one.post.id: one for one in changed}
    signups = view.session.scalars(
        select(Signup)
        .where(Signup.post_id.in_(list(posts)), Signup.state.in_(LIVE))
        .order_by(Signup.number, Signup.id)
    ).all()
    reach = reach_of(view, {signup.person_id for signup in signups})
    found: dict[int, dict[int, Concern]] = defaultdict(dict)
    for one in changed:
        if one.post.lead_person_id is not None:
            found[one.post.lead_person_id][one.post.id] = Concern(one, leads=True)
    for signup in signups:
        person = reach.get(signup.person_id)
        if person is None:
            continue
        one = posts[signup.post_id]
        reader = person.recipient_id or signup.by_person_id or one.post.lead_person_id or 0
        known = found[reader].get(one.post.id, Concern(one))
        own = reader == signup.person_id
        found[reader][one.post.id] = Concern(
            one,
            state=signup.state if own else known.state,
            leads=known.leads,
            names=known.names if own else (*known.names, person.name),
        )
    found.pop(0, None)
    return {
        reader: sorted(
            theirs.values(), key=lambda one: (one.changed.before.old_starts_at, one.changed.post.id)
        )
        for reader, theirs in sorted(found.items())
    }


def topic_of(flip_id: int) -> str:
    """Return the topic of the messages of a decision."""
    return f"flip:{flip_id}"


def take_back_unsent(work: Work, flip_id: int) -> None:
    """Cancel the messages of a decision that still wait."""
    work.session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.topic == topic_of(flip_id),
            OutboxRow.state.in_([State.held, State.pending]),
            OutboxRow.attempts == 0,
        )
        .values(state=State.cancelled)
        .execution_options(synchronize_session=False)
    )


def taken_back(view: View, flip_id: int) -> set[int]:
    """Return whose messages of a decision were cancelled before they went out."""
    found = view.session.scalars(
        select(OutboxRow.person_id).where(
            OutboxRow.topic == topic_of(flip_id), OutboxRow.state == State.cancelled
        )
    )
    return {person_id for person_id in found if person_id is not None}


def half_told(view: View) -> list[int]:
    """Return the decisions of which not everybody was told yet, oldest first."""
    found = select(Flip.id).where(Flip.cursor.is_not(None)).order_by(Flip.id)
    return list(view.session.scalars(found))


def lock_half_told(work: Work, flip_id: int) -> Flip | None:
    """Return a decision of which not everybody was told yet, locked; None where all were."""
    return work.session.scalar(
        select(Flip)
        .where(Flip.id == flip_id, Flip.cursor.is_not(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
