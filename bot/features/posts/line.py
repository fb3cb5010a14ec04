"""The waiting line: a place that came free is offered in order (VOL-02).

Whoever has waited longest is asked first, and the place is kept for them for a while (see
`lifetimes`). A person who meanwhile holds a place at an overlapping post, whom the rules refuse
as things stand (enough posts that week, say), or who cannot be asked, is passed over and keeps
their turn: the next free place is theirs once nothing is in its way.
People who come together move as one: a group that does not fit into the free places is passed over
as well, and the first behind it who fits is asked. Shortly before the start all who wait are told
that a place is free, and whoever taps first has it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.models import Person
from bot.features.posts.access import count
from bot.features.posts.eligibility import applicants
from bot.features.posts.eligible import refusal
from bot.features.posts.facts import Offered, PlaceOpen
from bot.features.posts.lifetimes import kept_until
from bot.features.posts.models import (
    HOLDING,
    LIVE,
    LineEntry,
    LineStep,
    Post,
    PostState,
    Signup,
    SignupState,
)
from bot.features.posts.rules import is_open, missing
from bot.features.posts.trace import ever_passed_over, note_step

_AHEAD = 8
"""How many more people than free places are looked at in one step."""
_FREEING = (
    LineStep.left,
    LineStep.removed,
    LineStep.declined,
    LineStep.expired,
    LineStep.withdrawn,
)


def fill_places(
    work: Work, post: Post, config: Config, *, ahead_of: int | None = None
) -> list[int]:
    """Offer the free places of a locked post to the first in line; return the persons' ids.

    They are told. `ahead_of` is the number in the line before which to stop; None asks the whole
    line. A post that takes nobody in is left as it is; one that is near offers nothing, but all
    who wait and fit are told.
    """
    if not (missing(post) and post.waiting and is_open(post, now=work.now, config=config)):
        return []
    until = kept_until(post, now=work.now, config=config)
    if until is None:
        work.tell(PlaceOpen(post.id, _last_step(work, post)))
        return []
    offered: list[int] = []
    looked_at = 0
    while (free := missing(post)) and post.waiting:
        batch = _next_in_line(work, post, after=looked_at, ahead_of=ahead_of, most=free + _AHEAD)
        if not batch:
            break
        looked_at = batch[-1].number
        chosen, passed = _choose(batch, _unable(work, post, batch, config), free)
        _note_passed(work, post, passed)
        _offer(work, post, chosen, until)
        offered += [one.person_id for one in chosen]
    return offered


def _next_in_line(
    work: Work, post: Post, *, after: int, ahead_of: int | None, most: int
) -> Sequence[Signup]:
    return work.session.scalars(
        select(Signup)
        .where(
            Signup.post_id == post.id,
            Signup.state == SignupState.waiting,
            Signup.number > after,
            *(() if ahead_of is None else (Signup.number < ahead_of,)),
        )
        .order_by(Signup.number)
        .limit(most)
        .execution_options(populate_existing=True)
    ).all()


def _choose(
    batch: Sequence[Signup], unable: set[int], free: int
) -> tuple[list[Signup], list[Signup]]:
    """Return who is offered one of the free places, and who is passed over meanwhile."""
    chosen: list[Signup] = []
    passed: list[Signup] = []
    for signup in batch:
        if not free:
            break
        if signup.person_id in unable or signup.size > free:
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


def _unable(work: Work, post: Post, batch: Sequence[Signup], config: Config) -> set[int]:
    """Return who of `batch` could not take a place now, or cannot be asked."""
    busy = _busy(work, post, batch)
    return busy | _refused(work, post, [one for one in batch if one.person_id not in busy], config)


def _refused(work: Work, post: Post, batch: Sequence[Signup], config: Config) -> set[int]:
    """Return whom the rules would refuse the place; whoever accepts is judged again."""
    if not batch:
        return set()
    who = applicants(
        work,
        [one.person_id for one in batch],
        since=post.starts_at,
        until=post.ends_at,
        config=config,
    )
    return {
        one.person_id
        for one in batch
        if refusal(who[one.person_id], post, size=one.size, now=work.now, config=config)
    }


def _busy(work: Work, post: Post, batch: Sequence[Signup]) -> set[int]:
    """Return who of `batch` holds a place at an overlapping post, or cannot be asked.

    A person gets a place elsewhere either under their own lock, which also locks their rows that
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
    held = {
        row.person_id
        for row in work.session.execute(overlapping)
        if row.state in HOLDING and row.post_id != post.id
    }
    return held | _out_of_reach(work, [signup.id for signup in batch])


def _out_of_reach(work: Work, signup_ids: Sequence[int]) -> set[int]:
    """Return who of these sign-ups can be asked by nobody.

    Somebody without Telegram is asked through whoever signed them up.
    """
    by = aliased(Person)
    found = work.session.scalars(
        select(Signup.person_id)
        .join(Person, Person.id == Signup.person_id)
        .outerjoin(by, by.id == Signup.by_person_id)
        .where(
            Signup.id.in_(signup_ids),
            or_(
                Person.unreachable_at.is_not(None),
                Person.telegram_id.is_(None)
                & (by.telegram_id.is_(None) | by.unreachable_at.is_not(None)),
            ),
        )
    )
    return set(found)


def _offer(work: Work, post: Post, chosen: Sequence[Signup], until: datetime) -> None:
    if not chosen:
        return
    for signup in chosen:
        signup.state = SignupState.offered
        signup.at = work.now
        signup.offer_until = until
        step = note_step(work, post.id, signup.number, LineStep.offered, size=signup.size)
        work.tell(Offered(post.id, signup.person_id, signup.number, step))
        record(work, "post.offered", f"post:{post.id}", actor_id=None, person=signup.person_id)
    work.session.flush()
    count(work, post, taken=sum(one.size for one in chosen), waiting=-len(chosen))


def _last_step(work: Work, post: Post) -> int:
    """Return the last step that made a place free: that is told of once."""
    last = select(func.max(LineEntry.id)).where(
        LineEntry.post_id == post.id, LineEntry.step.in_(_FREEING)
    )
    return work.session.scalar(last) or 0
