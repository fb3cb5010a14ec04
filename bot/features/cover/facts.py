"""What happens around cover and must be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.facts import Fact
from bot.features.cover.models import CoverEnd


@dataclass(frozen=True)
class LeftPost(Fact):
    """A person gave up the place with `number`; `given_on`: the line has it already."""

    post_id: int
    person_id: int
    number: int
    given_on: bool


@dataclass(frozen=True)
class LooksForStandIn(Fact):
    """The person of a call looks for a stand-in and is expected until one is found."""

    call_id: int


@dataclass(frozen=True)
class ComesAfterAll(Fact):
    """The person of a call looks for nobody any more and comes."""

    call_id: int


@dataclass(frozen=True)
class StoodIn(Fact):
    """`to_person_id` has the place that the person of the call had."""

    call_id: int
    to_person_id: int


@dataclass(frozen=True)
class Swapped(Fact):
    """The person of the call and `with_person_id` have changed places."""

    call_id: int
    with_person_id: int


@dataclass(frozen=True)
class Asked(Fact):
    """These asks were made and must be put to the people."""

    call_id: int
    ask_ids: Sequence[int]


@dataclass(frozen=True)
class AsksClosed(Fact):
    """These asks had no answer when their call ended as `end`."""

    call_id: int
    ask_ids: Sequence[int]
    end: CoverEnd


@dataclass(frozen=True)
class NobodyFound(Fact):
    """The start is near and nobody has taken the place of the call's person."""

    call_id: int
