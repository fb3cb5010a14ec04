"""Cover: who cannot come, stand-ins, swaps, and asking people to come (VOL-02)."""

from bot.chat.cards.cover import personal, refusals, told
from handlers.cover import answering, calling, coming
from handlers.cover.feature import feature

__all__ = ["answering", "calling", "coming", "feature", "personal", "refusals", "told"]
