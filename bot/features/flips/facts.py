"""What happened to many posts at once and must be told."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class Flipped(Fact):
    """A decision about many posts was taken."""

    flip_id: int


@dataclass(frozen=True)
class FlipUndone(Fact):
    """It was taken back."""

    flip_id: int
