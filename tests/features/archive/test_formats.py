"""What a file is, is told by its content."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.archive.examining import Findings, examine
from bot.features.archive.formats import Format, is_damaged, is_program_name, told
from tests.support.files import jpeg, photo_with_position, png, webp, windows_program


def packed(*names: str) -> bytes:
    """Return a ZIP file with empty entries of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(name, b"")
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
INSTALLER = OLE + bytes.fromhex("84100c0000000000c000000000000046")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (jpeg(), Format.jpeg),
        (png(), Format.png),
        (b"GIF89a\x01\x00;", Format.gif),
        (webp(), Format.webp),
        (b"\x00\x00\x00\x20ftypisom", Format.mp4),
        (b"\x00\x00\x00\x20ftypheic", Format.heic),
        (b"OggS\x00", Format.ogg),
        (b"%PDF-1.7\n%%EOF", Format.pdf),
        (packed("word/document.xml"), Format.docx),
        (packed("xl/workbook.xml"), Format.xlsx),
        (packed("a.txt"), Format.zip),
        (b"PK\x03\x04broken", Format.zip),
        (OLE, Format.ole),
        ("宣传方案".encode(), Format.text),
        ("宣传方案".encode("gb18030"), Format.text),
        ("宣传方案".encode("utf-16"), Format.text),
        (b"MZ is how this note begins", Format.text),
        (b"\x00\x01\x02", Format.other),
        (b"", Format.other),
        (windows_program(), Format.program),
        (b"\x7fELF\x02", Format.program),
        (b"\xcf\xfa\xed\xfe", Format.program),
        (b"#!/bin/sh\nrm", Format.program),
        (INSTALLER, Format.program),
        (packed("META-INF/MANIFEST.MF", "a/B.class"), Format.program),
        (packed("AndroidManifest.xml"), Format.program),
    ],
)
def test_the_content_tells(content: bytes, found: Format) -> None:
    assert told(content) is found


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"RIFF", b"MZ", b"\xff\xfe"]))
def test_no_bytes_make_it_fail(content: bytes, start: bytes) -> None:
    examine(start + content, name="a.jpg", mime="image/jpeg", clear=True)


@pytest.mark.parametrize("name", ["a.exe", "A.EXE", "报告.pdf.scr", "a.exe.", "a.exe ", "x.js"])
def test_a_program_is_known_by_its_name_too(name: str) -> None:
    assert is_program_name(name)
    findings, _ = examine(b"text", name=name, mime=None, clear=True)
    assert findings.format is Format.program


@pytest.mark.parametrize("name", ["a.docx", "exe", "a", None, "方案.v2.pdf"])
def test_other_names_are_no_programs(name: str | None) -> None:
    assert not is_program_name(name)


@pytest.mark.parametrize(
    ("name", "mime", "content", "differs"),
    [
        ("a.jpg", "image/jpeg", jpeg(), False),
        ("a.jpg", "image/jpeg", b"%PDF-1\n%%EOF", True),
        ("a.pdf", "application/pdf", jpeg(), True),
        ("方案.doc", "application/msword", packed("word/document.xml"), False),
        ("a.unknown", None, b"anything", False),
        (None, "image/png", b"words", True),
        (None, None, jpeg(), False),
    ],
)
def test_a_name_that_promises_something_else_is_noticed(
    name: str | None, mime: str | None, content: bytes, differs: bool
) -> None:
    findings, _ = examine(content, name=name, mime=mime, clear=True)
    assert findings.differs is differs


@pytest.mark.parametrize(
    "content",
    [
        jpeg()[:-30],
        png()[:-4],
        png().replace(b"IDAT", b"IDAX"),
        b"%PDF-1.7 cut",
        packed("word/document.xml")[:-10],
        webp()[:-2],
    ],
)
def test_what_was_cut_off_or_changed_is_damaged(content: bytes) -> None:
    assert is_damaged(content, told(content))


def test_a_damaged_photo_without_a_position_is_kept_byte_by_byte() -> None:
    sent = jpeg()[:-30]
    findings, kept = examine(sent, name="a.jpg", mime="image/jpeg", clear=True)
    assert findings == Findings(Format.jpeg, damaged=True)
    assert kept is sent


def test_positions_stay_where_they_are_to_stay() -> None:
    sent = photo_with_position()
    findings, kept = examine(sent, name="a.jpg", mime="image/jpeg", clear=False)
    assert (findings.cleared, kept) == (False, sent)


def test_findings_travel_as_json() -> None:
    findings = Findings(Format.sevenz, differs=True)
    assert Findings.of(findings.plain()) == findings
