"""Meetings: calling, answering, signing in, minutes (BUL-06)."""

from handlers.meetings import answering, calling, minutes, office
from handlers.meetings.feature import feature

__all__ = ["answering", "calling", "feature", "minutes", "office"]
