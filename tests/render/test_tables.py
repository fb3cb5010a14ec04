"""Workbooks and CSV: Chinese intact, numbers and days as such, and nothing that calculates."""

import csv
import io
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.render.client import Pipe, Renderer
from bot.render.frames import data_frame, end_frame, read_frame
from bot.render.limits import Job
from tests.render.book import Sheet, read_book
from tests.support.config import ROOT

HEAD = {"sheet": "上报", "columns": [["名称", "text"], ["数量", "number"], ["日期", "date"]]}
DANGEROUS = [
    "=1+1",
    "+86 138",
    "-5度",
    "@SUM(A1)",
    "\tcmd",
    "\r=1",
    unicodedata.lookup("FULLWIDTH EQUALS SIGN") + "1+1",
    '=HYPERLINK("http://a.example","点我")',
    "<r><t>x</t></r>",
    "http://a.example/",
    "mailto:a@example.org",
    "007",
]


async def made(job: Job, folder: Path, *frames: object) -> bytes:
    out = io.BytesIO()

    async def feed(pipe: Pipe) -> None:
        for frame in frames:
            await pipe.send(frame)

    await Renderer(folder).run(job, feed, out=out)
    return out.getvalue()


async def sheets(folder: Path, *frames: object) -> list[Sheet]:
    return read_book(await made(Job.xlsx, folder, *frames))


