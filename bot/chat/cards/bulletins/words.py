"""What bulletins are called."""

from datetime import date

from bot.chat.text import Plain, T, Text
from bot.config import Config
from bot.features.bulletins.models import Bulletin
from bot.features.bulletins.rules import OTHER, TYPICAL

_NAMES = {TYPICAL: "bulletins.typical", OTHER: "bulletins.other"}


def number_text(bulletin: Bulletin) -> Text:
    """Return 2024年第3期, or that it is a draft."""
    if bulletin.serial is None:
        return T("bulletins.is_draft")
    return T("bulletins.number", year=str(bulletin.year), serial=str(bulletin.serial))


def short_number(bulletin: Bulletin) -> Text:
    """Return 第3期, as it stands on the paper; blank for a draft."""
    if bulletin.serial is None:
        return T("bulletins.number_open")
    return T("bulletins.number_short", serial=str(bulletin.serial))


def section_name(config: Config, section: str) -> Text:
    """Return the heading of a chapter; the id itself for a section that is configured no more."""
    if section in _NAMES:
        return T(_NAMES[section])
    names = {one.id: one.title for one in config.sections}
    return Plain(names.get(section, section))


def full_day(day: date) -> Text:
    """Return a day as official documents print it: 2024年7月1日."""
    return T("bulletins.day", year=str(day.year), month=str(day.month), day=str(day.day))
