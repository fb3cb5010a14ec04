"""What comes back from a notice, as users meet it."""

from bot.chat.feature import Feature

feature = Feature("receipts")
