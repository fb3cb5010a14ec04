"""Attendance: checking in and out, and the post lead's list (VOL-04)."""

from bot.chat.cards.attendance import personal
from handlers.attendance import person, roll
from handlers.attendance.feature import feature

__all__ = ["feature", "person", "personal", "roll"]
