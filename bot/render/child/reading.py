"""The words of a file that somebody sent; what it is, its contents say and not its name."""

import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.render.child.sheet import cells_of, is_workbook
from bot.render.child.word import paragraphs_of
from bot.render.errors import (
    EncodingUnknown,
    IsProgram,
    NoDocument,
    NothingWritten,
    OldWordFile,
    TextTooLarge,
)
from bot.render.frames import Frame

MOST_CHARACTERS = 300_000
"""A year's reports of one unit; what has more is no report."""

_HEAD_BYTES = 64
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOS = b"MZ"
_PROGRAMS = (
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)
_OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "gb18030")
_LAYOUT = frozenset("\n\r\t\f\x0b")
_NEVER_IN_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Return the paragraphs of the file whose bytes are in `frames`, none of them empty.

    Raises a FileRefused for what is no text, or none that we take.
    """
    del emit
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "file"
        with place.open("wb") as file:
            for frame in frames:
                file.write(frame.content or b"")
        found = [" ".join(one.split()) for one in _paragraphs(place)]
    paragraphs = [one for one in found if one]
    if not paragraphs:
        raise NothingWritten
    if sum(map(len, paragraphs)) > MOST_CHARACTERS:
        raise TextTooLarge(most=MOST_CHARACTERS)
    return {"paragraphs": paragraphs}


def _paragraphs(place: Path) -> list[str]:
    with place.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_ZIP) and is_workbook(place):
        return cells_of(place, most=MOST_CHARACTERS)
    if head.startswith(_ZIP):
        return paragraphs_of(place, most=MOST_CHARACTERS)
    # Two letters alone may begin a text as well.
    if head.startswith(_PROGRAMS) or (head.startswith(_DOS) and b"\0" in head):
        raise IsProgram
    if head.startswith(_OLD_OFFICE):
        raise OldWordFile
    if head.startswith(_OTHERS):
        raise NoDocument
    # Each character takes at most four bytes, in all the encodings that we read.
    if place.stat().st_size > MOST_CHARACTERS * 4:
        raise TextTooLarge(most=MOST_CHARACTERS)
    return decoded(place.read_bytes()).splitlines()


def decoded(content: bytes) -> str:
    """Return the text in `content`: UTF-8, UTF-16 with its mark, or GB18030.

    Raises EncodingUnknown for what none of them makes a text of.
    """
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or _ENCODINGS:
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(found):
            return found
    raise EncodingUnknown


def _is_text(found: str) -> bool:
    """Tell whether `found` holds only what people write: GB18030 makes something of any bytes."""
    return all(
        char in _LAYOUT or unicodedata.category(char) not in _NEVER_IN_TEXT for char in found
    )
