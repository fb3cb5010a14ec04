"""Files as people send them, and as nobody should."""

import io
import struct
import zipfile
from pathlib import Path

import docx

TYPES = "[Content_Types].xml"
BODY = "word/document.xml"


def document(*lines: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Return a .docx of paragraphs, and a table behind them."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """Return a .docx with parts added or replaced; `body` and `types` stand for their names."""
    names = {"body": BODY, "types": TYPES, "macros": "word/vbaProject.bin"}
    given = {names.get(name, name): part for name, part in parts.items()}
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in given:
                new.writestr(entry, old.read(entry))
        for name, part in given.items():
            new.writestr(name, part)
    return changed.getvalue()


def bomb(megabytes: int, *, name: str = "word/media/image1.png") -> bytes:
    """Return a .docx with a part that says it is as large as it is: `megabytes` of zeros."""
    content = io.BytesIO(_without(document("短"), name))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1 << 20))
    return content.getvalue()


def _without(content: bytes, name: str) -> bytes:
    left = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(left, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
    return left.getvalue()


def lying(content: bytes, name: str, *, says: int) -> bytes:
    """Return an archive whose entry `name` claims to hold `says` bytes, whatever it holds."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
    encoded = name.encode()
    local = entry.header_offset
    struct.pack_into("<L", changed, local + 22, says)
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(encoded)] != encoded:
        at = content.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<L", changed, at + 24, says)
    return bytes(changed)


def laughs() -> bytes:
    """Return a .docx whose XML entities multiply into gigabytes."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
        for n in range(10)
    )
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    )
    return with_parts(document("短"), body=body.encode())


def put(folder: Path, content: bytes, name: str = "x") -> Path:
    """Write `content` to a file and return its path."""
    place = folder / name
    place.write_bytes(content)
    return place
