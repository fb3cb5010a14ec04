"""Taking offers back: the place is not to be had any more, the turn is kept (VOL-02)."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.posts.access import count
from bot.features.posts.facts import OfferEnded, OfferEnding
from bot.features.posts.models import LineStep, Post, Signup, SignupState
from bot.features.posts.trace import note_step


def open_offers(work: Work, post: Post) -> Sequence[Signup]:
    """Return the sign-ups of a locked post to whom a place is offered, the last in line first."""
    return work.session.scalars(
        select(Signup)
        .where(Signup.post_id == post.id, Signup.state == SignupState.offered)
        .order_by(Signup.number.desc())
        .execution_options(populate_existing=True)
    ).all()


def withdraw(work: Work, post: Post, signups: Sequence[Signup]) -> None:
    """Let people to whom a place of a locked post is offered wait again, in their old turn.

    Their messages are changed. The places are free then; to fill them is for the caller.
    """
    if not signups:
        return
    for signup in signups:
        signup.state = SignupState.waiting
        signup.at = work.now
        signup.offer_until = None
        note_step(work, post.id, signup.number, LineStep.withdrawn, size=signup.size)
        ended = OfferEnded(post.id, signup.person_id, signup.number, OfferEnding.withdrawn)
        work.tell(ended)
    work.session.flush()
    count(work, post, taken=-sum(one.size for one in signups), waiting=len(signups))
    record(work, "post.offers_withdrawn", f"post:{post.id}", actor_id=None, offers=len(signups))
