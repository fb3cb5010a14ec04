"""The cells of a workbook's first sheet, as lines: a list of names that somebody sent."""

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.parser import parse_xml

from bot.render.child.word import DAMAGES, check_package
from bot.render.errors import FileDamaged, TextTooLarge

BODY = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_CELLS = 200_000


def is_workbook(place: Path) -> bool:
    """Tell whether the zip file at `place` says that it is a workbook."""
    try:
        with zipfile.ZipFile(place) as archive:
            return BODY in archive.namelist()
    except DAMAGES:
        return False


def cells_of(place: Path, *, most: int) -> list[str]:
    """Return the texts of the first sheet's cells, row by row, none of them a formula's source.

    Raises a FileRefused; TextTooLarge as soon as there are more than `most` characters.
    """
    try:
        with zipfile.ZipFile(place) as archive:
            check_package(archive, body=BODY)
            return _read(archive, most)
    except DAMAGES as error:
        raise FileDamaged from error


def _read(archive: zipfile.ZipFile, most: int) -> list[str]:
    found: list[str] = []
    length = 0
    for text in _cells(archive):
        length += len(text)
        if length > most or len(found) >= _MOST_CELLS:
            raise TextTooLarge(most=most)
        if text:
            found.append(text)
    return found


def _cells(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    shared: list[str] = []
    if _STRINGS in names:
        shared = [_text(one) for one in parse_xml(archive.read(_STRINGS)).iter(f"{_MAIN}si")]
    sheets = [
        name for name in names if posixpath.dirname(name) + "/" == _SHEETS and name.endswith(".xml")
    ]
    # Sheets are called sheet1, sheet2, …, sheet10: the shortest name that sorts first is the first.
    first = min(sheets, key=lambda name: (len(name), name))
    for cell in parse_xml(archive.read(first)).iter(f"{_MAIN}c"):
        kind = cell.get("t")
        value = cell.findtext(f"{_MAIN}v") or ""
        if kind == "s":
            yield shared[int(value)]
        elif kind == "inlineStr":
            yield _text(cell)
        else:
            yield value


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_MAIN}t"))
