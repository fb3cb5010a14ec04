"""A workbook as the file says it, read without the library that wrote it."""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GENERAL = "General"


@dataclass
class Cell:
    """One cell: `kind` is n for a number or a day, inlineStr for a text; `shown` its format."""

    kind: str
    text: str
    shown: str = _GENERAL


@dataclass
class Sheet:
    """One sheet: its cells by their names (B2), and what it says about columns and panes."""

    title: str
    cells: dict[str, Cell] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    frozen: str | None = None
    formulas: int = 0
    links: int = 0
    head_points: float | None = None

    def row(self, number: int) -> list[str]:
        """Return the texts of a row from its first cell to its last."""
        return [
            cell.text for name, cell in self.cells.items() if name.lstrip(_LETTERS) == str(number)
        ]


def read_book(content: bytes) -> list[Sheet]:
    """Return the sheets of a workbook in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        formats = _formats(ET.fromstring(archive.read("xl/styles.xml")))
        return [
            _sheet(
                one.get("name") or "",
                ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")),
                formats,
            )
            for number, one in enumerate(book.findall("m:sheets/m:sheet", _NS), 1)
        ]


def _formats(styles: ET.Element) -> list[str]:
    own = {
        one.get("numFmtId"): one.get("formatCode") or ""
        for one in styles.findall("m:numFmts/m:numFmt", _NS)
    }
    return [
        own.get(xf.get("numFmtId"), xf.get("numFmtId") or _GENERAL)
        for xf in styles.findall("m:cellXfs/m:xf", _NS)
    ]


def _sheet(title: str, tree: ET.Element, formats: list[str]) -> Sheet:
    sheet = Sheet(title)
    for cell in tree.iter(f"{_M}c"):
        texts = [node.text or "" for node in cell.iter() if node.tag in {f"{_M}t", f"{_M}v"}]
        sheet.cells[cell.get("r") or ""] = Cell(
            cell.get("t") or "n", "".join(texts), formats[int(cell.get("s") or 0)]
        )
    sheet.widths = [float(one.get("width") or 0) for one in tree.iter(f"{_M}col")]
    pane = tree.find(".//m:pane", _NS)
    sheet.frozen = None if pane is None else pane.get("topLeftCell")
    sheet.formulas = sum(1 for _ in tree.iter(f"{_M}f"))
    head = tree.find(".//m:row", _NS)
    sheet.head_points = None if head is None else float(head.get("ht") or 0)
    sheet.links = sum(1 for _ in tree.iter(f"{_M}hyperlink"))
    return sheet
