"""Bars of two weeks side by side, as a picture for a phone: upright, and never empty boxes."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from bot.render.child.fonts import FOLDERS, Font, find_font
from bot.render.frames import CHUNK_BYTES, Frame

WIDTH = 1080
"""Pixels, as of the other pictures for phones."""
_DOTS = 100
"""Pixels of an inch: the size of a text in points is that of its pixels times 0.72."""
_HEAD, _ROW, _FOOT = 210, 84, 70
_BAR = 0.36
_BARS_FROM, _BARS_TO = 0.34, 0.93
_TITLE, _TEXT, _SMALL, _LEAST = 42, 30, 26, 20
_POINTS = 0.72
_INK, _FAINT, _RULE, _PAPER = "#1F2933", "#5F6B76", "#E3E8ED", "#FFFFFF"
NOW, BEFORE = "#B3261E", "#BFC7CF"
"""The colours of this week and of the one before."""


@dataclass(frozen=True)
class _Bars:
    """Everything that is on the picture, in the reader's language.

    `rows` are [name, before, now], the first one on top; `legend` names before and now, `note`
    stands below the bars and may be empty.
    """

    title: str
    subtitle: str
    legend: Sequence[str]
    rows: Sequence[Sequence[Any]]
    note: str


def run(
    frames: Iterator[Frame], emit: Callable[[bytes], None], folders: Sequence[Path] = FOLDERS
) -> dict[str, Any]:
    """Draw the bars in the first frame as PNG; return the picture's size in pixels.

    Raises FontMissing where no font in `folders` can write it.
    """
    bars = _Bars(**next(frames).data)
    content = _Drawing(bars, find_font(_texts(bars), folders)).draw()
    for at in range(0, len(content), CHUNK_BYTES):
        emit(content[at : at + CHUNK_BYTES])
    return {"width": WIDTH, "height": height_of(len(bars.rows))}


def height_of(rows: int) -> int:
    """Return how many pixels a picture of so many rows is high."""
    return _HEAD + _ROW * max(rows, 1) + _FOOT


def _texts(bars: _Bars) -> Iterator[str]:
    yield from (bars.title, bars.subtitle, bars.note, *bars.legend)
    yield from (row[0] for row in bars.rows)


class _Drawing:
    """One picture; what is not a bar is placed in pixels from the upper left corner."""

    def __init__(self, bars: _Bars, font: Font) -> None:
        self._bars = bars
        self._font = font
        self._height = height_of(len(bars.rows))
        self._figure = Figure(
            figsize=(WIDTH / _DOTS, self._height / _DOTS), dpi=_DOTS, facecolor=_PAPER
        )

    def draw(self) -> bytes:
        """Return the picture as PNG."""
        FigureCanvasAgg(self._figure)
        self._write(self._bars.title, 40, 60, size=_TITLE)
        self._write(self._bars.subtitle, 40, 112, size=_SMALL, colour=_FAINT)
        self._legend()
        self._draw_bars()
        if self._bars.note:
            self._write(self._bars.note, 40, self._height - 34, size=_SMALL, colour=_FAINT)
        content = io.BytesIO()
        self._figure.savefig(content, format="png", metadata={"Software": None})
        return content.getvalue()

    def _draw_bars(self) -> None:
        rows = len(self._bars.rows)
        bottom, top = _FOOT / self._height, 1 - _HEAD / self._height
        axes = self._figure.add_axes((_BARS_FROM, bottom, _BARS_TO - _BARS_FROM, top - bottom))
        places = range(rows)
        before = [row[1] for row in self._bars.rows]
        now = [row[2] for row in self._bars.rows]
        axes.barh([at - _BAR / 2 for at in places], now, height=_BAR, color=NOW)
        axes.barh([at + _BAR / 2 for at in places], before, height=_BAR, color=BEFORE)
        most = max([1, *before, *now])
        axes.set_xlim(0, most * 1.12)
        axes.set_ylim(max(rows, 1) - 0.5, -0.5)
        self._plain(axes)
        for at, (name, old, new) in enumerate(self._bars.rows):
            self._name(str(name), at)
            self._number(axes, new, at - _BAR / 2, most, _INK)
            self._number(axes, old, at + _BAR / 2, most, _FAINT)

    def _plain(self, axes: Axes) -> None:
        """Leave nothing but faint lines at whole numbers."""
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.tick_params(length=0, labelbottom=False, labelleft=False)
        axes.set_yticks([])
        axes.grid(axis="x", color=_RULE, linewidth=1)
        axes.set_axisbelow(True)
        for side in axes.spines.values():
            side.set_visible(False)

    def _name(self, name: str, at: int) -> None:
        width = round(_BARS_FROM * WIDTH) - 40 - 18
        shown, size = self._font.fitted(self._font.writable(name), width, size=_TEXT, least=_LEAST)
        y = _HEAD + _ROW * at + _ROW // 2
        self._write(shown, round(_BARS_FROM * WIDTH) - 18, y, size=size, side="right")

    def _number(self, axes: Axes, number: int, at: float, most: int, colour: str) -> None:
        axes.text(
            number + most * 0.015,
            at,
            str(number),
            color=colour,
            va="center_baseline",
            fontproperties=self._letters(_SMALL - 2),
        )

    def _legend(self) -> None:
        x = 40
        before, now = self._bars.legend
        for colour, words in ((NOW, now), (BEFORE, before)):
            self._figure.add_artist(self._key(x, colour))
            shown = self._font.writable(words)
            self._write(shown, x + 40, 168, size=_SMALL)
            x += 40 + self._font.width(shown, _SMALL) + 44

    def _key(self, x: int, colour: str) -> Rectangle:
        return Rectangle(
            (x / WIDTH, 1 - 182 / self._height),
            28 / WIDTH,
            28 / self._height,
            transform=self._figure.transFigure,
            color=colour,
        )

    def _write(
        self, text: str, x: int, y: int, *, size: int, colour: str = _INK, side: str = "left"
    ) -> None:
        room = WIDTH - 80
        shown, fitting = self._font.fitted(self._font.writable(text), room, size=size, least=_LEAST)
        self._figure.text(
            x / WIDTH,
            1 - y / self._height,
            shown,
            color=colour,
            ha=side,
            va="center",
            fontproperties=self._letters(fitting),
            parse_math=False,
        )

    def _letters(self, pixels: int) -> FontProperties:
        return FontProperties(fname=str(self._font.place), size=pixels * _POINTS)