async def lines(folder: Path, rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    content = await made(Job.csv, folder, HEAD, {"rows": rows})
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def test_a_cell_is_what_its_column_says(tmp_path: Path) -> None:
    row = ["科普进社区", "685.18", "2024-06-03"]
    [sheet] = await sheets(tmp_path, HEAD, {"rows": [row]})
    assert sheet.title == "上报"
    assert sheet.row(1) == ["名称", "数量", "日期"]
    assert [sheet.cells[name].kind for name in ("A2", "B2", "C2")] == ["inlineStr", "n", "n"]
    assert sheet.cells["A2"].text == "科普进社区"
    assert (sheet.cells["B2"].text, sheet.cells["B2"].shown) == ("685.18", "#,##0.00")
    # 45446 days after Excel's beginning.
    assert (sheet.cells["C2"].text, sheet.cells["C2"].shown) == ("45446", "yyyy-mm-dd")


async def test_about_is_shown_and_the_number_stays_a_number(tmp_path: Path) -> None:
    rows = [["a", ["2800", "约", ""], None], ["b", ["85", "", "以上"], None]]
    [sheet] = await sheets(tmp_path, HEAD, {"rows": rows})
    assert (sheet.cells["B2"].text, sheet.cells["B2"].shown) == ("2800", '"约"#,##0')
    assert (sheet.cells["B3"].text, sheet.cells["B3"].shown) == ("85", '#,##0"以上"')
    assert sheet.cells["B2"].kind == "n"
    assert "C2" not in sheet.cells


async def test_a_number_with_more_digits_than_excel_keeps_is_a_text(tmp_path: Path) -> None:
    rows = [["a", "123456789012.3456", None], ["b", "12345678901.2345", None]]
    [sheet] = await sheets(tmp_path, HEAD, {"rows": rows})
    assert sheet.cells["B2"].kind == "inlineStr"
    assert sheet.cells["B2"].text == "123456789012.3456"
    assert (sheet.cells["B3"].kind, sheet.cells["B3"].text) == ("n", "12345678901.2345")


async def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    [sheet] = await sheets(tmp_path, HEAD, {"rows": [[text, None, None] for text in DANGEROUS]})
    assert sheet.formulas == sheet.links == 0
    for number, text in enumerate(DANGEROUS, 2):
        cell = sheet.cells[f"A{number}"]
        assert cell.kind == "inlineStr"
        assert cell.text.replace("_x000D_", "\r").rstrip(" ") == text


FORMULAS = """
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True})
sheet = book.add_worksheet()
for number, text in enumerate(sys.argv[2:]):
    sheet.write(number, 0, text)
book.close()
"""


def test_left_to_itself_the_library_makes_formulas_of_texts(tmp_path: Path) -> None:
    place = tmp_path / "book.xlsx"
    texts = ["=1+1", "http://a.example/"]
    subprocess.run([sys.executable, "-c", FORMULAS, str(place), *texts], cwd=ROOT, check=True)
    [sheet] = read_book(place.read_bytes())
    assert sheet.formulas == sheet.links == 1


async def test_the_head_stays_in_sight_and_columns_fit_chinese(tmp_path: Path) -> None:
    rows = [["汉" * 10, "1", "2024-06-03"], ["汉" * 100, None, None]]
    [wide] = await sheets(tmp_path, HEAD, {"rows": rows})
    [narrow] = await sheets(tmp_path, HEAD, {"rows": rows[:1]})
    assert wide.frozen == "B2"
    assert 62 <= wide.widths[0] <= 63
    assert 22 <= narrow.widths[0] <= 23
    assert narrow.widths[2] >= 12


async def test_a_long_title_takes_lines_and_not_width(tmp_path: Path) -> None:
    head = {"sheet": "s", "columns": [["名称", "text"], ["汉" * 25, "number"]]}
    [sheet] = await sheets(tmp_path, head, {"rows": [["a", "7"]]})
    assert 22 <= sheet.widths[1] <= 23
    assert sheet.head_points is not None
    assert 47 <= sheet.head_points < 48


async def test_sheets_follow_each_other_and_an_empty_one_has_its_titles(tmp_path: Path) -> None:
    second = {**HEAD, "sheet": "单位/汇总[1]"}
    found = await sheets(tmp_path, HEAD, {"rows": [["a", "1", None]]}, {"rows": []}, second)
    assert [sheet.title for sheet in found] == ["上报", "单位 汇总 1"]
    assert found[1].row(1) == ["名称", "数量", "日期"]
    assert found[1].row(2) == []


def test_rows_beyond_what_a_sheet_holds_go_on_in_another() -> None:
    short = (
        "from bot.render.child import workbook; workbook.MOST_ROWS = 3;"
        "from bot.render.__main__ import main; main(['xlsx', '384', '60'])"
    )
    content = feed_directly(short, HEAD, {"rows": [[f"{n}", None, None] for n in range(5)]})
    found = read_book(content)
    assert [sheet.title for sheet in found] == ["上报", "上报 2", "上报 3"]
    assert [sheet.row(2) for sheet in found] == [["0"], ["2"], ["4"]]


def feed_directly(program: str, *frames: object) -> bytes:
    """Return the file that a child of another beginning makes."""
    source = b"".join(map(data_frame, frames)) + end_frame()
    ran = subprocess.run(
        [sys.executable, "-c", program], input=source, cwd=ROOT, capture_output=True, check=True
    )
    stream = io.BytesIO(ran.stdout)
    content = b""
    while (frame := read_frame(stream)) is not None:
        content += frame.content or b""
    return content


async def test_csv_opens_in_excel_with_chinese_days_and_numbers(tmp_path: Path) -> None:
    content = await made(
        Job.csv, tmp_path, HEAD, {"rows": [["科普", ["2800", "约", ""], "2024-06-03"]]}
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "名称,数量,日期\r\n科普,2800,2024-06-03\r\n"


async def test_csv_guards_what_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    found = await lines(tmp_path, [[text, "-5", None] for text in DANGEROUS])
    active = DANGEROUS[:8]
    assert [row[0] for row in found[1:]] == [
        *(f"'{text}" for text in active),
        *DANGEROUS[len(active) :],
    ]
    assert {row[1] for row in found[1:]} == {"-5"}


async def test_csv_keeps_commas_quotes_and_line_ends_inside_a_cell(tmp_path: Path) -> None:
    text = '甲,"乙"\n丙'
    assert (await lines(tmp_path, [[text, None, None]]))[1] == [text, "", ""]


async def test_broken_characters_do_not_stop_a_file(tmp_path: Path) -> None:
    [sheet] = await sheets(tmp_path, HEAD, {"rows": [["a\ud800b\uffff\x01", None, None]]})
    assert sheet.cells["A2"].text == "a?b_x0001_"


async def test_marked_texts_are_coloured_by_a_rule_and_not_by_a_formula(tmp_path: Path) -> None:
    head = {**HEAD, "marks": {'未"落实': "#F4A6A6"}}
    content = await made(Job.xlsx, tmp_path, head, {"rows": [['未"落实', None, None]]})
    [sheet] = read_book(content)
    assert sheet.formulas == 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula>"未""落实"</formula>' in xml
    assert 'sqref="A2:C2"' in xml
    [plain] = await sheets(tmp_path, HEAD, {"rows": [['未"落实', None, None]]})
    assert plain.cells == sheet.cells
