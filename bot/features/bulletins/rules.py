"""Pure decisions about bulletins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.config import Config
from bot.features.bulletins.errors import NoWords
from bot.features.bulletins.models import BulletinItem

KIND = "bulletin"
"""The kind of file that a bulletin is."""
MOST_ITEMS = 100
"""Reports of one bulletin."""
MOST_TITLE = 40
MOST_FOREWORD = 1500
MOST_ITEM = 3000
"""Characters that a title, a foreword and an item may have."""


@dataclass(frozen=True)
class Chapter:
    """Items under one heading: a section's id, `TYPICAL` or `OTHER`."""

    section: str
    items: Sequence[BulletinItem]


TYPICAL = "typical"
OTHER = "other"


def chapters(config: Config, items: Iterable[BulletinItem]) -> list[Chapter]:
    """Return the items by section, in the document's order; examples stand last.

    In a chapter those that were put somewhere stand first, then the others by their units' names.
    """
    by_section: dict[str, list[BulletinItem]] = {}
    for item in sorted(items, key=lambda one: (not one.place, one.place, one.unit_name, one.id)):
        by_section.setdefault(chapter_of(item), []).append(item)
    order = [*(section.id for section in config.sections), OTHER, TYPICAL]
    # What the configuration has no more stands before the others.
    gone = [section for section in sorted(by_section) if section not in order]
    return [
        Chapter(section, by_section[section])
        for section in [*gone, *order]
        if section in by_section
    ]


def chapter_of(item: BulletinItem) -> str:
    """Return the chapter in which an item stands."""
    return TYPICAL if item.typical else item.section or OTHER


def last_month(today: date) -> tuple[date, date]:
    """Return the first and the last day of the month before that of `today`."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def checked_words(text: str, *, most: int) -> str:
    """Return `text` without blank edges. Raises NoWords for none, or more than `most`."""
    words = text.strip()
    if not words or len(words) > most:
        raise NoWords(most=most)
    return words
