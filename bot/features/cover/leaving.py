"""Leaving a place, and letting the post's lead know (VOL-03)."""

from bot.config import Config
from bot.db.work import Work
from bot.features.cover.access import find_live
from bot.features.cover.facts import LeftPost
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person, lock_post
from bot.features.posts.leaving import Left, leave
from bot.features.posts.models import SignupState


def leave_and_tell(work: Work, *, actor: Actor, post_id: int, config: Config) -> Left:
    """Let `actor` go; where they had a place, the post's lead is told once.

    Raises what `bot.features.posts.leaving.leave` does.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    signup = find_live(work, post, actor.person_id)
    number = 0 if signup is None else signup.number
    left = leave(work, actor=actor, post_id=post_id, config=config)
    if left.was is SignupState.confirmed:
        given_on = bool(left.promoted)
        work.tell(LeftPost(post_id, actor.person_id, number, given_on=given_on))
    return left
