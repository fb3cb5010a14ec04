"""What became of files that were to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.errors import BusinessError
from bot.core.facts import Fact


@dataclass(frozen=True)
class DocumentRead(Fact):
    """A file was read: its `activities` as answers of the paste's conversation.

    `left_out` counts the pieces of the text that are no activity (问题, 下步打算).
    """

    job_id: int
    activities: Sequence[dict[str, Any]]
    left_out: int


@dataclass(frozen=True)
class NamesRead(Fact):
    """A file with a list of names was read: its `text`, a cell of a table as a line."""

    job_id: int
    text: str


@dataclass(frozen=True)
class DocumentRepeated(Fact):
    """A file holds what its sender had read before."""

    job_id: int


@dataclass(frozen=True)
class DocumentRefused(Fact):
    """A file gave nothing, and `why`."""

    job_id: int
    why: BusinessError
