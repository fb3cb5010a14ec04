"""The waiting line: whoever came first gets the place that came free (VOL-02).

A person who meanwhile holds a place at an overlapping post is passed over and keeps their turn:
the next free place is theirs once they are free themselves.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.posts.access import count
from bot.features.posts.facts import Promoted
from bot.features.posts.models import LIVE, Post, PostState, Signup, SignupState
from bot.features.posts.rules import missing

_AHEAD = 8
"""How many more people than free places are looked at in one step."""


def fill_places(work: Work, post: Post) -> list[int]:
    """Give the free places of a locked post to the first in line; return the persons' ids.

    They are told. A post that has begun or was cancelled takes nobody in.
    """
    if post.state is PostState.cancelled or work.now >= post.starts_at:
        return []
    promoted: list[int] = []
    looked_at = 0
    while (free := missing(post)) and post.waiting:
        batch = _next_in_line(work, post, after=looked_at, most=free + _AHEAD)
        if not batch:
            break
        looked_at = batch[-1].number
        busy = _busy(work, post, batch)
        chosen = [one for one in batch if one.person_id not in busy][:free]
        _promote(work, post, chosen)
        promoted += [one.person_id for one in chosen]
    return promoted


def _next_in_line(work: Work, post: Post, *, after: int, most: int) -> Sequence[Signup]:
    return work.session.scalars(
        select(Signup)
        .where(
            Signup.post_id == post.id,
            Signup.state == SignupState.waiting,
            Signup.number > after,
        )
        .order_by(Signup.number)
        .limit(most)
        .execution_options(populate_existing=True)
    ).all()


def _busy(work: Work, post: Post, batch: Sequence[Signup]) -> set[int]:
    """Return who of `batch` holds a place at an overlapping post.

    A person is confirmed elsewhere either under their own lock, which also locks their rows that
    overlap, or from another line. So their overlapping rows are locked first and read afterwards,
    by a statement that sees what the other transaction has committed.
    """
    persons = [signup.person_id for signup in batch]
    other = aliased(Post)
    overlapping = (
        select(Signup.id, Signup.person_id, Signup.state, Signup.post_id)
        .join(other, other.id == Signup.post_id)
        .where(
            Signup.person_id.in_(persons),
            Signup.state.in_(LIVE),
            other.state == PostState.published,
            other.starts_at < post.ends_at,
            other.ends_at > post.starts_at,
        )
        .order_by(Signup.id)
    )
    work.session.execute(overlapping.with_for_update(of=Signup, key_share=True)).all()
    return {
        row.person_id
        for row in work.session.execute(overlapping)
        if row.state is SignupState.confirmed and row.post_id != post.id
    }


def _promote(work: Work, post: Post, chosen: Sequence[Signup]) -> None:
    if not chosen:
        return
    for signup in chosen:
        signup.state = SignupState.confirmed
        signup.at = work.now
        work.tell(Promoted(post.id, signup.person_id, signup.number))
        record(work, "post.promoted", f"post:{post.id}", actor_id=None, person=signup.person_id)
    count(work, post, taken=len(chosen), waiting=-len(chosen))
