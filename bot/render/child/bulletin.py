"""A 工作简报 as .docx in the layout of official documents (GB/T 9704-2012).

Fonts are named and not embedded: an office has them, and a reader without them sees others.
"""

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.render.frames import CHUNK_BYTES, Frame

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM = 37, 28
AREA_MM = (156, 225)
"""The type area: 22 lines of 28 characters."""
CHARACTERS = 28
LINE_PT = math.floor(28.99 * 20) / 20
"""The standard's 28.99 points in the twentieths that a file can hold, so that 22 lines do fit."""
SIZE_PT, SMALL_PT, TITLE_PT, NAME_PT = 16, 14, 22, 36
"""3号, 4号, 2号, and the name of the bulletin in the head."""
_TITLE_LINE_PT, _NAME_LINE_PT = 33, 56
_PAGE_NUMBER_PT = 14
_ABOVE_NUMBER_MM = 7
_RED = RGBColor(0xC0, 0x00, 0x00)
_LATIN = "Times New Roman"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _Fonts:
    """The names of the fonts, as the standard calls them: they come with the words."""

    title: str
    body: str
    heading: str
    subheading: str
    number: str


@dataclass(frozen=True)
class _Paper:
    """Everything that stands on it.

    `chapters` are [heading, [[subheading, [paragraph, …]], …]]. `note` stands below the head and
    may be empty, as may `foreword`; `imprint` is [who, when] at the end.
    """

    name: str
    number: str
    issuer: str
    day: str
    note: str
    title: str
    foreword: Sequence[str]
    chapters: Sequence[Sequence[Any]]
    imprint: Sequence[str]


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Write the bulletin in the first frame; return how many paragraphs it has.

    The frame's "made" is the time that the file says it was made, so that the same contents are
    the same bytes.
    """
    given = next(frames).data
    made = datetime.fromisoformat(given.pop("made")).astimezone(UTC)
    fonts = _Fonts(**given.pop("fonts"))
    drawing = _Drawing(_Paper(**given), fonts)
    content = drawing.finished(made)
    for at in range(0, len(content), CHUNK_BYTES):
        emit(content[at : at + CHUNK_BYTES])
    return {"paragraphs": drawing.paragraphs}


class _Drawing:
    def __init__(self, paper: _Paper, fonts: _Fonts) -> None:
        self._paper = paper
        self._fonts = fonts
        self._file = docx.Document()
        self._set_page()
        self._set_style()
        self._write()

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return len(self._file.paragraphs)

    def finished(self, made: datetime) -> bytes:
        """Return the file; nothing in it depends on when or where it is written."""
        properties = self._file.core_properties
        properties.title, properties.author = _clean(self._paper.title), _clean(self._paper.issuer)
        properties.comments = ""
        properties.last_modified_by = properties.author
        properties.created = properties.modified = made.replace(tzinfo=None)
        content = io.BytesIO()
        self._file.save(content)
        return _repacked(content)

    def _set_page(self) -> None:
        section = self._file.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in PAGE_MM)
        section.top_margin, section.left_margin = Mm(TOP_MM), Mm(LEFT_MM)
        section.right_margin = Mm(PAGE_MM[0] - LEFT_MM - AREA_MM[0])
        bottom = PAGE_MM[1] - TOP_MM - AREA_MM[1]
        section.bottom_margin = Mm(bottom)
        section.footer_distance = Mm(bottom - _ABOVE_NUMBER_MM) - Pt(_PAGE_NUMBER_PT)
        self._set_grid()
        # The number stands on the outer side: right on odd pages, left on even ones.
        self._file.settings.odd_and_even_pages_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            self._number_pages(footer.paragraphs[0], side)

    def _set_grid(self) -> None:
        """Let 22 lines fill the type area; the characters of a line are a matter of the style.

        A grid of characters as well would be read differently by each word processor.
        """
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(LINE_PT * 20)))
        properties = self._file.sections[0]._sectPr  # noqa: SLF001 - there is no public way to a grid
        for old in properties.findall(qn("w:docGrid")):
            properties.remove(old)
        properties.append(grid)

    def _set_style(self) -> None:
        normal = self._file.styles["Normal"]
        normal.font.name, normal.font.size = _LATIN, Pt(SIZE_PT)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), self._fonts.body)
        # 28 characters of 16 points would be wider than 156 mm by six points.
        room = Mm(AREA_MM[0]).pt / CHARACTERS - SIZE_PT
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(math.floor(room * 20)))
        normal.element.rPr.insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz")
        spacing = normal.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing = Pt(LINE_PT)
        spacing.widow_control = False

    def _write(self) -> None:
        self._head()
        self._title()
        for text in self._paper.foreword:
            self._text(text)
        for heading, items in self._paper.chapters:
            self._heading(heading, self._fonts.heading)
            for subheading, paragraphs in items:
                self._heading(subheading, self._fonts.subheading)
                for text in paragraphs:
                    self._text(text)
        self._imprint()

    def _head(self) -> None:
        paper = self._paper
        name = self._line(paper.name, WD_ALIGN_PARAGRAPH.CENTER, line_pt=_NAME_LINE_PT)
        self._dress(name.runs[0], self._fonts.title, self._name_size(), _RED)
        self._line(paper.number, WD_ALIGN_PARAGRAPH.CENTER)
        both = self._line(f"{paper.issuer}\t{paper.day}", WD_ALIGN_PARAGRAPH.LEFT)
        both.paragraph_format.tab_stops.add_tab_stop(Mm(AREA_MM[0]), WD_TAB_ALIGNMENT.RIGHT)
        _border(both, "bottom", eighths=12, colour="C00000")
        if paper.note:
            self._line(paper.note, WD_ALIGN_PARAGRAPH.LEFT)

    def _name_size(self) -> float:
        """Return the size in which the name stays on one line."""
        wide = Mm(AREA_MM[0]).pt / max(1, len(self._paper.name))
        return min(NAME_PT, int(wide * 2) / 2)

    def _title(self) -> None:
        self._line("", WD_ALIGN_PARAGRAPH.CENTER)
        title = self._line(self._paper.title, WD_ALIGN_PARAGRAPH.CENTER, line_pt=_TITLE_LINE_PT)
        self._dress(title.runs[0], self._fonts.title, TITLE_PT)
        self._line("", WD_ALIGN_PARAGRAPH.CENTER)

    def _heading(self, text: str, font: str) -> None:
        paragraph = self._text(text)
        paragraph.paragraph_format.keep_with_next = True
        self._dress(paragraph.runs[0], font, SIZE_PT)

    def _text(self, text: str) -> Paragraph:
        paragraph = self._line(text, WD_ALIGN_PARAGRAPH.JUSTIFY)
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - characters, not points
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(2 * SIZE_PT * 20))
        return paragraph

    def _imprint(self) -> None:
        who, when = self._paper.imprint
        # It never stands on a page by itself.
        self._file.paragraphs[-1].paragraph_format.keep_with_next = True
        blank = self._line("", WD_ALIGN_PARAGRAPH.LEFT)
        blank.paragraph_format.keep_with_next = True
        # A blank of one character on each side.
        line = self._line(f"\u3000{who}\t{when}\u3000", WD_ALIGN_PARAGRAPH.LEFT)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(AREA_MM[0]), WD_TAB_ALIGNMENT.RIGHT)
        self._dress(line.runs[0], self._fonts.body, SMALL_PT)
        _border(line, "top", eighths=8)
        _border(line, "bottom", eighths=8)

    def _number_pages(self, paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
        """Write – 1 – one character away from the edge."""
        paragraph.alignment = side
        edge = paragraph.paragraph_format
        edge.left_indent = edge.right_indent = Pt(_PAGE_NUMBER_PT)
        edge.line_spacing = Pt(_PAGE_NUMBER_PT * 1.3)
        for piece in ("– ", None, " –"):
            added = paragraph.add_run(piece or "")
            self._dress(added, self._fonts.number, _PAGE_NUMBER_PT, latin=self._fonts.number)
            if piece is None:
                _add_field(added, "PAGE")

    def _line(self, text: str, side: WD_ALIGN_PARAGRAPH, *, line_pt: float = LINE_PT) -> Paragraph:
        paragraph = self._file.add_paragraph()
        paragraph.alignment = side
        if line_pt != LINE_PT:
            paragraph.paragraph_format.line_spacing = Pt(line_pt)
        self._dress(paragraph.add_run(_clean(text)), self._fonts.body, SIZE_PT)
        return paragraph

    def _dress(
        self,
        added: Run,
        font: str,
        size: float,
        colour: RGBColor | None = None,
        *,
        latin: str = _LATIN,
    ) -> None:
        added.font.name, added.font.size = latin, Pt(size)
        # python-docx sets the font of Latin letters alone.
        fonts = added._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no public way to it
        fonts.set(qn("w:eastAsia"), font)
        if colour is not None:
            added.font.color.rgb = colour


def _border(paragraph: Paragraph, side: str, *, eighths: int, colour: str = "000000") -> None:
    """Draw a line above or below a paragraph, so many eighths of a point thick."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - there is no public way to borders
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _add_field(added: Run, name: str) -> None:
    """Let a word processor fill in a field."""
    for kind, text in (("begin", None), (None, name), ("end", None)):
        if text is None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), str(kind))
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        added._r.append(mark)  # noqa: SLF001 - there is no public way to fields


def _clean(text: str) -> str:
    """Return `text` without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _repacked(content: io.BytesIO) -> bytes:
    """Return the same file with no time of day in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return packed.getvalue()
