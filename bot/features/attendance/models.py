"""The tables of attendance, of the codes to check in, and of those that were wrong."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class Presence(StrEnum):
    """How a sign-up stands with its post; which follows which is in `transitions`.

    Who has no row yet is `expected`.
    """

    expected = "expected"
    checked_in = "checked_in"
    checked_out = "checked_out"
    left_early = "left_early"
    absent = "absent"
    excused = "excused"


class How(StrEnum):
    """By what a coming or going is known.

    The person's own `code`, `qr`, `location` and `button`; the lead's `list`; the lead's or the
    office's `close` of the post; `planned` is the planned end, taken because nobody checked out.
    """

    code = "code"
    qr = "qr"
    location = "location"
    button = "button"
    list = "list"
    close = "close"
    planned = "planned"


class Attendance(Base):
    """Whether the people of one sign-up came; a single row a sign-up, whatever happened.

    `present` counts who is there: the person and those whom they brought. `in_at` and `out_at`
    are when they came and went, `how_in` and `how_out` by what that is known; all None while they
    are not there yet, and for the absent and excused.
    """

    __tablename__ = "attendance"

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[Presence] = mapped_column(Choice(Presence))
    present: Mapped[int]
    in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    how_in: Mapped[How | None] = mapped_column(Choice(How))
    how_out: Mapped[How | None] = mapped_column(Choice(How))

    __table_args__ = (
        CheckConstraint("present >= 1", name="present"),
        Index("ix_attendance_post", "post_id", "state"),
        Index("ix_attendance_person", "person_id", "state"),
        Index("ix_attendance_state", "state", "post_id"),
    )


class AttendanceEntry(Base):
    """One change of an attendance; only ever added to.

    `by_person_id` is who changed it, None for the clock; `how` by what. `reason` is why, None
    where nothing had to be said. `distance_m` is how far off the place the person was who checked
    in by location, rounded; nothing else of the location is kept.
    """

    __tablename__ = "attendance_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    how: Mapped[How] = mapped_column(Choice(How))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[Presence] = mapped_column(Choice(Presence))
    after: Mapped[Presence] = mapped_column(Choice(Presence))
    present: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(200))
    distance_m: Mapped[int | None]

    __table_args__ = (Index("ix_attendance_entry_signup", "signup_id", "id"),)


class CheckInSecret(Base):
    """The secret of a post, from which its codes are derived; hexadecimal."""

    __tablename__ = "check_in_secret"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))


class WrongCheckIn(Base):
    """One wrong code that a person tried at a post."""

    __tablename__ = "wrong_check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_wrong_check_in_person", "person_id", "post_id", "at"),)
