"""Ending calls: whoever takes a place ends one; what else changed is found by the clock.

A place can be filled in many ways (a tap, the line, the office), so none of them has to know of
calls: `due` finds the calls that are over, each ends once under its post's lock, and after a
restart they are found again.
"""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.cover.access import find_live, reread
from bot.features.cover.calling import ask_for
from bot.features.cover.choosing import Wanted
from bot.features.cover.facts import AsksClosed, NobodyFound
from bot.features.cover.models import AskState, CoverAsk, CoverCall, CoverEnd, CoverKind
from bot.features.cover.rules import WARN_BEFORE, is_past, must_warn
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.posts.access import leads, lock_posts
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.rules import missing


def due(view: View) -> Sequence[int]:
    """Return the calls that are over, must warn somebody, or asked people who are gone."""
    other = aliased(Post)
    found = view.session.scalars(
        select(CoverCall.id)
        .join(Post, Post.id == CoverCall.post_id)
        .outerjoin(other, other.id == CoverCall.other_post_id)
        .outerjoin(
            Signup,
            (Signup.post_id == CoverCall.post_id) & (Signup.person_id == CoverCall.person_id),
        )
        .where(
            CoverCall.ended_at.is_(None),
            or_(
                Post.state != PostState.published,
                Post.starts_at <= view.now,
                other.state != PostState.published,
                other.starts_at <= view.now,
                (CoverCall.kind == CoverKind.places) & (Post.taken >= Post.capacity),
                CoverCall.person_id.is_not(None) & (Signup.state != SignupState.confirmed),
                (CoverCall.kind == CoverKind.stand_in)
                & CoverCall.warned_at.is_(None)
                & (Post.starts_at <= view.now + WARN_BEFORE),
                exists().where(
                    CoverAsk.call_id == CoverCall.id,
                    CoverAsk.state == AskState.open,
                    Person.id == CoverAsk.person_id,
                    Person.unreachable_at.is_not(None),
                ),
            ),
        )
        .order_by(CoverCall.id)
    )
    return found.all()


def settle(work: Work, call_id: int, config: Config) -> None:
    """Do what is due for a call, if it still is."""
    known = work.session.get(CoverCall, call_id)
    if known is None:
        return
    posts = lock_posts(work, [one for one in (known.post_id, known.other_post_id) if one])
    call = reread(work, call_id)
    if call.ended_at is not None:
        return
    post = posts[call.post_id]
    end = _over(work, call, posts)
    if end is not None:
        close(work, call, post, end)
        return
    if must_warn(call, post, now=work.now):
        call.warned_at = work.now
        work.tell(NobodyFound(call.id))
    _ask_next(work, call, post, config)


def close(work: Work, call: CoverCall, post: Post, end: CoverEnd) -> None:
    """End an open call whose post is locked; those who have not answered are told so."""
    call.ended_at = work.now
    call.end = end
    if call.person_id is not None:
        signup = find_live(work, post, call.person_id)
        if signup is not None and call.kind is CoverKind.stand_in:
            signup.looking_since = None
    work.session.flush()
    ids = work.session.scalars(
        update(CoverAsk)
        .where(CoverAsk.call_id == call.id, CoverAsk.state == AskState.open)
        .values(state=AskState.closed)
        .returning(CoverAsk.id)
        .execution_options(synchronize_session=False)
    ).all()
    if ids:
        work.tell(AsksClosed(call.id, sorted(ids), end))
    record(work, "cover.ended", f"post:{call.post_id}", actor_id=None, end=end.value)


def answer(work: Work, call_id: int, person_id: int, state: AskState) -> None:
    """Note what a person answered, if they were asked."""
    work.session.execute(
        update(CoverAsk)
        .where(CoverAsk.call_id == call_id, CoverAsk.person_id == person_id)
        .values(state=state, answered_at=work.now)
        .execution_options(synchronize_session=False)
    )


def _over(work: Work, call: CoverCall, posts: dict[int, Post]) -> CoverEnd | None:
    if any(is_past(post, now=work.now) for post in posts.values()):
        return CoverEnd.begun
    post = posts[call.post_id]
    if call.person_id is None:
        return None if missing(post) else CoverEnd.filled
    signup = find_live(work, post, call.person_id)
    if signup is not None and signup.state is SignupState.confirmed:
        return None
    return CoverEnd.gone


def _ask_next(work: Work, call: CoverCall, post: Post, config: Config) -> None:
    """Ask others in place of those who cannot be reached any more.

    The call asked for so many people; whoever made it must still answer for the post.
    """
    gone = work.session.scalars(
        select(CoverAsk)
        .join(Person, Person.id == CoverAsk.person_id)
        .where(
            CoverAsk.call_id == call.id,
            CoverAsk.state == AskState.open,
            Person.unreachable_at.is_not(None),
        )
    ).all()
    for one in gone:
        one.state = AskState.unreached
    work.session.flush()
    if not gone or (call.person_id is None and not _still_leads(work, call)):
        return
    size = 1
    if call.person_id is not None and call.other_post_id is not None:
        signup = find_live(work, post, call.person_id)
        size = 1 if signup is None else signup.size
    wanted = Wanted(post, from_id=call.other_post_id, size=size, not_id=call.person_id)
    ask_for(work, call, wanted, most=len(gone), config=config)


def _still_leads(work: Work, call: CoverCall) -> bool:
    caller = work.session.get(Person, call.asked_by)
    return caller is not None and leads(actor_of(work, caller), call.post_id)
