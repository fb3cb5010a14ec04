"""Reading what people upload: by its contents, within bounds, in a process of its own."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bot.render.client import Renderer
from bot.render.errors import (
    EncodingUnknown,
    FileDamaged,
    FileRefused,
    HasMacros,
    InflatesTooLarge,
    IsProgram,
    NoDocument,
    NothingWritten,
    OldWordFile,
    TextTooLarge,
)
from bot.render.reading import read_words
from tests.render import files
from tests.support.config import ROOT

REPORT = "3月23日，科普进社区活动在北关社区举行，散发宣传材料2800 多份。"
MB = 1 << 20


async def test_a_word_document_gives_its_paragraphs_and_the_rows_of_its_tables(
    tmp_path: Path,
) -> None:
    content = files.document(
        "标题", "", f"  {REPORT}  ", table=(("横幅", "120条"), ("展版", "4块"))
    )
    found = await read_words(Renderer(tmp_path), files.put(tmp_path, content, "报告.docx"))
    assert found == ["标题", REPORT, "横幅 120条", "展版 4块"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
async def test_a_text_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    content = f"第一段\r\n\r\n{REPORT}\n".encode(encoding)
    found = await read_words(Renderer(tmp_path), files.put(tmp_path, content, "报告.txt"))
    assert found == ["第一段", REPORT]


async def test_a_document_that_is_called_a_text_is_read_all_the_same(tmp_path: Path) -> None:
    place = files.put(tmp_path, files.document(REPORT), "报告.txt")
    assert await read_words(Renderer(tmp_path), place) == [REPORT]


MACRO_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def archive(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, part in entries.items():
            made.writestr(name.replace("__", "."), part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"MZ\x90\0\x03" + bytes(200), IsProgram, id="a Windows program"),
        pytest.param(b"\x7fELF\x02\x01" + bytes(200), IsProgram, id="a Linux program"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", IsProgram, id="a script"),
        pytest.param(archive(setup__exe=b"MZ"), IsProgram, id="an archive with a program"),
        pytest.param(archive(photo__png=b"x"), NoDocument, id="another archive"),
        pytest.param(files.with_parts(files.document("x"), macros=b"x"), HasMacros, id="macros"),
        pytest.param(
            files.with_parts(files.document("x"), types=MACRO_TYPES), HasMacros, id="a .docm"
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldWordFile, id="a .doc"),
        pytest.param(b"%PDF-1.7\n", NoDocument, id="a PDF"),
        pytest.param(b"\xff\xfe\xfa\x80\x81" * 9, EncodingUnknown, id="noise"),
        pytest.param(bytes(range(256)), EncodingUnknown, id="bytes"),
        pytest.param(b"", NothingWritten, id="nothing"),
        pytest.param(b" \r\n", NothingWritten, id="blanks"),
        pytest.param(files.document(""), NothingWritten, id="an empty document"),
        pytest.param(files.document("x")[:-300], FileDamaged, id="half a document"),
        pytest.param(
            files.with_parts(files.document("x"), body=b"<w:document>"), FileDamaged, id="bad XML"
        ),
        pytest.param("汉".encode() * 300_001, TextTooLarge, id="an endless text"),
        pytest.param(files.document("汉" * 300_001), TextTooLarge, id="an endless document"),
    ],
)
async def test_what_is_no_report_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes, refusal: type[FileRefused]
) -> None:
    with pytest.raises(refusal):
        await read_words(Renderer(tmp_path), files.put(tmp_path, content, "报告.docx"))


BOMBS = [
    ("it says how large it is", lambda: files.bomb(300), InflatesTooLarge),
    (
        "it says that it is small",
        lambda: files.lying(files.bomb(300), "word/media/image1.png", says=1000),
        FileDamaged,
    ),
    ("its text", lambda: files.bomb(150, name=files.BODY), InflatesTooLarge),
    ("one large part", lambda: files.bomb(40, name="word/styles2.xml"), InflatesTooLarge),
    (
        "thousands of parts",
        lambda: files.with_parts(
            files.document("x"), **{f"word/media/i{n}.png": b"x" for n in range(3001)}
        ),
        InflatesTooLarge,
    ),
    ("entities that multiply", files.laughs, FileRefused),
]


@pytest.mark.parametrize(
    ("make", "refusal"), [row[1:] for row in BOMBS], ids=[row[0] for row in BOMBS]
)
async def test_a_bomb_is_refused_and_neither_process_grows(
    tmp_path: Path, make: Callable[[], bytes], refusal: type[FileRefused]
) -> None:
    place = files.put(tmp_path, make(), "报告.docx")
    own = psutil.Process()
    before = own.memory_info().rss
    with pytest.raises(refusal) as caught:
        await read_words(Renderer(tmp_path), place)
    assert own.memory_info().rss - before < 16 * MB
    peak_kb = caught.value.peak_kb
    print(f"the child had {peak_kb} KiB at most")
    assert peak_kb is not None
    assert peak_kb * 1024 < 96 * MB


UNGUARDED = """
import sys
from bot.render import __main__ as child
from bot.render.child import word
word.check_package = lambda archive, body: None
try:
    word.paragraphs_of(sys.argv[1], most=10)
except Exception:
    pass
print(child._peak_kb())
"""


def test_without_the_look_from_outside_a_bomb_goes_off(tmp_path: Path) -> None:
    place = files.put(tmp_path, files.bomb(150, name=files.BODY), "报告.docx")
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNGUARDED, str(place)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert int(ran.stdout) * 1024 > 150 * MB
