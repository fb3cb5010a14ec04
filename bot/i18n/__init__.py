"""The words of the bot: gettext catalogues, one folder a language and one file a feature."""

from bot.i18n.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Catalogue, catalogue, language_of
from bot.i18n.formats import day, day_span, moment, month, number, spelled

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Catalogue",
    "catalogue",
    "day",
    "day_span",
    "language_of",
    "moment",
    "month",
    "number",
    "spelled",
]
