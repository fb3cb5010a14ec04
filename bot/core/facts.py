"""What happened, for those who must be told of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Base of all facts.

    A feature appends them to its unit of work; `bot.chat.cards` renders them into messages of the
    same transaction, so features stay free of words.
    """
