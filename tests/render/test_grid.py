"""A table of cells as a picture: upright, every cell in its colour, and never empty boxes."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

from bot.render.child import grid
from bot.render.child.fonts import Font, find_font
from bot.render.errors import FontMissing
from bot.render.frames import Frame
from bot.render.limits import LIMITS, Job
from tests.render.test_tables import made

MOST_ROWS = 24
STATES = ("done", "none", "overdue", "excused", "unassigned", "foreign")
RARE = "\U000e0041"
"""A character that no font writes."""


def given(
    rows: int, *, groups: int = 7, months: int = 2, name: str = "区住建局"
) -> dict[str, object]:
    columns = groups * months
    cells = [[STATES[number % len(STATES)], "1"] for number in range(columns)]
    return {
        "title": "（三）突出重点，深入开展主题宣传",
        "subtitle": "责任覆盖 · 2024年6月至7月",
        "groups": [
            [f"C{number}", [f"{one + 6}月" for one in range(months)]] for number in range(groups)
        ],
        "rows": [[name, cells] for _ in range(rows)],
        "legend": [[state, "意思", "缺"] for state in STATES],
        "notes": [f"C{number} “关爱未成年人成长”主题宣传" for number in range(groups)],
    }


def drawn(data: dict[str, object]) -> Image.Image:
    pieces: list[bytes] = []
    grid.run(iter([Frame(data=data)]), pieces.append)
    return Image.open(io.BytesIO(b"".join(pieces)))


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    found = picture.convert("RGB").getcolors(maxcolors=1 << 20)
    assert found is not None
    return {colour for number, colour in found if number > 200 and isinstance(colour, tuple)}


def rgb(value: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(value.removeprefix("#")))


@pytest.fixture
def font(do_without: Callable[[str], NoReturn]) -> Font:
    try:
        return find_font(["责任覆盖"])
    except FontMissing:
        return do_without("no font for Chinese (on Debian: apt-get install fonts-wqy-microhei)")


async def test_the_child_draws_within_its_limits(tmp_path: Path, font: Font) -> None:
    content = await made(Job.grid, tmp_path, given(MOST_ROWS))
    picture = Image.open(io.BytesIO(content))
    assert picture.format == "PNG"
    assert picture.width == grid.WIDTH
    assert len(content) < LIMITS[Job.grid].most_bytes


def test_a_full_picture_is_upright_and_its_rows_stay_legible_on_a_phone(font: Font) -> None:
    picture = drawn(given(MOST_ROWS))
    assert picture.height > picture.width
    # Telegram shrinks the longer side to 1,280: a row is then still some 36 pixels high.
    assert 54 * min(1, 1280 / picture.height) >= 34
    # And takes no photo that is twenty times as long as it is wide.
    assert picture.height < 20 * picture.width


def test_every_state_has_a_colour_of_its_own(font: Font) -> None:
    found = colours(drawn(given(6)))
    assert {rgb("#D64545"), rgb("#F2A33A"), rgb("#2E8B57"), rgb("#BFD9F2")} <= found


def test_a_state_that_nobody_is_in_is_not_drawn(font: Font) -> None:
    data = given(6)
    data["rows"] = [["区住建局", [["foreign", ""]] * 14]]
    data["legend"] = []
    assert rgb("#D64545") not in colours(drawn(data))


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows_are_no_trouble(font: Font, rows: int) -> None:
    assert drawn(given(rows)).width == grid.WIDTH


def test_a_long_name_is_cut_and_does_not_run_into_the_cells(font: Font) -> None:
    text, size = font.fitted("创建省级文明城市工作领导小组办公室" * 4, 300, size=31, least=20)
    assert text.endswith("…")
    assert font.width(text, size) <= 300
    assert font.fitted("区住建局", 300, size=31, least=20) == ("区住建局", 31)


def test_what_the_font_lacks_is_a_question_mark_and_no_box(font: Font) -> None:
    assert font.writable(f"区{RARE}局 A1") == "区?局 A1"
    assert font.has("区")


def test_without_a_font_nothing_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(FontMissing):
        grid.run(iter([Frame(data=given(1))]), lambda _: None, [tmp_path])


def test_what_only_calls_itself_a_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "wqy-microhei.ttc").write_bytes(b"no font at all")
    with pytest.raises(FontMissing):
        find_font(["责任"], [tmp_path, tmp_path / "missing"])
