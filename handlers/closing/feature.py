"""What closing a post offers."""

from bot.chat.feature import Feature

feature = Feature("closing")
