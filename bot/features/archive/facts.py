"""What happened to files."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class FileMissing(Fact):
    """The bytes of a file cannot be had: it was refused as a program, or never came."""

    file_id: int
