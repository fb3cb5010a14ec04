"""Loading the catalogues and finding a text in them."""

import gettext
import io
from functools import cache
from importlib import resources

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT_LANGUAGE = "zh_CN"
LANGUAGES = (DEFAULT_LANGUAGE, "en")


class Catalogue:
    """All texts of one language, under symbolic keys such as `report.title`."""

    def __init__(self, language: str) -> None:
        """Load every file of `language`."""
        self.language = language
        self._texts = gettext.GNUTranslations(io.BytesIO(_compiled(language)))

    def text(self, key: str) -> str:
        """Return the text under `key`; a missing one raises LookupError."""
        return self._found(key, self._texts.gettext(key))

    def plural(self, key: str, count: int) -> str:
        """Return the form of `key` for `count` things; a missing one raises LookupError."""
        return self._found(key, self._texts.ngettext(key, key, count))

    def _found(self, key: str, text: str) -> str:
        if text == key:
            raise LookupError(f"no text {key!r} in {self.language}")
        return text


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of `language`, one of LANGUAGES."""
    return Catalogue(language)


def language_of(code: str | None) -> str:
    """Return our language for Telegram's `language_code`.

    Chinese users come with codes of every form, so all but English is Chinese; None as well.
    """
    return "en" if (code or "").lower().split("-")[0].split("_")[0] == "en" else DEFAULT_LANGUAGE


def _compiled(language: str) -> bytes:
    whole = Catalog(locale=language)
    for file in sorted(resources.files(__package__).joinpath(language).iterdir(), key=str):
        if file.name.endswith(".po"):
            # Without the locale Babel falls back to the msgid for plurals, in silence.
            part = read_po(io.BytesIO(file.read_bytes()), locale=language)
            for message in part:
                if message.id:
                    whole[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    return compiled.getvalue()
