"""The tables of calls for cover, and of who was asked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime


class CoverKind(StrEnum):
    """What is looked for: people for free places, one for another's place, or an exchange."""

    places = "places"
    stand_in = "stand_in"
    swap = "swap"


class CoverEnd(StrEnum):
    """Why a call is over.

    `filled`: there are no free places any more. `taken`: somebody stands in, or swapped. `stopped`:
    whoever called wants nobody any more. `gone`: whose place it was does not hold it any more.
    `begun`: the post has begun, or does not take place.
    """

    filled = "filled"
    taken = "taken"
    stopped = "stopped"
    gone = "gone"
    begun = "begun"


class AskState(StrEnum):
    """What came of asking somebody.

    `resting` declined and wants no more asks this week; `closed` had not answered when the call
    ended; `unreached` cannot be written to any more.
    """

    open = "open"
    accepted = "accepted"
    declined = "declined"
    resting = "resting"
    closed = "closed"
    unreached = "unreached"


class CoverCall(Base):
    """A call for people, open until `ended_at`.

    `post_id` is the post that lacks somebody. `person_id` is whose place a stand-in or a swap is
    about, None for free places; they are expected to come until somebody takes it. For a swap,
    `other_post_id` is the post at which that person wants to be instead. Whoever has the `code`,
    which goes in a link, may take the place without having been asked; None for free places.
    `warned_at` is when the person was told shortly before the start that nobody has taken it.
    """

    __tablename__ = "cover_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CoverKind] = mapped_column(Choice(CoverKind))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    other_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str | None] = mapped_column(String(30), unique=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end: Mapped[CoverEnd | None] = mapped_column(Choice(CoverEnd))

    __table_args__ = (
        Index("ix_cover_call_open", "ended_at", "post_id"),
        Index("ix_cover_call_post", "post_id", "kind"),
        Index("ix_cover_call_person", "person_id", "ended_at"),
    )


class CoverAsk(Base):
    """One person who was asked to come to a post; nobody is asked twice for the same one."""

    __tablename__ = "cover_ask"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("cover_call.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[AskState] = mapped_column(Choice(AskState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_cover_ask_person", "post_id", "person_id", unique=True),
        Index("ix_cover_ask_call", "call_id", "state"),
        Index("ix_cover_ask_person", "person_id", "at"),
    )
