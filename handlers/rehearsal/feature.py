"""The calendar of what goes out, as users meet it."""

from bot.chat.feature import Feature

feature = Feature("rehearsal")
