"""One step of one attendance; every way in and out goes through here.

Whoever calls holds the lock of the post's row: that alone keeps two hands from one attendance.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.db.work import Work
from bot.features.attendance.errors import HasNoPlace
from bot.features.attendance.models import Attendance, AttendanceEntry, How, Presence
from bot.features.attendance.transitions import SERVED, Hand, check_step
from bot.features.posts.models import Post, Signup, SignupState


@dataclass(frozen=True)
class By:
    """Who changes something, and by what: the person or the lead; `person_id` None is the clock."""

    hand: Hand
    person_id: int | None
    how: How


def confirmed_signup(
    work: Work, post: Post, *, person_id: int | None = None, signup_id: int | None = None
) -> Signup:
    """Return a sign-up with a place at a locked post, by its person or itself.

    Raises HasNoPlace, also for somebody who waits or was offered a place only.
    """
    found = work.session.scalar(
        select(Signup)
        .where(
            Signup.post_id == post.id,
            Signup.state == SignupState.confirmed,
            *(() if person_id is None else (Signup.person_id == person_id,)),
            *(() if signup_id is None else (Signup.id == signup_id,)),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise HasNoPlace(place=post.place)
    return found


def everybody(work: Work, post: Post) -> list[tuple[Signup, Attendance]]:
    """Return the sign-ups with a place at a locked post with their attendance, in their order."""
    found = work.session.execute(
        select(Signup, Attendance)
        .outerjoin(Attendance, Attendance.signup_id == Signup.id)
        .where(Signup.post_id == post.id, Signup.state == SignupState.confirmed)
        .order_by(Signup.number)
        .execution_options(populate_existing=True)
    )
    return [(signup, one or _expected(signup)) for signup, one in found]


def attendance_of(work: Work, signup: Signup) -> Attendance:
    """Return the attendance of a sign-up as it stands now; a new one is of somebody expected."""
    found = work.session.get(Attendance, signup.id, populate_existing=True)
    return found or _expected(signup)


def arrive(
    work: Work, one: Attendance, by: By, *, at: datetime, distance_m: int | None = None
) -> None:
    """Let the people of a sign-up be there since `at`; who had gone is there again, as before."""
    check_step(one.state, Presence.checked_in, by.hand)
    back = one.state in SERVED
    before, one.state = one.state, Presence.checked_in
    if not back:
        one.in_at, one.how_in = at, by.how
    one.out_at = one.how_out = None
    note(work, one, by, before, distance_m=distance_m)


def leave(work: Work, one: Attendance, to: Presence, by: By, *, at: datetime) -> None:
    """Let the people of a sign-up have gone at `at`, in the end (`checked_out`) or before."""
    check_step(one.state, to, by.hand)
    before, one.state = one.state, to
    one.out_at, one.how_out = at, by.how
    note(work, one, by, before)


def miss(
    work: Work, one: Attendance, to: Presence, by: By, *, size: int, reason: str | None = None
) -> None:
    """Let the people of a sign-up be absent, excused, or expected once more."""
    check_step(one.state, to, by.hand)
    before, one.state = one.state, to
    one.in_at = one.out_at = one.how_in = one.how_out = None
    one.present = size
    note(work, one, by, before, reason=reason)


def note(
    work: Work,
    one: Attendance,
    by: By,
    before: Presence,
    *,
    reason: str | None = None,
    distance_m: int | None = None,
) -> None:
    """Write a change down; `before` is the state it began in."""
    work.session.add(one)
    work.session.add(
        AttendanceEntry(
            signup_id=one.signup_id,
            by_person_id=by.person_id,
            how=by.how,
            at=work.now,
            before=before,
            after=one.state,
            present=one.present,
            reason=reason,
            distance_m=distance_m,
        )
    )


def _expected(signup: Signup) -> Attendance:
    """Return what is added with its first change: who looks leaves no row."""
    return Attendance(
        signup_id=signup.id,
        post_id=signup.post_id,
        person_id=signup.person_id,
        state=Presence.expected,
        present=signup.size,
    )
