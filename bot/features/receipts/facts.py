"""What came back from a notice."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class NoticeReplied(Fact):
    """A recipient wrote back; the office is told. `part` counts the files of an album from 0."""

    reply_id: int
    part: int


@dataclass(frozen=True)
class ReplyAnswered(Fact):
    """The office answered what a recipient wrote back; that person is told."""

    answer_id: int
