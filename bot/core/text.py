"""Text as Telegram counts it, and text as users send it."""

import unicodedata
from collections.abc import Sequence

MESSAGE_UNITS = 4096
"""UTF-16 units that Telegram allows in one message."""
CAPTION_UNITS = 1024
"""UTF-16 units that Telegram allows under a file."""
CALLBACK_BYTES = 64
"""Bytes that Telegram allows in the data of a button."""

_LAST_OF_ONE_UNIT = 0xFFFF
_DIRECTION_MARKS = dict.fromkeys(
    [0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > _LAST_OF_ONE_UNIT)


def clipped(text: str, most_units: int) -> str:
    """Return `text`, cut to `most_units` UTF-16 units with an ellipsis where it was longer."""
    if units(text) <= most_units:
        return text
    kept: list[str] = []
    left = most_units - 1
    for char in text:
        left -= 2 if ord(char) > _LAST_OF_ONE_UNIT else 1
        if left < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pages(text: str, most_units: int) -> list[str]:
    """Return `text` in pieces of at most `most_units` UTF-16 units, none lost; [""] for none.

    A piece ends at the end of a line where that leaves it half full, else in the middle of one.
    """
    found: list[str] = []
    rest = text
    while units(rest) > most_units:
        cut = _fitting(rest, most_units)
        line_end = rest.rfind("\n", cut // 2, cut)
        at = cut if line_end < 0 else line_end + 1
        found.append(rest[:at])
        rest = rest[at:]
    return [*found, rest] if rest or not found else found


def _fitting(text: str, most_units: int) -> int:
    """Return how many characters of `text` fit into `most_units` UTF-16 units, at least one."""
    left = most_units
    for at, char in enumerate(text):
        left -= 2 if ord(char) > _LAST_OF_ONE_UNIT else 1
        if left < 0:
            return max(at, 1)
    return len(text)


def cleaned(text: str) -> str:
    """Return `text` without what no database or reader can use.

    Lone surrogates and NUL do not bind in a database; direction marks turn a name or a title
    around on the reader's screen. Line ends become one newline each.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    plain = whole.replace("\r\n", "\n").replace("\r", "\n").translate(_DIRECTION_MARKS)
    return "".join(
        char for char in plain if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
    ).strip()


def cleaned_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where `spans` of `text` (offset and length in UTF-16 units) are in `cleaned(text)`.

    What lies outside, or of which nothing is left, has the length 0.
    """
    places: list[int] = []
    pieces: list[str] = []
    length = 0
    for at, char in enumerate(text):
        places.extend([length] * units(char))
        # A pair of line ends becomes one line end.
        half = char == "\r" and text[at + 1 : at + 2] == "\n"
        pieces.append("" if half else _kept(char))
        length += units(pieces[-1])
    places.append(length)
    kept = "".join(pieces)
    lead = units(kept) - units(kept.lstrip())
    most = units(kept.strip())

    def moved(place: int) -> int:
        return min(max(places[min(max(place, 0), len(places) - 1)] - lead, 0), most)

    ends = [(moved(offset), moved(offset + extent)) for offset, extent in spans]
    return [(start, max(0, end - start)) for start, end in ends]


def _kept(char: str) -> str:
    if char == "\r":
        return "\n"
    if ord(char) in _DIRECTION_MARKS or unicodedata.category(char) == "Cc":
        return char if char in "\n\t" else ""
    return char


def one_line(text: str) -> str:
    """Return `text` cleaned and with every run of white space as one space."""
    return " ".join(cleaned(text).split())


def has_letters(text: str) -> bool:
    """Tell whether `text` shows anything that can be read aloud: a letter or a digit."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)
