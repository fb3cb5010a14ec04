"""Meetings, as users meet them."""

from bot.chat.feature import Feature

feature = Feature("meetings")
