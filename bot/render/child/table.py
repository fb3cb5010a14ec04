"""CSV that spreadsheets open with Chinese intact and without calculating anything."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bot.render.child.cells import Cell, Number, tables, with_head
from bot.render.frames import CHUNK_BYTES, Frame

_BOM = "\ufeff"
_ACTIVE = frozenset("=+-@\t\r\n")
_GUARD = "'"


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Write the first sheet in `frames` as UTF-8 with its mark; return how many rows it has."""
    table = next(tables(frames))
    text = io.StringIO(_BOM, newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    rows = -1
    for row in with_head(table):
        writer.writerow([_plain(cell) for cell in row])
        rows += 1
        if text.tell() > CHUNK_BYTES:
            emit(_taken(text))
    emit(_taken(text))
    return {"rows": rows}


def guarded(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula.

    A cell that begins with = + - @, their full-width forms, a tab or a line end gets an apostrophe
    before it, as spreadsheets themselves mark a text.
    """
    first = unicodedata.normalize("NFKC", text[:1])
    return _GUARD + text if first in _ACTIVE else text


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Number():
            return f"{cell.value:f}"
        case date():
            return cell.isoformat()
        case _:
            return guarded(cell)


def _taken(text: io.StringIO) -> bytes:
    """Return what `text` holds, and empty it."""
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content
