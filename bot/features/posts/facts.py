"""What happened at posts and must be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.facts import Fact


class OfferEnding(StrEnum):
    """What became of an offered place."""

    accepted = "accepted"
    declined = "declined"
    expired = "expired"
    removed = "removed"
    withdrawn = "withdrawn"


@dataclass(frozen=True)
class Offered(Fact):
    """A place came free and is kept for the waiting person.

    `number` is their number in the line, `step_id` the step of the line, which tells one offer
    from another.
    """

    post_id: int
    person_id: int
    number: int
    step_id: int


@dataclass(frozen=True)
class OfferEnded(Fact):
    """The last offer to the person with `number` in the line is over.

    `answered` is the step of the offer on whose message it was answered; None: not on one.
    """

    post_id: int
    person_id: int
    number: int
    how: OfferEnding
    answered: int | None = None


@dataclass(frozen=True)
class PlaceOpen(Fact):
    """A place is free for whoever of the waiting taps first; `step_id` is what made it so."""

    post_id: int
    step_id: int


@dataclass(frozen=True)
class PostChanged(Fact):
    """Place, time, kind, note, title or speaker changed; `version` is the edit's.

    `moved` means that place or time are others than the old ones. The cut-off binds nobody then.
    `old_title` is None for what was no lecture.
    """

    post_id: int
    version: int
    moved: bool
    old_place: str
    old_starts_at: datetime
    old_ends_at: datetime
    old_title: str | None = None


@dataclass(frozen=True)
class PostCancelled(Fact):
    """The post does not take place."""

    post_id: int


@dataclass(frozen=True)
class LeadAppointed(Fact):
    """A person is the post's lead from the edit `version` on."""

    post_id: int
    person_id: int
    version: int


@dataclass(frozen=True)
class LeadRelieved(Fact):
    """A person is no longer the post's lead since the edit `version`."""

    post_id: int
    person_id: int
    version: int


@dataclass(frozen=True)
class Removed(Fact):
    """The office or the lead took a person off the post; `number` is their number in the line."""

    post_id: int
    person_id: int
    number: int


@dataclass(frozen=True)
class CannotCome(Fact):
    """After the cut-off a person says that they cannot come; `number` as above."""

    post_id: int
    person_id: int
    number: int


@dataclass(frozen=True)
class SignedUpByOther(Fact):
    """`by_person_id` signed somebody up; `number` is their number in the line."""

    post_id: int
    person_id: int
    by_person_id: int
    number: int


@dataclass(frozen=True)
class BatchLed(Fact):
    """A person leads these posts of a batch (of posts with roles the first ones)."""

    batch_id: int
    person_id: int
    post_ids: tuple[int, ...]


@dataclass(frozen=True)
class BatchUndone(Fact):
    """These posts of a batch do not take place; whoever stood at some of them is told once."""

    batch_id: int
    post_ids: tuple[int, ...]
