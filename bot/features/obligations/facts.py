"""What happens to what the office asks for that others must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class ObligationMade(Fact):
    """The office asks for something; the contacts of whoever owes it hear of it."""

    obligation: str


@dataclass(frozen=True)
class ObligationEnded(Fact):
    """The office asks for it no more; the contacts of whoever owed it hear of it."""

    obligation: str
