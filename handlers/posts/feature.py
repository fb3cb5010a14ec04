"""The feature that the handlers of posts declare themselves in."""

from bot.chat.feature import Feature

feature = Feature("posts")
