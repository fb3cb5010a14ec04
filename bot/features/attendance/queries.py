"""What can be asked about attendance; each question is one statement, whatever the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select

from bot.config import Config
from bot.config.posts import CheckInSettings
from bot.db.work import View
from bot.features.attendance import rules
from bot.features.attendance.models import Attendance, AttendanceEntry, How, Presence
from bot.features.attendance.transitions import SERVED
from bot.features.people.models import Person
from bot.features.posts.models import Post, PostState, Signup, SignupState


@dataclass(frozen=True)
class Present:
    """Somebody who came to a post, as hours are made of it (VOL-04).

    `present` counts the person and those whom they brought. `out_at` is None while they are there.
    """

    signup_id: int
    post_id: int
    person_id: int
    state: Presence
    starts_at: datetime
    ends_at: datetime
    in_at: datetime
    out_at: datetime | None
    how_in: How
    how_out: How | None
    present: int

    @property
    def companions(self) -> int:
        """How many came with the person."""
        return self.present - 1

    @property
    def minutes_late(self) -> int:
        """How many minutes after the start they came; 0 for those in time."""
        return rules.minutes_late(self.starts_at, self.in_at)

    @property
    def by_themselves(self) -> bool:
        """Whether the person checked in and out by themselves (现场签到签退).

        False where the lead's list, the close of the post or the planned end stands for either.
        """
        return self.how_in in rules.OWN_IN and self.how_out is How.button

    def minutes(self, settings: CheckInSettings) -> int:
        """Return how many minutes count (`rules.minutes_served`)."""
        return rules.minutes_served(
            settings,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            in_at=self.in_at,
            out_at=self.out_at,
        )


@dataclass(frozen=True)
class Listed:
    """Somebody with a place, on the lead's list. `size` counts who was to come, `present` who did.

    `present` is `size` for those of whom nothing is known yet.
    """

    signup_id: int
    person_id: int
    name: str
    size: int
    state: Presence
    present: int
    in_at: datetime | None
    out_at: datetime | None
    how_in: How | None
    how_out: How | None


@dataclass(frozen=True)
class Roll:
    """Everybody with a place at a post, in the order of arrival of their sign-ups."""

    rows: Sequence[Listed]

    def count(self, *states: Presence) -> int:
        """Return how many sign-ups stand in one of `states`."""
        return sum(one.state in states for one in self.rows)

    @property
    def came(self) -> int:
        """How many sign-ups were or are there."""
        return self.count(*SERVED)

    @property
    def people(self) -> int:
        """How many people were or are there, companions too."""
        return sum(one.present for one in self.rows if one.state in SERVED)


def presences(
    view: View, *, post_id: int | None = None, person_id: int | None = None
) -> list[Present]:
    """Return who came, to one post or anywhere, or where one person came; in order of time.

    Absent and excused people, and those who lost their place, are left out.
    """
    found: Iterable[Any] = view.session.execute(
        select(
            Attendance.signup_id,
            Attendance.post_id,
            Attendance.person_id,
            Attendance.state,
            Post.starts_at,
            Post.ends_at,
            Attendance.in_at,
            Attendance.out_at,
            Attendance.how_in,
            Attendance.how_out,
            Attendance.present,
        )
        .join(Post, Post.id == Attendance.post_id)
        .join(Signup, Signup.id == Attendance.signup_id)
        .where(
            Attendance.state.in_(SERVED),
            Signup.state == SignupState.confirmed,
            *(() if post_id is None else (Attendance.post_id == post_id,)),
            *(() if person_id is None else (Attendance.person_id == person_id,)),
        )
        .order_by(Post.starts_at, Post.id, Signup.number)
    )
    return [Present(*row) for row in found]


def roll(view: View, post_id: int) -> Roll:
    """Return the lead's list of a post."""
    found = view.session.execute(
        select(
            Signup.id,
            Signup.person_id,
            Person.name,
            Signup.size,
            func.coalesce(Attendance.state, Presence.expected.value),
            func.coalesce(Attendance.present, Signup.size),
            Attendance.in_at,
            Attendance.out_at,
            Attendance.how_in,
            Attendance.how_out,
        )
        .join(Person, Person.id == Signup.person_id)
        .outerjoin(Attendance, Attendance.signup_id == Signup.id)
        .where(Signup.post_id == post_id, Signup.state == SignupState.confirmed)
        .order_by(Signup.number)
    )
    return Roll(
        [
            Listed(signup, person, name, size, Presence(state), *rest)
            for signup, person, name, size, state, *rest in found
        ]
    )


def find_attendance(view: View, *, post_id: int, person_id: int) -> Attendance | None:
    """Return how a person's sign-up for a post stands; None while nothing is known."""
    return view.session.scalar(
        select(Attendance).where(Attendance.post_id == post_id, Attendance.person_id == person_id)
    )


def open_posts(view: View, person_id: int, config: Config) -> Sequence[Post]:
    """Return the posts with a place of the person at which one can check in now, by start.

    Those at which they have checked in already are among them.
    """
    settings = config.posts.check_in
    found = view.session.scalars(
        select(Post)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == person_id,
            Signup.state == SignupState.confirmed,
            Post.state == PostState.published,
            Post.starts_at <= view.now + timedelta(minutes=settings.opens_minutes_before),
            Post.starts_at > view.now - timedelta(minutes=settings.closes_minutes_after),
            Post.ends_at > view.now,
        )
        .order_by(Post.starts_at, Post.id)
    )
    return [post for post in found if rules.is_open(post, now=view.now, config=config)]


def running_posts(view: View, person_id: int) -> Sequence[Post]:
    """Return the posts that the person leads and may act for now, by start."""
    return view.session.scalars(
        select(Post)
        .where(
            Post.lead_person_id == person_id,
            Post.state == PostState.published,
            Post.starts_at <= view.now + rules.LEAD_BEFORE,
            Post.ends_at > view.now - rules.LEAD_AFTER,
        )
        .order_by(Post.starts_at, Post.id)
    ).all()


def never_checked_out(view: View, config: Config, *, most: int) -> list[int]:
    """Return posts where somebody has not checked out in time, at most so many, by id."""
    latest = view.now - timedelta(hours=config.posts.check_in.out_hours_after)
    found = view.session.scalars(
        select(Attendance.post_id)
        .join(Post, Post.id == Attendance.post_id)
        .join(
            Signup,
            and_(Signup.id == Attendance.signup_id, Signup.state == SignupState.confirmed),
        )
        .where(
            Attendance.state == Presence.checked_in,
            Post.state == PostState.published,
            Post.ends_at <= latest,
        )
        .distinct()
        .order_by(Attendance.post_id)
        .limit(most)
    )
    return list(found)


def changes_of(view: View, signup_id: int) -> Sequence[AttendanceEntry]:
    """Return what happened to the attendance of a sign-up, oldest first."""
    return view.session.scalars(
        select(AttendanceEntry)
        .where(AttendanceEntry.signup_id == signup_id)
        .order_by(AttendanceEntry.id)
    ).all()


def everything_of(view: View, person_id: int) -> list[tuple[Post, Attendance]]:
    """Return all that is kept of a person's attendance, for the person alone."""
    found = view.session.execute(
        select(Post, Attendance)
        .join(Attendance, Attendance.post_id == Post.id)
        .where(Attendance.person_id == person_id)
        .order_by(Post.starts_at, Post.id)
    )
    return [(post, attendance) for post, attendance in found]
