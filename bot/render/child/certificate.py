"""A certificate as one page of A4: sober, legible, and with its QR code."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import category

from fpdf import FPDF

from bot.render.child.fonts import FOLDERS, Font, find_font
from bot.render.child.qr import QUIET_ZONE, code_of
from bot.render.frames import CHUNK_BYTES, Frame

_WIDTH, _HEIGHT = 210.0, 297.0
_EDGE, _INNER = 12.0, 14.5
_LEFT, _RIGHT = 30.0, 180.0
_TITLE_Y, _BODY_Y, _FOOT_Y = 50.0, 90.0, 202.0
_QR_MM = 46.0
_TITLE, _BODY, _CELL, _SMALL, _NOTE = 30.0, 14.0, 14.0, 10.5, 9.0
_LEADING = 9.5
_ROW_MM = 15.0
_INK, _FAINT, _RULE, _ACCENT = (31, 41, 51), (95, 107, 118), (201, 209, 217), (140, 28, 28)
_FAMILY = "chinese"
_INDENT = 2
"""Characters that a paragraph begins further in."""
_NEVER_FIRST = frozenset({"Pe", "Pf", "Po"})
_NEVER_LAST = frozenset({"Ps", "Pi"})
"""Kinds of signs (Unicode) that stand with what is before them, or with what comes after."""


@dataclass(frozen=True)
class _Paper:
    """Everything that is on the page, in the language of the campaign.

    `rows` are [name, explanation, time]; `notes` stand below the table, `foot` beside the code,
    the first line of it larger; `how` says at the end of the page how it is verified.
    """

    title: str
    number: str
    body: str
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    foot: Sequence[str]
    how: Sequence[str]
    qr: str
    qr_caption: str


def run(
    frames: Iterator[Frame], emit: Callable[[bytes], None], folders: Sequence[Path] = FOLDERS
) -> dict[str, Any]:
    """Write the certificate in the first frame as PDF; return how many pages it has.

    The frame's "made" is the time that the file says it was made. Raises FontMissing where no font
    in `folders` can write it.
    """
    given = next(frames).data
    made = datetime.fromisoformat(given.pop("made")).astimezone(UTC)
    font = find_font(_texts([value for key, value in given.items() if key != "qr"]), folders)
    drawing = _Drawing(_Paper(**given), font)
    drawing.draw()
    content = drawing.finished(made)
    for at in range(0, len(content), CHUNK_BYTES):
        emit(content[at : at + CHUNK_BYTES])
    return {"pages": 1}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _texts(one)


class _Drawing:
    """One page, drawn from above to below; positions are in millimetres."""

    def __init__(self, paper: _Paper, font: Font) -> None:
        """Open a page with the font."""
        self._paper = paper
        self._font = font
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.add_page()
        self._pdf.add_font(_FAMILY, fname=str(font.place), collection_font_number=0)

    def draw(self) -> None:
        """Draw everything."""
        self._frame()
        self._head()
        y = self._paragraph(self._paper.body, _BODY_Y)
        y = self._table(y + 11)
        for note in self._paper.notes:
            y = self._line(note, _LEFT + 3, y + 7.5, _SMALL, _FAINT)
        self._code()
        self._signature()
        self._how()

    def finished(self, made: datetime) -> bytes:
        """Return the file."""
        self._pdf.set_title(self._paper.title)
        self._pdf.set_subject(self._paper.number)
        self._pdf.set_creation_date(made)
        return bytes(self._pdf.output())

    def _frame(self) -> None:
        self._pdf.set_draw_color(*_ACCENT)
        for edge, width in ((_EDGE, 0.9), (_INNER, 0.25)):
            self._pdf.set_line_width(width)
            self._pdf.rect(edge, edge, _WIDTH - 2 * edge, _HEIGHT - 2 * edge)

    def _head(self) -> None:
        self._use(_TITLE, _ACCENT)
        title = self._font.writable(self._paper.title)
        spaced = 3.0
        width = self._pdf.get_string_width(title) + spaced * (len(title) - 1)
        x = (_WIDTH - width) / 2
        self._pdf.set_draw_color(*_ACCENT)
        self._pdf.set_line_width(0.22)
        with self._pdf.local_context(text_mode="FILL_STROKE"):
            for char in title:
                self._pdf.text(x, _TITLE_Y, char)
                x += self._pdf.get_string_width(char) + spaced
        self._centred(self._paper.number, _TITLE_Y + 14, 12, _FAINT)
        self._rule(_TITLE_Y + 22, _ACCENT, 0.35)

    def _paragraph(self, text: str, y: float) -> float:
        self._use(_BODY, _INK)
        indent = self._pdf.get_string_width(self._font.writable("\u3000")) * _INDENT
        for number, line in enumerate(self._wrapped(text, _RIGHT - _LEFT, first=indent)):
            self._pdf.text(_LEFT + (0 if number else indent), y + _LEADING * number, line)
            last = y + _LEADING * number
        return last

    def _table(self, y: float) -> float:
        for name, explanation, time in self._paper.rows:
            self._rule(y, _RULE, 0.25)
            self._line(name, _LEFT + 3, y + 9.5, _CELL, _INK)
            self._line(explanation, _LEFT + 52, y + 9.3, _SMALL, _FAINT)
            self._use(_CELL, _INK)
            shown = self._font.writable(time)
            self._pdf.text(_RIGHT - 3 - self._pdf.get_string_width(shown), y + 9.5, shown)
            y += _ROW_MM
        self._rule(y, _RULE, 0.25)
        return y

    def _code(self) -> None:
        """Draw the code module by module: it stays sharp at any size."""
        rows = list(code_of(self._paper.qr).matrix_iter(border=QUIET_ZONE))
        side = _QR_MM / len(rows)
        left = _LEFT - QUIET_ZONE * side
        self._pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            for first, length in _runs(row):
                x, y = left + first * side, _FOOT_Y + down * side
                self._pdf.rect(x, y, length * side + 0.01, side + 0.01, style="F")
        self._use(_NOTE, _FAINT)
        caption = self._font.writable(self._paper.qr_caption)
        x = left + (_QR_MM - self._pdf.get_string_width(caption)) / 2
        self._pdf.text(x, _FOOT_Y + _QR_MM + 1, caption)

    def _signature(self) -> None:
        y = _FOOT_Y + 22
        for number, text in enumerate(self._paper.foot):
            size = _SMALL if number else _BODY
            self._use(size, _FAINT if number else _INK)
            for line in self._wrapped(text, _RIGHT - _LEFT - _QR_MM - 4):
                self._pdf.text(_RIGHT - self._pdf.get_string_width(line), y, line)
                y += 8
            y += 1.5

    def _how(self) -> None:
        y = _HEIGHT - _INNER - 7 - 5 * (len(self._paper.how) - 1)
        self._rule(y - 6, _RULE, 0.25)
        for text in self._paper.how:
            self._line(text, _LEFT, y, _NOTE, _FAINT)
            y += 5

    def _wrapped(self, text: str, width: float, *, first: float = 0) -> Iterator[str]:
        """Yield lines of at most `width`; no line begins or ends with the wrong sign."""
        line = ""
        room = width - first
        for char in self._font.writable(text):
            fits = self._pdf.get_string_width(line + char) <= room
            if line and not fits and category(char) not in _NEVER_FIRST:
                kept = line[:-1] if category(line[-1]) in _NEVER_LAST else line
                yield kept
                line, room = line[len(kept) :], width
            line += char
        yield line

    def _line(
        self, text: str, x: float, y: float, size: float, colour: tuple[int, int, int]
    ) -> float:
        shown = self._font.writable(text)
        self._use(size, colour)
        while size > _NOTE - 2 and self._pdf.get_string_width(shown) > _RIGHT - x:
            size -= 0.5
            self._use(size, colour)
        self._pdf.text(x, y, shown)
        return y

    def _centred(self, text: str, y: float, size: float, colour: tuple[int, int, int]) -> None:
        shown = self._font.writable(text)
        self._use(size, colour)
        self._pdf.text((_WIDTH - self._pdf.get_string_width(shown)) / 2, y, shown)

    def _rule(self, y: float, colour: tuple[int, int, int], width: float) -> None:
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(width)
        self._pdf.line(_LEFT, y, _RIGHT, y)

    def _use(self, size: float, colour: tuple[int, int, int]) -> None:
        self._pdf.set_font(_FAMILY, size=size)
        self._pdf.set_text_color(*colour)


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules begin in a row, and how many stand side by side."""
    start: int | None = None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None
