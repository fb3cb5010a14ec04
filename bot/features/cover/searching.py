"""Looking for a stand-in, or for somebody to swap with (VOL-02).

Until somebody takes the place the person is expected to come.
"""

from bot.config import Config
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.cover.access import (
    access_own_call,
    asked_for,
    begin,
    check_not_there,
    check_wanted,
    find_open,
    held_signup,
    reread,
)
from bot.features.cover.calling import ask_for
from bot.features.cover.choosing import Wanted
from bot.features.cover.closing import close
from bot.features.cover.facts import ComesAfterAll, LooksForStandIn
from bot.features.cover.models import CoverCall, CoverEnd, CoverKind
from bot.features.cover.rules import WARN_BEFORE
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person, lock_post, lock_posts
from bot.features.posts.eligibility import check_eligible
from bot.features.posts.held import own_at_that_time
from bot.features.posts.models import Post, Signup, SignupState
from bot.features.posts.rules import check_not_begun


def look_for_stand_in(work: Work, *, actor: Actor, post_id: int) -> CoverCall:
    """Let `actor` look for somebody who takes their place; the lead is told.

    A search that goes on already is returned as it is. Raises NotFound, NotSignedUp, OnlyWaiting
    and what `rules.check_not_begun` raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    signup = held_signup(work, post, actor.person_id)
    before = find_open(work, CoverKind.stand_in, post_id, actor.person_id)
    if before is not None:
        return before
    signup.looking_since = work.now
    signup.sure_at = None
    call = begin(work, CoverKind.stand_in, actor, post_id)
    if post.starts_at - work.now <= WARN_BEFORE:
        call.warned_at = work.now
    work.tell(LooksForStandIn(call.id))
    record(work, "cover.looks", f"post:{post_id}", actor_id=actor.person_id)
    return call


def stop_looking(work: Work, *, actor: Actor, call_id: int) -> CoverCall:
    """Let `actor` look for nobody any more: they come themselves, and the lead is told.

    Nothing changes where the call is over. Raises NotFound for somebody else's.
    """
    lock_person(work, actor.person_id)
    call = access_own_call(work, actor, call_id)
    post = lock_post(work, call.post_id)
    call = reread(work, call_id)
    if call.ended_at is not None:
        return call
    close(work, call, post, CoverEnd.stopped)
    if call.kind is CoverKind.stand_in:
        work.tell(ComesAfterAll(call.id))
    return call


def ask_around(work: Work, *, actor: Actor, call_id: int, config: Config) -> int:
    """Ask volunteers who are free and fit to take the place; return how many were asked.

    One round a search. Raises NotFound and NobodyWanted.
    """
    lock_person(work, actor.person_id)
    call = access_own_call(work, actor, call_id)
    post = lock_post(work, call.post_id)
    call = reread(work, call_id)
    check_wanted(call)
    if asked_for(work, call.id):
        return 0
    wanted = Wanted(post, not_id=actor.person_id)
    return ask_for(work, call, wanted, most=config.posts.cover.people_asked, config=config)


def propose_swap(
    work: Work, *, actor: Actor, post_id: int, other_id: int, config: Config
) -> CoverCall:
    """Let `actor` offer their place to those at another post for one there; they are asked.

    A proposal for the same two posts goes on as it is. Raises NotSignedUp, OnlyWaiting,
    AlreadyThere, and what keeps the actor from the other post.
    """
    lock_person(work, actor.person_id)
    posts = lock_posts(work, {post_id, other_id})
    post, other = posts[post_id], posts[other_id]
    signup = held_signup(work, post, actor.person_id)
    check_not_begun(other, now=work.now)
    before = find_open(work, CoverKind.swap, post_id, actor.person_id)
    if before is not None and before.other_post_id == other_id:
        return before
    _check_could_swap(work, actor, signup, other, config)
    if before is not None:
        close(work, before, post, CoverEnd.stopped)
    call = begin(work, CoverKind.swap, actor, post_id, other_id)
    wanted = Wanted(post, from_id=other_id, size=signup.size, not_id=actor.person_id)
    ask_for(work, call, wanted, most=config.posts.cover.people_asked, config=config)
    record(work, "cover.swap", f"post:{post_id}", actor_id=actor.person_id, other=other_id)
    return call


def _check_could_swap(
    work: Work, actor: Actor, signup: Signup, other: Post, config: Config
) -> None:
    """Raise what would keep the actor from the other post, their own place given up."""
    check_not_there(work, other, actor.person_id)
    own = own_at_that_time(work, actor.person_id, other)
    others = [one for one in own if one.post_id not in {other.id, signup.post_id}]
    state, signup.state = signup.state, SignupState.left
    work.session.flush()
    check_eligible(
        work,
        person_id=actor.person_id,
        post=other,
        size=signup.size,
        config=config,
        own=others,
    )
    signup.state = state
    work.session.flush()
