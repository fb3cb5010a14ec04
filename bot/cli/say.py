"""Saying things on a terminal, in the language of its locale."""

import os
from typing import TextIO

from bot.i18n import DEFAULT_LANGUAGE, catalogue


def terminal_language() -> str:
    """Return the language of the terminal: English only where the locale says so."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if named.lower().startswith("en") else DEFAULT_LANGUAGE


def text(key: str, **values: object) -> str:
    """Return the catalogue's text under `key` in the terminal's language."""
    return catalogue(terminal_language()).text(key).format(**values)


def say(stream: TextIO, key: str, **values: object) -> None:
    """Write the catalogue's text under `key` as a line."""
    stream.write(text(key, **values) + "\n")
