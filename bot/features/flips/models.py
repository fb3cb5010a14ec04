"""The tables of decisions about many posts at once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Choice, UtcDateTime
from bot.features.posts.models import PostState


class What(StrEnum):
    """What is done with posts; a paused one is resumed or something else is done with it."""

    pause = "pause"
    move = "move"
    end = "end"
    cancel = "cancel"
    resume = "resume"


class Flip(Base):
    """One decision about the posts of its `FlipPost` rows.

    `reason` is a word of ours (rain, heat, event) or what was typed. `shift_minutes` is how much
    later moved posts take place; None for what does not move. `undone_at` is when it was taken
    back; None: it holds. `cursor` is the last reader who was told, of the decision or of its taking
    back, while not everybody was; None: all were.
    """

    __tablename__ = "flip"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[What] = mapped_column(Choice(What))
    reason: Mapped[str] = mapped_column(String(200))
    shift_minutes: Mapped[int | None]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cursor: Mapped[int | None]


class FlipPost(Base):
    """One post of a decision, with what it was before.

    `version` is the post's after the decision: one that has another by now was changed since.
    `restored` says whether taking the decision back reached it; None while it was not taken back.
    """

    __tablename__ = "flip_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    flip_id: Mapped[int] = mapped_column(ForeignKey("flip.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    version: Mapped[int]
    old_state: Mapped[PostState] = mapped_column(Choice(PostState))
    old_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    old_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    old_paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    old_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    led: Mapped[bool]
    restored: Mapped[bool | None]

    __table_args__ = (Index("uq_flip_post", "flip_id", "post_id", unique=True),)
