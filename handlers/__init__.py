"""What each kind of user can say and press: one module or package a feature."""

from bot.chat.feature import Feature

FEATURES: tuple[Feature, ...] = ()
"""All features; the order is the order in which they are asked."""
