"""Finding a font that can write what is to be written; WenQuanYi before the others."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import ImageFont

from bot.render.errors import FontMissing

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
"""Where the systems keep fonts."""

_PREFERRED = (
    "wqy-microhei", "wqy-zenhei", "wqy", "notosanscjk", "notosanssc", "sourcehansans",
    "droidsansfallback", "pingfang", "hiraginosansgb", "stheiti", "ukai", "uming",
)  # fmt: skip
"""How the names of files begin that hold Chinese, the best first."""
_ENDINGS = frozenset({".ttf", ".ttc", ".otf"})
_NOWHERE = "\U0010fffe"
"""What no font has: how it looks is how a missing character looks."""
_STAND_IN = "?"


class Font:
    """One font file in the sizes that are asked for."""

    def __init__(self, place: Path) -> None:
        """Open the font. Raises OSError for a file that is none."""
        self._place = place
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._known: dict[str, bool] = {}
        self._missing = self._look(_NOWHERE)

    @property
    def place(self) -> Path:
        """Where the font's file lies."""
        return self._place

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font with characters of `size` pixels."""
        if size not in self._sizes:
            # `truetype` would look for a font of the same name elsewhere.
            self._sizes[size] = ImageFont.FreeTypeFont(str(self._place), size)
        return self._sizes[size]

    def has(self, char: str) -> bool:
        """Tell whether the font can write `char`; a blank it always can."""
        if char not in self._known:
            look = self._look(char)
            self._known[char] = char.isspace() or (look != self._missing and any(look[1]))
        return self._known[char]

    def writable(self, text: str) -> str:
        """Return `text` with a question mark for each character that would be an empty box."""
        return "".join(char if self.has(char) else _STAND_IN for char in text)

    def width(self, text: str, size: int) -> int:
        """Return how many pixels `text` takes."""
        return round(self.at(size).getlength(text))

    def fitted(self, text: str, width: int, *, size: int, least: int) -> tuple[str, int]:
        """Return `text` and the size, from `size` down to `least`, in which it fits into `width`.

        What does not fit even so is cut and ends in an ellipsis.
        """
        for smaller in range(size, least - 1, -2):
            if self.width(text, smaller) <= width:
                return text, smaller
        cut = text
        while cut and self.width(f"{cut}…", least) > width:
            cut = cut[:-1]
        return f"{cut}…", least

    def _look(self, char: str) -> tuple[tuple[int, int], bytes]:
        mask = self.at(24).getmask(char)
        return mask.size, bytes(mask)


def find_font(texts: Iterable[str], folders: Sequence[Path] = FOLDERS) -> Font:
    """Return the first font that has every Chinese character of `texts`, else the one with most.

    Raises FontMissing where none has half of them.
    """
    wanted = {char for text in texts for char in text if not char.isascii() and char.isalpha()}
    best: tuple[int, Font] | None = None
    for place in _candidates(folders):
        try:
            font = Font(place)
            number = sum(font.has(char) for char in wanted)
        except OSError:
            continue
        if number == len(wanted):
            return font
        if best is None or number > best[0]:
            best = (number, font)
    if best is None or best[0] * 2 < len(wanted):
        raise FontMissing
    return best[1]


def _candidates(folders: Sequence[Path]) -> Iterator[Path]:
    files = [
        place
        for folder in folders
        if folder.is_dir()
        for place in sorted(folder.rglob("*"))
        if place.suffix.lower() in _ENDINGS
    ]
    for name in _PREFERRED:
        yield from (place for place in files if place.name.lower().startswith(name))
