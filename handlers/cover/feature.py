"""The feature that the handlers of cover declare themselves in."""

from bot.chat.feature import Feature

feature = Feature("cover")
