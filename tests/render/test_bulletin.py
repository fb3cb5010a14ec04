"""A bulletin as .docx: page, fonts and lines as official documents have them (GB/T 9704-2012)."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.render.child import bulletin
from bot.render.frames import Frame
from bot.render.limits import Job
from tests.render.test_tables import made

FONTS = {
    "title": "方正小标宋简体",
    "body": "仿宋_GB2312",
    "heading": "黑体",
    "subheading": "楷体_GB2312",
    "number": "宋体",
}


def given(**changed: object) -> dict[str, Any]:
    return {
        "made": "2024-07-01T01:00:00+00:00",
        "fonts": dict(FONTS),
        "name": "创建省级文明城市宣传工作简报",
        "number": "第3期",
        "issuer": "宿城区文明办",
        "day": "2024年7月1日",
        "note": "本期更正2024年第2期。",
        "title": "6月创建宣传工作动态",
        "foreword": ["全区上报31项。"],
        "chapters": [["一、突出重点", [["（一）区科协：科普进社区", ["第一段。", "第二段。"]]]]],
        "imprint": ["宿城区文明办", "2024年7月1日印发"],
        **changed,
    }


def written(data: dict[str, Any]) -> bytes:
    pieces: list[bytes] = []
    bulletin.run(iter([Frame(data=data)]), pieces.append)
    return b"".join(pieces)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def font_of(document: Document, text: str) -> tuple[str | None, float]:
    """Return the East Asian font and the size in points of the paragraph that begins so."""
    [found] = [one for one in document.paragraphs if one.text.startswith(text)]
    first = found.runs[0]
    fonts = first._r.rPr.rFonts if first._r.rPr is not None else None
    assert fonts is not None
    assert first.font.size is not None
    return fonts.get(qn("w:eastAsia")), first.font.size.pt


def texts(document: Document) -> Sequence[str]:
    return [one.text for one in document.paragraphs if one.text]


async def test_the_child_writes_everything_in_its_order(tmp_path: Path) -> None:
    document = opened(await made(Job.bulletin, tmp_path, given()))
    assert texts(document) == [
        "创建省级文明城市宣传工作简报",
        "第3期",
        "宿城区文明办\t2024年7月1日",
        "本期更正2024年第2期。",
        "6月创建宣传工作动态",
        "全区上报31项。",
        "一、突出重点",
        "（一）区科协：科普进社区",
        "第一段。",
        "第二段。",
        "\u3000宿城区文明办\t2024年7月1日印发\u3000",
    ]


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    [section] = opened(written(given())).sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width.mm == pytest.approx(210, abs=0.1)
    assert section.page_height.mm == pytest.approx(297, abs=0.1)
    assert section.top_margin is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    assert section.bottom_margin is not None
    assert section.top_margin.mm == pytest.approx(37, abs=0.1)
    assert section.left_margin.mm == pytest.approx(28, abs=0.1)
    area = 210 - section.left_margin.mm - section.right_margin.mm
    assert area == pytest.approx(156, abs=0.2)
    height = 297 - section.top_margin.mm - section.bottom_margin.mm
    assert height == pytest.approx(225, abs=0.2)


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_area() -> None:
    document = opened(written(given()))
    style = document.styles["Normal"]
    spacing = style.paragraph_format
    assert spacing.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    assert spacing.line_spacing is not None
    pitch = Pt(1).pt * spacing.line_spacing / 12700
    assert pitch == pytest.approx(28.99, abs=0.05)
    assert 22 * pitch <= Mm(225).pt < 23 * pitch
    closer = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= Mm(156).pt < 29 * (16 + closer)
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_each_part_names_its_east_asian_font_and_size() -> None:
    document = opened(written(given()))
    assert font_of(document, "6月创建") == ("方正小标宋简体", 22)
    assert font_of(document, "全区") == ("仿宋_GB2312", 16)
    assert font_of(document, "一、") == ("黑体", 16)
    assert font_of(document, "（一）") == ("楷体_GB2312", 16)
    assert font_of(document, "第一段") == ("仿宋_GB2312", 16)
    default = document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia"))
    assert default == "仿宋_GB2312"
    with zipfile.ZipFile(io.BytesIO(written(given()))) as archive:
        assert not [name for name in archive.namelist() if "fonts/" in name]


def test_paragraphs_begin_two_characters_in() -> None:
    [found] = [one for one in opened(written(given())).paragraphs if one.text == "第一段。"]
    properties = found._p.pPr
    assert properties is not None
    indent = properties.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_pages_are_numbered_between_dashes_on_the_outer_side() -> None:
    document = opened(written(given()))
    [section] = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        [line] = footer.paragraphs
        assert [one.text for one in line.runs] == ["– ", "", " –"]
        assert "PAGE" in line._p.xml
        assert line.alignment == side
        assert line.runs[0].font.size == Pt(14)


def test_the_same_contents_are_the_same_bytes_whenever_they_are_written() -> None:
    assert written(given()) == written(given())
    assert written(given()) != written(given(number="第4期"))


@pytest.mark.parametrize("text", ["\x00\x07坏\ud800字\uffff", "<w:p/>&amp;", "=1+1"])
def test_odd_words_stay_words(text: str) -> None:
    document = opened(written(given(foreword=[text])))
    kept = "".join(char for char in text if char not in "\x00\x07\ud800\uffff")
    assert kept in texts(document)


def test_nothing_but_the_head_and_the_end_is_no_trouble() -> None:
    document = opened(written(given(foreword=[], chapters=[], note="")))
    assert len(texts(document)) == 5


def test_a_long_name_stays_on_one_line() -> None:
    document = opened(written(given(name="创建省级文明城市宣传工作领导小组办公室简报")))
    size = font_of(document, "创建省级文明城市宣传工作领导小组")[1]
    assert size * 21 <= Mm(156).pt
    assert font_of(opened(written(given(name="简报"))), "简报") == ("方正小标宋简体", 36)
