"""Fetching calls for cover and the places that they are about."""

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.core.ids import invitation_code
from bot.db.work import View, Work
from bot.features.cover.errors import AlreadyCovered, AlreadyThere, NobodyWanted, OnlyWaiting
from bot.features.cover.models import CoverAsk, CoverCall, CoverEnd, CoverKind
from bot.features.people.actor import Actor
from bot.features.posts.errors import NotSignedUp
from bot.features.posts.held import live_signup
from bot.features.posts.models import HOLDING, Post, Signup, SignupState
from bot.features.posts.rules import check_not_begun


def find_open(
    view: View, kind: CoverKind, post_id: int, person_id: int | None = None
) -> CoverCall | None:
    """Return the call for a post (and whose place, None for free ones) that is open; else None."""
    return view.session.scalar(
        select(CoverCall)
        .where(
            CoverCall.kind == kind,
            CoverCall.post_id == post_id,
            CoverCall.person_id == person_id,
            CoverCall.ended_at.is_(None),
        )
        .order_by(CoverCall.id)
        .limit(1)
    )


def find_by_code(view: View, code: str) -> CoverCall | None:
    """Return the call that a link with `code` leads to; None for none."""
    return view.session.scalar(select(CoverCall).where(CoverCall.code == code))


def held_signup(work: Work, post: Post, person_id: int) -> Signup:
    """Return the place that a person has at a locked post to come.

    Raises NotSignedUp, OnlyWaiting and what `rules.check_not_begun` raises.
    """
    check_not_begun(post, now=work.now)
    signup = live_signup(work, post, person_id)
    if signup.state is not SignupState.confirmed:
        raise OnlyWaiting
    return signup


def check_wanted(call: CoverCall) -> None:
    """Raise AlreadyCovered where somebody was quicker, NobodyWanted where it ended otherwise."""
    if call.end in {CoverEnd.taken, CoverEnd.filled}:
        raise AlreadyCovered(post_id=call.post_id)
    if call.ended_at is not None:
        raise NobodyWanted


def access_own_call(view: View, actor: Actor, call_id: int) -> CoverCall:
    """Return a call about the actor's own place. Raises NotFound."""
    call = view.session.get(CoverCall, call_id)
    if call is None or call.person_id != actor.person_id:
        raise NotFound
    return call


def reread(work: Work, call_id: int) -> CoverCall:
    """Return a call as it is now that its post is locked. Raises NotFound."""
    call = work.session.get(CoverCall, call_id, populate_existing=True)
    if call is None:
        raise NotFound
    return call


def asked_for(view: View, call_id: int) -> int:
    """Return how many people were asked for a call."""
    return (
        view.session.scalar(
            select(func.count()).select_from(CoverAsk).where(CoverAsk.call_id == call_id)
        )
        or 0
    )


def find_place(work: Work, post: Post, person_id: int) -> Signup | None:
    """Return the place that a person has at a locked post; None for none."""
    signup = find_live(work, post, person_id)
    return signup if signup is not None and signup.state is SignupState.confirmed else None


def find_live(work: Work, post: Post, person_id: int) -> Signup | None:
    """Return how a person stands at a locked post; None for in no way."""
    try:
        return live_signup(work, post, person_id)
    except NotSignedUp:
        return None


def check_not_there(work: Work, post: Post, person_id: int) -> None:
    """Raise AlreadyThere where a person has a place at a locked post, or is offered one."""
    signup = find_live(work, post, person_id)
    if signup is not None and signup.state in HOLDING:
        raise AlreadyThere


def begin(
    work: Work, kind: CoverKind, actor: Actor, post_id: int, other_id: int | None = None
) -> CoverCall:
    """Keep a new call about a place of the actor, with the code of its link."""
    call = CoverCall(
        kind=kind,
        post_id=post_id,
        other_post_id=other_id,
        person_id=actor.person_id,
        code=invitation_code(),
        asked_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(call)
    work.session.flush()
    return call
