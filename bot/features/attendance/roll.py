"""The post lead's list: who is there, who is not, who excused themselves (VOL-04).

A lead acts for the own post from two hours before to a day after it, the office always, both until
the post is closed. A lead who is not signed up leads all the same, and is not counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.config import Config
from bot.core.errors import NotAllowed
from bot.core.roles import OFFICE
from bot.db.work import Work
from bot.features.attendance import codes, rules
from bot.features.attendance.changing import (
    By,
    arrive,
    attendance_of,
    confirmed_signup,
    everybody,
    leave,
    miss,
    note,
)
from bot.features.attendance.errors import NotPossibleNow
from bot.features.attendance.models import Attendance, How, Presence
from bot.features.attendance.queries import Roll, roll
from bot.features.attendance.transitions import SERVED, Hand
from bot.features.people.actor import Actor
from bot.features.posts.access import leads, lock_person, lock_post
from bot.features.posts.models import Post, Signup

MOST_MINUTES = 24 * 60


class Mark(StrEnum):
    """What the lead says of the people of a sign-up."""

    here = "h"
    late = "l"
    early = "e"
    absent = "a"
    excused = "x"
    unknown = "u"


@dataclass(frozen=True)
class Code:
    """What a lead shows: the code, the link's payload for the QR code, and until when both hold."""

    post: Post
    code: str
    payload: str
    changes_at: datetime


def access_post_to_lead(work: Work, *, actor: Actor, post_id: int) -> Post:
    """Return a post that `actor` may act for now, locked.

    Raises NotFound, NotAllowed, NotYourHours and what `rules.check_takes_place` raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    if not leads(actor, post.id):
        raise NotAllowed
    rules.check_takes_place(post)
    if not actor.roles & OFFICE:
        rules.check_lead_hours(post, now=work.now)
    return post


def show_code(work: Work, *, actor: Actor, post_id: int, config: Config) -> Code:
    """Return the code of now. Raises as `access_post_to_lead`, and what `check_open` raises."""
    post = access_post_to_lead(work, actor=actor, post_id=post_id)
    rules.check_open(post, now=work.now, config=config)
    secret, step = codes.keep_secret(work, post.id), codes.step_at(work, config)
    seconds = config.posts.check_in.code_seconds
    changes_at = datetime.fromtimestamp((step + 1) * seconds, tz=work.now.tzinfo)
    payload = f"{codes.LINK}_{codes.token_of(secret, post.id, step)}"
    return Code(post, codes.code_of(secret, step), payload, changes_at)


def mark(
    work: Work, *, actor: Actor, post_id: int, signup_id: int, what: Mark, minutes: int = 0
) -> Post:
    """Write down what the lead says of one sign-up; what stands so already changes nothing.

    `minutes` is how much later than the start they came, or earlier than the end they went.
    Raises HasNoPlace, NotPossibleNow and what `access_post_to_lead` raises.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise NotPossibleNow
    post = access_post_to_lead(work, actor=actor, post_id=post_id)
    signup = confirmed_signup(work, post, signup_id=signup_id)
    one = attendance_of(work, signup)
    by = By(Hand.lead, actor.person_id, How.list)
    match what:
        case Mark.here:
            _here(work, post, one, by)
        case Mark.late:
            _late(work, post, one, by, timedelta(minutes=minutes))
        case Mark.early:
            _early(work, post, one, by, timedelta(minutes=minutes))
        case Mark.absent | Mark.excused | Mark.unknown:
            _missing(work, one, signup, what, by)
    return post


def mark_all_here(work: Work, *, actor: Actor, post_id: int) -> int:
    """Let everybody be there of whom nothing is known; return how many sign-ups that were.

    Raises what `access_post_to_lead` raises.
    """
    post = access_post_to_lead(work, actor=actor, post_id=post_id)
    by = By(Hand.lead, actor.person_id, How.list)
    waited_for = [one for _, one in everybody(work, post) if one.state is Presence.expected]
    for one in waited_for:
        _here(work, post, one, by)
    return len(waited_for)


def set_present(work: Work, *, actor: Actor, post_id: int, signup_id: int, present: int) -> Post:
    """Write down how many people of a sign-up are there.

    Raises HasNoPlace, NotPossibleNow and what `access_post_to_lead` raises.
    """
    post = access_post_to_lead(work, actor=actor, post_id=post_id)
    signup = confirmed_signup(work, post, signup_id=signup_id)
    one = attendance_of(work, signup)
    if one.state not in SERVED or not 1 <= present <= signup.size:
        raise NotPossibleNow
    if one.present != present:
        one.present = present
        note(work, one, By(Hand.lead, actor.person_id, How.list), one.state)
    return post


def end_as_planned(work: Work, post_id: int) -> int:
    """Let those who never checked out have gone at the planned end; return how many that were."""
    post = lock_post(work, post_id)
    by = By(Hand.clock, None, How.planned)
    return _end_open(work, post, by, at=post.ends_at)


def end_at_close(work: Work, post: Post, *, person_id: int) -> Roll:
    """Settle the list of a locked post that is being closed, and return it.

    Who is still there goes now, at the end at the latest; of whom nothing is known is absent.
    """
    by = By(Hand.lead, person_id, How.close)
    _end_open(work, post, by, at=min(work.now, post.ends_at))
    for signup, one in everybody(work, post):
        if one.state is Presence.expected:
            miss(work, one, Presence.absent, by, size=signup.size)
    work.session.flush()
    return roll(work, post.id)


def _end_open(work: Work, post: Post, by: By, *, at: datetime) -> int:
    there = [one for _, one in everybody(work, post) if one.state is Presence.checked_in]
    for one in there:
        leave(work, one, Presence.checked_out, by, at=at)
    work.session.flush()
    return len(there)


def _here(work: Work, post: Post, one: Attendance, by: By) -> None:
    if one.state is not Presence.checked_in:
        # Who is on the list was there from the start; who came later is marked as late.
        arrive(work, one, by, at=min(work.now, post.starts_at))
    elif one.how_in is How.location:
        # A pin set by hand cannot be told from where somebody is: now the lead has seen them.
        one.how_in = by.how
        note(work, one, by, one.state)


def _late(work: Work, post: Post, one: Attendance, by: By, minutes: timedelta) -> None:
    came_at = min(post.starts_at + minutes, post.ends_at)
    if one.state not in SERVED:
        arrive(work, one, by, at=came_at)
    elif one.in_at != came_at:
        one.in_at, one.how_in = came_at, by.how
        note(work, one, by, one.state)


def _early(work: Work, post: Post, one: Attendance, by: By, minutes: timedelta) -> None:
    if one.in_at is None:
        raise NotPossibleNow
    went_at = max(post.ends_at - minutes, post.starts_at)
    if one.state is not Presence.left_early:
        leave(work, one, Presence.left_early, by, at=went_at)
    elif one.out_at != went_at:
        one.out_at, one.how_out = went_at, by.how
        note(work, one, by, one.state)


def _missing(work: Work, one: Attendance, signup: Signup, what: Mark, by: By) -> None:
    to = {
        Mark.absent: Presence.absent,
        Mark.excused: Presence.excused,
        Mark.unknown: Presence.expected,
    }[what]
    if one.state is not to:
        miss(work, one, to, by, size=signup.size)
