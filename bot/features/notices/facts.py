"""What happened to a notice."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.facts import Fact


@dataclass(frozen=True)
class NoticeConfirmed(Fact):
    """A notice was confirmed by its author, who follows it in one message from now on."""

    notice_id: int


@dataclass(frozen=True)
class NoticeAwaits(Fact):
    """A notice to many needs the word of a second person: one of `person_ids`."""

    notice_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class NoticeChanged(Fact):
    """A notice stands elsewhere than its author's message says."""

    notice_id: int


@dataclass(frozen=True)
class NoticeCorrected(Fact):
    """The words of a notice were changed by `by_id`; `agreed_by` is the second person, if any."""

    notice_id: int
    by_id: int
    agreed_by: int | None = None


class Answer(StrEnum):
    """What became of the question to a second person; `replaced`: it is asked anew."""

    agreed = "agreed"
    refused = "refused"
    ended = "ended"
    replaced = "replaced"


@dataclass(frozen=True)
class AskedNoMore(Fact):
    """A second person need not look any more: at the notice as that `edition`, or at its words.

    `proposal` is the number of the proposed words, None where the notice itself was asked about;
    `by_id` is who saw to it.
    """

    notice_id: int
    answer: Answer
    by_id: int
    edition: int | None = None
    proposal: int | None = None


@dataclass(frozen=True)
class CorrectionAwaits(Fact):
    """Other words for a notice that went to many need the word of one of `person_ids`."""

    notice_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class CorrectionRefused(Fact):
    """`by_id` did not want the words that `proposed_by` proposed last."""

    notice_id: int
    proposed_by: int
    by_id: int


@dataclass(frozen=True)
class NoticePaused(Fact):
    """A notice paused by itself after `errors` messages in a row that could not be delivered."""

    notice_id: int
    errors: int


class WhyDropped(StrEnum):
    """Why a notice that waited for its time did not begin.

    Nobody who confirmed it is in the office any more, or nobody of its audience is left.
    """

    no_author = "no_author"
    nobody_left = "nobody_left"


@dataclass(frozen=True)
class NoticeDropped(Fact):
    """A notice did not begin at its time, and `why`; the office is told."""

    notice_id: int
    why: WhyDropped
