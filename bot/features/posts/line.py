"""The waiting line: whoever came first gets the place that came free (VOL-02).

A person who meanwhile holds a place at an overlapping post is passed over and keeps their turn:
the next free place is theirs once they are free themselves. People who come together move as one:
a group that does not fit into the free places is passed over as well, and the first behind it who
fits gets them.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.posts.access import count
from bot.features.posts.facts import Promoted
from bot.features.posts.models import HOLDING, LIVE, LineStep, Post, PostState, Signup, SignupState
from bot.features.posts.rules import missing
from bot.features.posts.trace import ever_passed_over, note_step

_AHEAD = 8
"""How many more people than free places are looked at in one step."""


def fill_places(work: Work, post: Post) -> list[int]:
    """Give the free places of a locked post to the first in line; return the persons' ids.

    They are told. A post that has begun or was cancelled takes nobody in.
    """
    if post.state is not PostState.published or work.now >= post.starts_at:
        return []
    promoted: list[int] = []
    looked_at = 0
    while (free := missing(post)) and post.waiting:
        batch = _next_in_line(work, post, after=looked_at, most=free + _AHEAD)
        if not batch:
            break
        looked_at = batch[-1].number
        busy = _busy(work, post, batch)
        chosen, passed = _choose(batch, busy, free)
        _note_passed(work, post, passed)
        _promote(work, post, chosen)
        promoted += [one.person_id for one in chosen]
    return promoted


def _choose(
    batch: Sequence[Signup], busy: set[int], free: int
) -> tuple[list[Signup], list[Signup]]:
    """Return who gets one of the free places, and who is passed over meanwhile."""
    chosen: list[Signup] = []
    passed: list[Signup] = []
    for signup in batch:
        if not free:
            break
        if signup.person_id in busy or signup.size > free:
            passed.append(signup)
        else:
            chosen.append(signup)
            free -= signup.size
    return chosen, passed


def _note_passed(work: Work, post: Post, passed: Sequence[Signup]) -> None:
    before = ever_passed_over(work, post.id, [signup.number for signup in passed])
    for signup in passed:
        if signup.number not in before:
            note_step(work, post.id, signup.number, LineStep.passed_over, size=signup.size)


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
        if row.state in HOLDING and row.post_id != post.id
    }


def _promote(work: Work, post: Post, chosen: Sequence[Signup]) -> None:
    if not chosen:
        return
    for signup in chosen:
        signup.state = SignupState.confirmed
        signup.at = work.now
        note_step(work, post.id, signup.number, LineStep.placed, size=signup.size)
        work.tell(Promoted(post.id, signup.person_id, signup.number))
        record(work, "post.promoted", f"post:{post.id}", actor_id=None, person=signup.person_id)
    count(work, post, taken=sum(one.size for one in chosen), waiting=-len(chosen))
