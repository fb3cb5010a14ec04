"""The words of a .docx, looked at from outside before any parser sees it."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table

from bot.render.errors import (
    FileDamaged,
    HasMacros,
    InflatesTooLarge,
    IsProgram,
    NoDocument,
    TextTooLarge,
)

MOST_MEGABYTES = 64
"""Of a document, unpacked. A report with twenty photos has some 60 MB, which zip cannot shrink."""
MOST_XML_MEGABYTES = 16
"""Of one part that is parsed: the tree takes some ten times as much memory."""
MOST_PARTS = 3000

_MEGABYTE = 1 << 20
_CHUNK = 256 << 10
_BODY = "word/document.xml"
_TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels")
_PROGRAM_ENDINGS = (".exe", ".dll", ".so", ".bat", ".cmd", ".class", ".js", ".vbs", ".ps1")
_MACROS = (b"macroenabled", b"vbaproject")
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    OpcError,
    SyntaxError,  # of XML, by lxml
    RecursionError,
    EOFError,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
    OSError,
)


def paragraphs_of(place: Path, *, most: int) -> list[str]:
    """Return the paragraphs of the document at `place`, a table's row as one of them.

    Raises a FileRefused; TextTooLarge as soon as there are more than `most` characters.
    """
    try:
        with zipfile.ZipFile(place) as archive:
            check_package(archive, body=_BODY)
        return _read(place, most)
    except DAMAGES as error:
        raise FileDamaged from error


def check_package(archive: zipfile.ZipFile, *, body: str) -> None:
    """Look at an Office file from outside before a parser sees it; its main part is `body`.

    Raises a FileRefused.
    """
    _check_outside(archive, body)
    _check_inside(archive)


def _check_outside(archive: zipfile.ZipFile, body: str) -> None:
    """Look at what the archive says of itself."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > _most_bytes():
        raise InflatesTooLarge(megabytes=MOST_MEGABYTES)
    if body not in names or _TYPES.lower() not in names:
        programs = any(name.endswith(_PROGRAM_ENDINGS) for name in names)
        raise IsProgram if programs else NoDocument
    if any("vbaproject" in name for name in names):
        raise HasMacros
    for part in parts:
        # The other methods of zip inflate without a bound, and no word processor uses them.
        if part.compress_type not in _PLAIN_METHODS or part.flag_bits & _ENCRYPTED:
            raise FileDamaged


def _check_inside(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, piece by piece: what an archive says of itself may be a lie."""
    total = 0
    for part in archive.infolist():
        size = 0
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                too_large = size > MOST_XML_MEGABYTES * _MEGABYTE and part.filename.endswith(_XML)
                if too_large or total + size > _most_bytes():
                    raise InflatesTooLarge(megabytes=MOST_MEGABYTES)
        total += size
    types = archive.read(_TYPES).lower()
    if any(sign in types for sign in _MACROS):
        raise HasMacros


def _read(place: Path, most: int) -> list[str]:
    found: list[str] = []
    length = 0
    for line in _lines(place):
        length += len(line)
        if length > most:
            raise TextTooLarge(most=most)
        found.append(line)
    return found


def _lines(place: Path) -> Iterator[str]:
    for block in docx.Document(str(place)).iter_inner_content():
        if isinstance(block, Table):
            yield from _table_lines(block)
        else:
            yield from block.text.splitlines()


def _table_lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        # A cell that spans several columns is told once for each of them.
        yield "  ".join(
            text for at, text in enumerate(cells) if text and (at == 0 or text != cells[at - 1])
        )


def _most_bytes() -> int:
    return MOST_MEGABYTES * _MEGABYTE
