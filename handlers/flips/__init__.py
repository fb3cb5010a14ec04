"""Bad weather and emergencies: many posts paused, moved, ended or cancelled at once."""

from bot.chat.cards.flips import told
from handlers.flips.conversation import flip_posts
from handlers.flips.feature import feature

feature.converse(flip_posts)

__all__ = ["feature", "told"]
