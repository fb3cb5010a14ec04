"""Notices: what a coordinator says and presses to reach many at once (BUL-01)."""

from bot.chat.cards.notices import told
from handlers.notices import names, sentlist
from handlers.notices.conversation import notice
from handlers.notices.correcting import correction
from handlers.notices.feature import feature
from handlers.notices.templates import naming

feature.converse(notice)
feature.converse(naming)
feature.converse(correction)

__all__ = ["feature", "names", "sentlist", "told"]
