"""The tables of hours: the ledger, what is asked of it, and what was decided."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime

MOST_WORDS = 200
"""UTF-16 units of a reason."""


class HourKind(StrEnum):
    """How hours came to be known; the three are never added up.

    `signed`: checked in and out at the post (现场签到签退). `confirmed`: by who answers for the
    post, then and there (负责人当场确认). `added`: afterwards, with a second person's confirmation
    (事后补录).
    """

    signed = "signed"
    confirmed = "confirmed"
    added = "added"


class HourEntry(Base):
    """Minutes of one person on one day; only ever added to, never changed and never deleted.

    What is wrong is put right by a further entry of the same person, post, day and kind, which
    `corrects_id` links to the first one, with the `reason` and with the difference as `minutes`,
    which may be negative. What an entry is worth is the sum of it and of those that correct it.

    `post_id` None: hours of no post. `by_person_id` is who confirmed or corrected; None for what
    follows from check-in and check-out. `request_id` is the request that it answers. `once` keeps a
    post from counting twice for one person.
    """

    __tablename__ = "hour_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    kind: Mapped[HourKind] = mapped_column(Choice(HourKind))
    minutes: Mapped[int]
    day: Mapped[date]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("hour_entry.id"))
    reason: Mapped[str | None] = mapped_column(String(MOST_WORDS))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("hour_request.id"))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    once: Mapped[str | None] = mapped_column(String(60), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("minutes <> 0", name="minutes"),
        CheckConstraint("corrects_id IS NOT NULL OR minutes > 0", name="first"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", name="reason"),
        CheckConstraint("kind <> 'added' OR request_id IS NOT NULL", name="added"),
        Index("ix_hour_entry_person", "person_id", "day"),
        Index("ix_hour_entry_post", "post_id"),
        Index("ix_hour_entry_corrects", "corrects_id"),
        Index("ix_hour_entry_day", "day"),
    )


class RequestKind(StrEnum):
    """What is asked: hours that are missing (补录), or another look at an entry (有误)."""

    missing = "missing"
    wrong = "wrong"


class HourRequest(Base):
    """Somebody asks for hours, or says that some are wrong; it is open until there is a ruling.

    `person_id` is whose hours they are, `by_person_id` who asks: for missing hours the person or
    who answers for the post. `minutes`, `day` and `post_id` (None: of no post) say which hours are
    missing, `entry_id` which are wrong (entries refer to requests, so the database does not check
    this one; entries are never deleted). `words` are blanked when the person is forgotten.
    """

    __tablename__ = "hour_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RequestKind] = mapped_column(Choice(RequestKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    entry_id: Mapped[int | None]
    day: Mapped[date]
    minutes: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(MOST_WORDS))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        CheckConstraint("(kind = 'wrong') = (entry_id IS NOT NULL)", name="entry"),
        CheckConstraint("(kind = 'missing') = (minutes IS NOT NULL)", name="asked"),
    )


class HourRuling(Base):
    """What a second person decided on a request, once; `words` say why not, None where granted."""

    __tablename__ = "hour_ruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("hour_request.id"), unique=True)
    granted: Mapped[bool]
    words: Mapped[str | None] = mapped_column(String(MOST_WORDS))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
