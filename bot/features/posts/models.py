"""The tables of posts and of who signed up for them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class PostState(StrEnum):
    """A published post can be signed up for until it starts; a cancelled one never."""

    published = "published"
    cancelled = "cancelled"


class SignupState(StrEnum):
    """Where a person stands with a post: left by oneself, removed by the office or the lead."""

    confirmed = "confirmed"
    waiting = "waiting"
    left = "left"
    removed = "removed"


LIVE = (SignupState.confirmed, SignupState.waiting)
"""The states of those whom a post concerns."""


class Post(Base):
    """A time at a place where volunteers stand.

    `taken` and `waiting` count its confirmed and waiting sign-ups; they change in the same
    statement as `last_number`, under the row's lock, and the database itself refuses more taken
    places than there are. `changed_at` is when place or time last changed (None: never): whoever
    signed up before may leave whatever the cut-off says. `version` grows with every edit.
    """

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    state: Mapped[PostState] = mapped_column(Choice(PostState), default=PostState.published)
    lead_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str | None] = mapped_column(String(600))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken"),
        CheckConstraint("waiting >= 0", name="waiting"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_post_start", "state", "starts_at"),
        Index("ix_post_place", "place", "starts_at"),
        Index("ix_post_lead", "lead_person_id", "starts_at"),
    )


class Signup(Base):
    """What one person has to do with one post: a single row, whatever happened in between.

    `number` is the place in the order of arrival: the waiting stand in its order, and it never
    repeats within a post. `at` is when the present state began.
    """

    __tablename__ = "signup"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[SignupState] = mapped_column(Choice(SignupState))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_signup_person", "post_id", "person_id", unique=True),
        Index("uq_signup_number", "post_id", "number", unique=True),
        Index("ix_signup_line", "post_id", "state", "number"),
        Index("ix_signup_person", "person_id", "state"),
    )
