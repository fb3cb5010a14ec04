"""Bringing more people, or fewer (VOL-02)."""

from bot.config import Config
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.access import count, lock_person, lock_post
from bot.features.posts.eligibility import check_size
from bot.features.posts.errors import NoPlaceForMore
from bot.features.posts.held import live_signup
from bot.features.posts.line import fill_places
from bot.features.posts.models import Post, Signup, SignupState
from bot.features.posts.rules import check_not_begun, check_open, missing


def change_size(work: Work, *, actor: Actor, post_id: int, size: int, config: Config) -> Signup:
    """Let `actor` come with so many people, themselves included; return the sign-up.

    Who has a place needs free ones for those who join; who waits keeps the turn, and brings as
    many as they like. Places that come free go to the line. Raises NotFound, NotSignedUp,
    an `Ineligible`, NoPlaceForMore, what `rules.check_not_begun` raises, and for more people
    what `rules.check_open` raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    signup = live_signup(work, post, actor.person_id)
    size = max(size, 1)
    if size > signup.size:
        check_open(post, now=work.now, config=config)
        check_size(work, person_id=actor.person_id, post=post, size=size, config=config)
    else:
        check_not_begun(post, now=work.now)
    _resize(work, post, signup, size, config)
    record(work, "post.size", f"post:{post.id}", actor_id=actor.person_id, size=size)
    return signup


def _resize(work: Work, post: Post, signup: Signup, size: int, config: Config) -> None:
    more = size - signup.size
    holds = signup.state is not SignupState.waiting
    if holds and more > missing(post):
        raise NoPlaceForMore(post_id=post.id, free=missing(post))
    signup.size = size
    work.session.flush()
    if holds:
        count(work, post, taken=more)
    if more < 0:
        fill_places(work, post, config)
