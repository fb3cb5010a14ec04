"""Finding what was reported and filed, and how complete it is (ARC-01, ARC-03)."""

from bot.chat.cards.archive import telling
from handlers.archive import completeness, find
from handlers.archive.feature import feature

__all__ = ["completeness", "feature", "find", "telling"]
