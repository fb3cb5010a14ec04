"""Closing a post: who came, what was reached, and what it looked like (VOL-09)."""

from bot.chat.cards.closing import told
from handlers.closing import conversation
from handlers.closing.feature import feature

__all__ = ["conversation", "feature", "told"]
