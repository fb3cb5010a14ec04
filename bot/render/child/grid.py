"""A table of coloured cells as a picture for a phone: upright, and legible without zooming.

Telegram shrinks a photo to 1,280 pixels on its longer side: at 1,080 by at most some 1,900 the
names still have 20 pixels then.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from bot.render.child.fonts import FOLDERS, Font, find_font
from bot.render.frames import CHUNK_BYTES, Frame

WIDTH = 1080
_EDGE = 28
_NAME_MOST, _NAME_LEAST = 330, 200
_ROW, _HEAD, _MONTHS = 54, 52, 44
_LINE = 46
_TITLE, _TEXT, _SMALL, _LEAST = 42, 31, 26, 20
_CELL_GAP = 3
_KEY, _SIGN = 36, 24
_CELL_MOST = 150
_GROUP_GAP = 12
_INK, _FAINT, _RULE, _STRIPE = "#1F2933", "#5F6B76", "#C9D1D9", "#F6F8FA"
_PAPER = "#FFFFFF"
_COLOURS: Mapping[str, tuple[str, str]] = {
    "done": ("#2E8B57", "#FFFFFF"),
    "none": ("#E3E8ED", "#5F6B76"),
    "overdue": ("#F2A33A", "#3B2300"),
    "excused": ("#BFD9F2", "#1F3B57"),
    "unassigned": ("#D64545", "#FFFFFF"),
}
"""What fills a cell, and what is written in it; other cells stay empty."""


@dataclass(frozen=True)
class _Group:
    """Columns under one head."""

    head: str
    columns: Sequence[str]


@dataclass(frozen=True)
class _Row:
    """A row; `cells` are [state, what is written in it], one a column."""

    name: str
    cells: Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Grid:
    """Everything that is on the picture, in the reader's language.

    `notes` stand below the table in two columns, `legend` holds [state, what it
    means, its sign].
    """

    title: str
    subtitle: str
    groups: Sequence[_Group]
    rows: Sequence[_Row]
    legend: Sequence[Sequence[str]]
    notes: Sequence[str]


def run(
    frames: Iterator[Frame], emit: Callable[[bytes], None], folders: Sequence[Path] = FOLDERS
) -> dict[str, Any]:
    """Draw the grid in the first frame as PNG; return the picture's size in pixels.

    Raises FontMissing where no font in `folders` can write it.
    """
    given = next(frames).data
    grid = _Grid(
        title=given["title"],
        subtitle=given["subtitle"],
        groups=[_Group(head, columns) for head, columns in given["groups"]],
        rows=[_Row(name, cells) for name, cells in given["rows"]],
        legend=given["legend"],
        notes=given["notes"],
    )
    picture = _Drawing(grid, find_font(_texts(given), folders)).draw()
    content = io.BytesIO()
    picture.save(content, "PNG")
    content.seek(0)
    while piece := content.read(CHUNK_BYTES):
        emit(piece)
    return {"width": picture.width, "height": picture.height}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _texts(one)
        case dict():
            for one in value.values():
                yield from _texts(one)


class _Drawing:
    """One picture, drawn from above to below."""

    def __init__(self, grid: _Grid, font: Font) -> None:
        """Measure how wide the columns are."""
        self._grid = grid
        self._font = font
        names = [font.width(font.writable(row.name), _TEXT) for row in grid.rows]
        columns = sum(len(group.columns) for group in grid.groups)
        gaps = _GROUP_GAP * (len(grid.groups) - 1)
        self._name = max(_NAME_LEAST, min(_NAME_MOST, max(names, default=0) + 20))
        room = WIDTH - 2 * _EDGE - self._name - gaps
        self._cell = min(_CELL_MOST, room // max(columns, 1))
        # What the columns do not need goes to the names.
        self._name = WIDTH - 2 * _EDGE - gaps - self._cell * columns
        self._height = self._measure()
        self._image = Image.new("RGB", (WIDTH, self._height), _PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def draw(self) -> Image.Image:
        """Return the picture."""
        y = _EDGE
        y = self._write_line(self._grid.title, y, size=_TITLE, height=60, colour=_INK)
        y = self._write_line(self._grid.subtitle, y, size=_SMALL, height=_LINE, colour=_FAINT)
        y = self._heads(y + 10)
        for number, row in enumerate(self._grid.rows):
            self._row(row, y, striped=number % 2 == 0)
            y += _ROW
        self._draw.line((_EDGE, y, WIDTH - _EDGE, y), fill=_RULE, width=2)
        y = self._notes(y + 16)
        self._legend(y + 8)
        return self._image

    def _measure(self) -> int:
        table = _HEAD + _MONTHS + _ROW * len(self._grid.rows)
        notes = -(-len(self._grid.notes) // 2) * _LINE
        return _EDGE * 2 + 60 + _LINE + 10 + table + 16 + notes + 8 + self._legend_lines() * _LINE

    def _heads(self, y: int) -> int:
        for group, x in self._columns():
            width = self._cell * len(group.columns)
            self._centred(group.head, x, y, width, _HEAD, size=_TEXT, colour=_INK)
            for number, column in enumerate(group.columns):
                left = x + number * self._cell
                below = y + _HEAD
                self._centred(column, left, below, self._cell, _MONTHS, size=_SMALL, colour=_FAINT)
        below = y + _HEAD + _MONTHS
        self._draw.line((_EDGE, below, WIDTH - _EDGE, below), fill=_RULE, width=2)
        return below

    def _row(self, row: _Row, y: int, *, striped: bool) -> None:
        if striped:
            self._draw.rectangle((_EDGE, y, WIDTH - _EDGE, y + _ROW - 1), fill=_STRIPE)
        name, size = self._fitted(row.name, self._name - 16, _TEXT)
        self._draw.text(
            (_EDGE + 6, y + _ROW // 2), name, font=self._font.at(size), fill=_INK, anchor="lm"
        )
        cells = iter(row.cells)
        for group, x in self._columns():
            for number in range(len(group.columns)):
                state, sign = next(cells)
                self._box(state, sign, x + number * self._cell, y)

    def _box(self, state: str, sign: str, x: int, y: int) -> None:
        if state not in _COLOURS:
            return
        fill, ink = _COLOURS[state]
        inner = (x + _CELL_GAP, y + _CELL_GAP, x + self._cell - _CELL_GAP, y + _ROW - _CELL_GAP)
        self._draw.rounded_rectangle(inner, radius=6, fill=fill)
        self._centred(sign, x, y, self._cell, _ROW, size=_SMALL, colour=ink)

    def _notes(self, y: int) -> int:
        width = (WIDTH - 2 * _EDGE) // 2
        for number, note in enumerate(self._grid.notes):
            text, size = self._fitted(note, width - 16, _SMALL)
            at = (_EDGE + 6 + width * (number % 2), y + _LINE * (number // 2) + _LINE // 2)
            self._draw.text(at, text, font=self._font.at(size), fill=_FAINT, anchor="lm")
        return y + -(-len(self._grid.notes) // 2) * _LINE

    def _legend(self, y: int) -> None:
        for state, meaning, sign, x, line in self._legend_places():
            top = y + line * _LINE + (_LINE - _KEY) // 2
            fill, ink = _COLOURS.get(state, (_PAPER, _INK))
            outline = _RULE if fill == _PAPER else fill
            box = (x, top, x + _KEY, top + _KEY)
            self._draw.rounded_rectangle(box, radius=6, fill=fill, outline=outline)
            self._centred(sign, x, top, _KEY, _KEY, size=_SIGN, colour=ink)
            at = (x + _KEY + 10, top + _KEY // 2)
            self._draw.text(at, meaning, font=self._font.at(_SMALL), fill=_INK, anchor="lm")

    def _legend_lines(self) -> int:
        return max((line for *_, line in self._legend_places()), default=-1) + 1

    def _legend_places(self) -> Iterator[tuple[str, str, str, int, int]]:
        """Yield each state with its place: pixels from the left, and its line."""
        x, line = _EDGE + 6, 0
        for state, meaning, sign in self._grid.legend:
            text = self._font.writable(meaning)
            width = _KEY + 10 + self._font.width(text, _SMALL) + 30
            if x + width > WIDTH - _EDGE and x > _EDGE + 6:
                x, line = _EDGE + 6, line + 1
            yield state, text, sign, x, line
            x += width

    def _columns(self) -> Iterator[tuple[_Group, int]]:
        x = _EDGE + self._name
        for group in self._grid.groups:
            yield group, x
            x += self._cell * len(group.columns) + _GROUP_GAP

    def _write_line(self, text: str, y: int, *, size: int, height: int, colour: str) -> int:
        shown, fitting = self._fitted(text, WIDTH - 2 * _EDGE - 12, size)
        at = (_EDGE + 6, y + height // 2)
        self._draw.text(at, shown, font=self._font.at(fitting), fill=colour, anchor="lm")
        return y + height

    def _centred(
        self, text: str, x: int, y: int, width: int, height: int, *, size: int, colour: str
    ) -> None:
        shown, fitting = self._fitted(text, width, size)
        at = (x + width // 2, y + height // 2)
        self._draw.text(at, shown, font=self._font.at(fitting), fill=colour, anchor="mm")

    def _fitted(self, text: str, width: int, size: int) -> tuple[str, int]:
        return self._font.fitted(self._font.writable(text), width, size=size, least=_LEAST)
