"""The feature object that the modules of this package add to."""

from bot.chat.feature import Feature

feature = Feature("archive")
