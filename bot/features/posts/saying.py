"""What a person says to their reminder: that they will come (VOL-03)."""

from datetime import datetime

from sqlalchemy import or_, select

from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.people.reach import reach_of
from bot.features.posts.access import lock_person, lock_post
from bot.features.posts.errors import NotSignedUp, PostIsPaused
from bot.features.posts.held import live_signup
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.remindlines import Line, is_sure, lines_for
from bot.features.posts.rules import check_not_begun


def say_sure(work: Work, *, actor: Actor, post_id: int) -> Post:
    """Note that `actor` will come; saying it again changes nothing.

    Raises NotFound, NotSignedUp for those without a place, PostIsPaused, and what
    `rules.check_not_begun` raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    check_not_begun(post, now=work.now)
    if post.paused_at is not None:
        raise PostIsPaused
    signup = live_signup(work, post, actor.person_id)
    if signup.state is not SignupState.confirmed:
        raise NotSignedUp
    if not is_sure(post, signup):
        signup.sure_at = work.now
        work.session.flush()
        record(work, "post.sure", f"post:{post.id}", actor_id=actor.person_id)
    return post


def coming_lines(view: View, reader_id: int, *, start: datetime, end: datetime) -> list[Line]:
    """Return the posts to come in [start, end) of the reader and of those whom they look after.

    Two statements, however many posts there are.
    """
    found = view.session.execute(
        select(Post, Signup)
        .join(Signup, Signup.post_id == Post.id)
        .join(Person, Person.id == Signup.person_id)
        .where(
            Post.state == PostState.published,
            Post.starts_at >= start,
            Post.starts_at < end,
            Post.starts_at > view.now,
            Signup.state == SignupState.confirmed,
            or_(
                Person.id == reader_id,
                Person.telegram_id.is_(None)
                & or_(Person.registered_by == reader_id, Person.guardian_id == reader_id),
            ),
        )
        .order_by(Signup.id)
    ).all()
    reach = reach_of(view, {signup.person_id for _, signup in found})
    return lines_for(reader_id, [(post, signup) for post, signup in found], reach)
