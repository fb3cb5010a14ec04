"""Pure decisions about places."""

import unicodedata

from bot.core.text import one_line, units
from bot.features.places.errors import NoName

MOST_NAME = 60
"""UTF-16 units of a place's name."""


def key_of(name: str) -> str:
    """Return what two names of one place have in common: their letters and digits alone."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")


def read_name(text: str) -> str:
    """Return a place's name as it is kept. Raises NoName for what names no place."""
    name = one_line(text)
    if not key_of(name) or units(name) > MOST_NAME:
        raise NoName(most=MOST_NAME)
    return name
