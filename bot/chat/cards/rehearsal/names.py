"""What the screens of people share: names, and the way back to the day."""

from collections.abc import Mapping
from datetime import date

from bot.chat.cards.home import home_button
from bot.chat.cards.rehearsal.buttons import ShowDay
from bot.chat.screen import Button, Row
from bot.chat.text import T, Text

Names = Mapping[int, str]
"""Names of people by id."""
Things = Mapping[int, Text]
"""What the units, or the posts, that a message is about are called, by id."""


def back_to(day: date) -> Row:
    """Return the way back to a day."""
    return [Button(T("rehearsal.back_to_day"), ShowDay(day, 1)), home_button()]
