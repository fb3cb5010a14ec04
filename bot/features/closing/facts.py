"""What happened when posts were closed and must be told."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class PostClosed(Fact):
    """A post was closed: those who came are thanked."""

    post_id: int


@dataclass(frozen=True)
class ResultProposed(Fact):
    """What came of a post is the draft of its unit's report, in `version` from 1."""

    post_id: int
    version: int


@dataclass(frozen=True)
class ResultFiled(Fact):
    """A contact made the report of it; `by_person_id` has the receipt already."""

    post_id: int
    by_person_id: int
