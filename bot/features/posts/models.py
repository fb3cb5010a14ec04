"""The tables of posts and of who signed up for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import AsciiJson, Base, Choice, UtcDateTime


class PostState(StrEnum):
    """A draft is the office's alone; a published post can be signed up for until it starts.

    A closed one took place and is settled, a cancelled one never takes place.
    """

    draft = "draft"
    published = "published"
    closed = "closed"
    cancelled = "cancelled"


class SignupState(StrEnum):
    """Where a person stands with a post.

    An `offered` place is kept for the person until they take it, decline it or let it pass. Who
    `left` went by themselves, who was `removed` by the office or the lead.
    """

    confirmed = "confirmed"
    offered = "offered"
    waiting = "waiting"
    left = "left"
    removed = "removed"


HOLDING = (SignupState.confirmed, SignupState.offered)
"""The states that take places."""
LIVE = (*HOLDING, SignupState.waiting)
"""The states of those whom a post concerns."""


class Post(Base):
    """A time at a place where volunteers stand.

    `taken` counts the people of its confirmed and offered sign-ups with their companions,
    `waiting` its waiting sign-ups; they change in the same statement as `last_number`, under the
    row's lock, and the database itself refuses more taken places than there are. Fewer people than
    `minimum` are too few. `changed_at` is when place or time last changed (None: never): whoever
    signed up before may leave whatever the cut-off says. `version` grows with every edit.

    A post with several roles is several rows with one `group_id`, the id of the first of them,
    each with its `role`, its places and its line; None: a post by itself. `batch_id` is the series
    that it was made in, `place_id` the place of the register. `companions` is how many people one
    person may bring. `title` and `speaker` are a lecture's. `unit_id` is the responsible unit,
    `team` the team that it is meant for, `plan_id` the plan that it counts for. While `paused_at`
    is set nobody signs up and nobody is reminded.
    """

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=1, server_default="1")
    companions: Mapped[int] = mapped_column(default=0, server_default="0")
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    state: Mapped[PostState] = mapped_column(Choice(PostState), default=PostState.published)
    lead_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str | None] = mapped_column(String(600))
    role: Mapped[str | None] = mapped_column(String(40))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("post_batch.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(120))
    speaker: Mapped[str | None] = mapped_column(String(80))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    team: Mapped[str | None] = mapped_column(String(40))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("team_plan.id"), index=True)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken"),
        CheckConstraint("waiting >= 0", name="waiting"),
        CheckConstraint("minimum >= 0 AND minimum <= capacity", name="minimum"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_post_start", "state", "starts_at"),
        Index("ix_post_place", "place", "starts_at"),
        Index("ix_post_lead", "lead_person_id", "starts_at"),
    )


class Signup(Base):
    """What one person has to do with one post: a single row, whatever happened in between.

    `number` is the place in the order of arrival: the waiting stand in its order, and it never
    repeats within a post. `at` is when the present state began. `size` counts the person and those
    whom they bring; these move as one. `by_person_id` is who signed them up, None for themselves.
    An offered place is kept until `offer_until`. Since `looking_since` the person looks for a
    stand-in and is still expected to come. `sure_at` is when they said that they will.
    """

    __tablename__ = "signup"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[SignupState] = mapped_column(Choice(SignupState))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    size: Mapped[int] = mapped_column(default=1, server_default="1")
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    offer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looking_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sure_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("size >= 1", name="size"),
        Index("uq_signup_person", "post_id", "person_id", unique=True),
        Index("uq_signup_number", "post_id", "number", unique=True),
        Index("ix_signup_line", "post_id", "state", "number"),
        Index("ix_signup_person", "person_id", "state"),
        Index("ix_signup_offer", "state", "offer_until"),
    )


class LineStep(StrEnum):
    """What can happen to a number of a post's line."""

    joined = "joined"
    placed = "placed"
    offered = "offered"
    accepted = "accepted"
    declined = "declined"
    expired = "expired"
    withdrawn = "withdrawn"
    passed_over = "passed_over"
    left = "left"
    removed = "removed"
    handed_over = "handed_over"


class LineEntry(Base):
    """One step of one number of a post's line; only ever added to.

    From these anybody can be told why a place went where it went, without a name (the numbers are
    the sign-ups' `number`). `size` counts the people of the sign-up then.
    """

    __tablename__ = "line_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    number: Mapped[int]
    step: Mapped[LineStep] = mapped_column(Choice(LineStep))
    size: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_line_entry_post", "post_id", "id"),)


class PostBatch(Base):
    """Posts that were made in one go, and can be undone in one: a series, a copied day or week.

    `what` says how they came to be, `given` what was entered for them (None for copies);
    `undone_at` is when the batch was taken back.
    """

    __tablename__ = "post_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(20))
    given: Mapped[dict[str, Any] | None] = mapped_column(AsciiJson)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PostTemplate(Base):
    """What was entered for a series, kept under a name to begin the next one with.

    A removed one is offered no more.
    """

    __tablename__ = "post_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    given: Mapped[dict[str, Any]] = mapped_column(AsciiJson)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DutyCard(Base):
    """What the office says instead of the configuration's duty card of a kind (VOL-05).

    Versions count from 1 and stay; the newest is shown. `text` None: the configuration's again.
    """

    __tablename__ = "duty_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    text: Mapped[str | None] = mapped_column(String(1200))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("uq_duty_card_version", "kind", "version", unique=True),)
