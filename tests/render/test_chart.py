"""Bars of two weeks as a picture: legible on a phone, and never empty boxes."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

from bot.render.child import chart
from bot.render.child.fonts import Font, find_font
from bot.render.errors import FontMissing
from bot.render.frames import Frame
from bot.render.limits import LIMITS, Job
from tests.render.test_tables import made

RARE = "\U000e0041"
"""A character that no font writes."""


def given(*rows: tuple[str, int, int]) -> dict[str, object]:
    return {
        "title": "各单位上报",
        "subtitle": "6月17日至6月23日，与前一周对比",
        "legend": ["前一周 7 项", "这一周 9 项"],
        "rows": [list(row) for row in rows],
        "note": "14 个单位两周都没有上报",
    }


def drawn(data: dict[str, object]) -> Image.Image:
    pieces: list[bytes] = []
    chart.run(iter([Frame(data=data)]), pieces.append)
    return Image.open(io.BytesIO(b"".join(pieces))).convert("RGB")


def length(picture: Image.Image, colour: str, row: int) -> int:
    """Return how many pixels of `colour` the longest line of a row has."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    top = 210 + 84 * row
    return max(
        sum(picture.getpixel((x, y)) == wanted for x in range(picture.width))
        for y in range(top, top + 84, 3)
    )


@pytest.fixture
def font(do_without: Callable[[str], NoReturn]) -> Font:
    try:
        return find_font(["各单位上报"])
    except FontMissing:
        return do_without("no font for Chinese (on Debian: apt-get install fonts-wqy-microhei)")


async def test_the_child_draws_within_its_limits(tmp_path: Path, font: Font) -> None:
    rows = [(f"区直机关第{number}单位", number, 15 - number) for number in range(15)]
    picture = Image.open(io.BytesIO(await made(Job.chart, tmp_path, given(*rows))))
    assert picture.format == "PNG"
    assert picture.size == (chart.WIDTH, chart.height_of(15))
    assert picture.height > picture.width
    assert LIMITS[Job.chart].file_mb < 10


def test_a_bar_is_as_long_as_its_number_and_weeks_have_their_colours(font: Font) -> None:
    picture = drawn(given(("区科协", 2, 8), ("区住建局", 4, 0)))
    longest = length(picture, chart.NOW, 0)
    assert length(picture, chart.BEFORE, 0) == pytest.approx(longest / 4, abs=3)
    assert length(picture, chart.BEFORE, 1) == pytest.approx(longest / 2, abs=3)
    assert length(picture, chart.NOW, 1) == 0


@pytest.mark.parametrize("rows", [(), (("区科协", 0, 0),)])
def test_an_empty_week_is_no_trouble(font: Font, rows: tuple[tuple[str, int, int], ...]) -> None:
    assert drawn(given(*rows)).size == (chart.WIDTH, chart.height_of(1))


def test_a_name_is_never_taken_for_a_formula_or_left_as_a_box(font: Font) -> None:
    plain, odd = (
        drawn(given((name, 1, 2)))
        for name in (r"区$\frac{1}{2}$局?", rf"区$\frac{{1}}{{2}}$局{RARE}")
    )
    assert plain.tobytes() == odd.tobytes()
    assert plain.tobytes() != drawn(given((r"区$\frac{1}{3}$局?", 1, 2))).tobytes()


def test_without_a_font_nothing_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(FontMissing):
        chart.run(iter([Frame(data=given(("区科协", 1, 2)))]), lambda _: None, [tmp_path])
