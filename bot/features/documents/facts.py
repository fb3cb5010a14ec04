"""What happens to documents that others must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class DocumentFiled(Fact):
    """A unit filed a version; the 文明办 hears of it."""

    document_id: int


@dataclass(frozen=True)
class DocumentReviewed(Fact):
    """A version was accepted or returned; the unit's contacts hear of it."""

    document_id: int
