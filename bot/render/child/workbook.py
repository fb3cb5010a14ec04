"""Excel workbooks of any length in constant memory: rows go to disk as they come."""

import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.render.child.cells import Cell, Number, Table, tables
from bot.render.frames import CHUNK_BYTES, Frame

MOST_ROWS = 1_048_576
"""Rows of one sheet; what does not fit goes on in another."""

_MOST_TITLE = 31
_MOST_CHARACTERS = 32_767
_MOST_DIGITS = 15
"""Excel keeps no more digits of a number; one that has more is written as text, whole."""
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_MEASURED_ROWS = 500
_NARROWEST, _WIDEST = 6, 60
_WIDEST_TITLE = 20
"""A column of small numbers is not as wide as its title: the title takes several lines."""
_LINE_POINTS = 15
_PADDING = 2
_WIDE = frozenset("WF")
_DAY = "yyyy-mm-dd"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Make a workbook of the sheets in `frames`; return its sheets' rows, titles not counted."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "book.xlsx"
        book = _Book(xlsxwriter.Workbook(str(place), _OPTIONS))
        counted = {table.title: book.write(table) for table in tables(frames)}
        book.close()
        with place.open("rb") as file:
            while content := file.read(CHUNK_BYTES):
                emit(content)
    return {"rows": counted}


class _Book:
    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[str, Format] = {}
        self._head = workbook.add_format(
            {
                "bold": True,
                "bg_color": "#E8EEF7",
                "bottom": 1,
                "valign": "vcenter",
                "text_wrap": True,
            }
        )

    def write(self, table: Table) -> int:
        """Write a sheet, and further ones where it does not fit; return its rows."""
        sheets = 0
        sheet: _Sheet | None = None
        for row in table.rows:
            if sheet is None or sheet.is_full:
                sheets += 1
                sheet = self._next(table, sheet, sheets)
            sheet.write(row)
        last = sheet or self._next(table, None, 1)
        last.close()
        return max(0, sheets - 1) * (MOST_ROWS - 1) + last.rows

    def close(self) -> None:
        """Pack everything into the file."""
        self._workbook.close()

    def format(self, number: str) -> Format:
        """Return the format of cells whose number format is `number`."""
        found = self._formats.get(number)
        if found is None:
            found = self._formats[number] = self._workbook.add_format({"num_format": number})
        return found

    def filled(self, colour: str) -> Format:
        """Return the format of cells that are filled with `colour`."""
        return self._workbook.add_format({"bg_color": colour})

    def _next(self, table: Table, before: "_Sheet | None", number: int) -> "_Sheet":
        if before is not None:
            before.close()
        return _Sheet(self, self._workbook.add_worksheet(_title(table.title, number)), table)

    def put_head(self, sheet: Worksheet, titles: Sequence[str]) -> None:
        """Write the titles, as many lines high as they need, and let them stay in sight."""
        lines = max(-(-width(title) // _WIDEST_TITLE) for title in titles)
        sheet.set_row(0, _LINE_POINTS * lines + _PADDING)
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title, self._head)
        sheet.freeze_panes(1, 1)


class _Sheet:
    def __init__(self, book: _Book, sheet: Worksheet, table: Table) -> None:
        self._book = book
        self._sheet = sheet
        self._marks = table.marks
        self.rows = 0
        titles = [text(column.title) for column in table.columns]
        self._widths = [min(width(title), _WIDEST_TITLE) for title in titles]
        book.put_head(sheet, titles)

    @property
    def is_full(self) -> bool:
        """Whether no row fits any more."""
        return self.rows >= MOST_ROWS - 1

    def write(self, row: Sequence[Cell]) -> None:
        """Write the next row."""
        self.rows += 1
        for at, cell in enumerate(row):
            self._put(at, cell)

    def close(self) -> None:
        """Give the columns their widths, and the titles their filters."""
        for at, wide in enumerate(self._widths):
            self._sheet.set_column(at, at, min(max(wide, _NARROWEST), _WIDEST) + _PADDING)
        if self.rows:
            last = len(self._widths) - 1
            self._sheet.autofilter(0, 0, self.rows, last)
            for marked, colour in self._marks.items():
                rule = {
                    "type": "cell",
                    "criteria": "==",
                    "value": _literal(marked),
                    "format": self._book.filled(colour),
                }
                self._sheet.conditional_format(1, 0, self.rows, last, rule)

    def _put(self, at: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case Number() if len(cell.value.as_tuple().digits) <= _MOST_DIGITS:
                shown = f"{cell.before}{cell.value:,f}{cell.after}"
                style = self._book.format(number_format(cell))
                # As a float, XlsxWriter would write 685.18 as 685.1799999999999.
                self._sheet.write_number(self.rows, at, cell.value, style)
            case Number():
                shown = f"{cell.before}{cell.value:f}{cell.after}"
                self._sheet.write_string(self.rows, at, shown)
            case date():
                shown = _DAY
                self._sheet.write_datetime(self.rows, at, cell, self._book.format(_DAY))
            case _:
                shown = text(cell)
                self._sheet.write_string(self.rows, at, shown)
        if self.rows <= _MEASURED_ROWS:
            self._widths[at] = max(self._widths[at], width(shown))


def number_format(number: Number) -> str:
    """Return the format that shows `number` whole, with its words: 约120 is still a number."""
    exponent = number.value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{_quoted(number.before)}{digits}{_quoted(number.after)}"


def text(value: str) -> str:
    """Return `value` as a cell may hold it."""
    fitting = value[:_MOST_CHARACTERS]
    if not fitting.isascii():
        fitting = _NOT_IN_XML.sub("", fitting)
    # XlsxWriter takes a text between these for its own mark-up and writes it as XML, unescaped.
    if fitting.startswith("<r>") and fitting.endswith("</r>"):
        return fitting[: _MOST_CHARACTERS - 1] + " "
    return fitting


def width(shown: str) -> int:
    """Return how many digits' widths the longest line of `shown` takes; 汉字 take two each."""
    lines = shown[: _WIDEST * 4].split("\n")
    return max(
        sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in line)
        for line in lines
    )


def _literal(words: str) -> str:
    """Return `words` as the text that a rule compares cells with."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"'


def _quoted(words: str) -> str:
    plain = words.replace('"', "")
    return f'"{plain}"' if plain else ""


def _title(title: str, number: int) -> str:
    ending = "" if number == 1 else f" {number}"
    plain = _NOT_IN_TITLE.sub(" ", title).strip(" '") or "-"
    return plain[: _MOST_TITLE - len(ending)] + ending
