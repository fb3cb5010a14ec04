"""What attendance offers."""

from bot.chat.feature import Feature

feature = Feature("attendance")
