"""Taking out of a picture where it was taken, without touching a pixel (ARC-06, VOL-13). Pure.

A camera writes the position into the GPS directory of the Exif block, and some programs write it
into XMP as well. Both are blanked in place: the file keeps its length, every other offset in it
stays right, and turn, day and camera stay known. A picture without a position comes back as it is.

Reads bytes of strangers: it runs in a child process (`bot.transport.examine`).
"""

import re
import zlib
from collections.abc import Iterator
from typing import Literal

from bot.features.archive.formats import Format

_Order = Literal["little", "big"]

_EXIF_HEAD = b"Exif\x00\x00"
_EXIF = re.compile(_EXIF_HEAD + rb"(?=II\*\x00|MM\x00\*)")
_SEGMENT_HEAD = 4
_XMP_VALUE = re.compile(
    rb"""[\w-]+:gps\w*\s*=\s*(?:"[^"]*"|'[^']*')|<([\w-]+:gps\w*)\b[^>]*>.*?</\1>""",
    re.IGNORECASE | re.DOTALL,
)
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_GPS_DIRECTORY = 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_ENTRY = 12
_MOST_DIRECTORIES = 8
_MOST_ENTRIES = 1000
_WITHOUT_OFFSET = 4
"""A value of up to four bytes stands in its entry."""


class _Unreadable(Exception):
    """An Exif block whose directories lead out of it."""


def without_position(content: bytes, found: Format) -> bytes:
    """Return the picture `content` of the format `found` without its position.

    Other formats, and pictures that carry none, come back unchanged (the same object).
    """
    match found:
        case Format.jpeg | Format.heic:
            return _blanked(content)
        case Format.tiff:
            return _changed(content, _in_tiff(content))
        case Format.png:
            return _in_png(content)
        case Format.webp:
            return _in_webp(content)
    return content


def _blanked(content: bytes) -> bytes:
    data = bytearray(content)
    for header in _EXIF.finditer(content):
        start = header.end()
        end = _segment_end(content, header.start())
        try:
            _blank_tiff(data, start, end or len(data))
        except _Unreadable:
            if end is not None:
                data[start:end] = bytes(end - start)
    _blank_xmp(data)
    return _changed(content, data)


def _segment_end(content: bytes, at: int) -> int | None:
    """Return where the JPEG segment ends whose data begin at `at`; None outside of a segment."""
    if at < _SEGMENT_HEAD or content[at - _SEGMENT_HEAD : at - 2] != b"\xff\xe1":
        return None
    end = at - 2 + int.from_bytes(content[at - 2 : at], "big")
    return min(end, len(content)) if end > at + len(_EXIF_HEAD) else None


def _in_tiff(content: bytes) -> bytearray:
    data = bytearray(content)
    try:
        _blank_tiff(data, 0, len(data))
    except _Unreadable:
        return bytearray(content)
    _blank_xmp(data)
    return data


def _in_png(content: bytes) -> bytes:
    kept = bytearray(content[:8])
    for name, start, end in _chunks(content, 8, "big", after=4):
        data = bytearray(content[start:end])
        keyword = bytes(data[:40])
        if name == b"eXIf":
            _blank_block(data)
        elif name in {b"zTXt", b"tEXt", b"iTXt"} and keyword.startswith(b"Raw profile type"):
            continue
        elif name == b"iTXt" and keyword.startswith(b"XML:com.adobe.xmp"):
            if data[len(b"XML:com.adobe.xmp") + 1 :][:1] == b"\x01":
                continue  # packed: what it holds cannot be blanked in place
            _blank_xmp(data)
        whole = name + bytes(data)
        unchanged = whole[4:] == content[start:end]
        check = content[end : end + 4] if unchanged else zlib.crc32(whole).to_bytes(4, "big")
        kept += len(data).to_bytes(4, "big") + whole + check
    # What follows the last whole chunk is not ours to lose.
    rest = _end_of_chunks(content, 8, "big", after=4)
    return _changed(content, kept + content[rest:])


def _in_webp(content: bytes) -> bytes:
    data = bytearray(content)
    for name, start, end in _chunks(content, 12, "little", after=0, even=True):
        block = data[start:end]
        if name == b"EXIF":
            _blank_block(block)
        elif name == b"XMP ":
            _blank_xmp(block)
        data[start:end] = block
    return _changed(content, data)


def _chunks(
    content: bytes, at: int, order: _Order, *, after: int, even: bool = False
) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the data of every whole chunk from `at` on.

    In PNG length precedes the name and a check sum of four bytes follows (`after`); in RIFF the
    name precedes the length and data fill up to an `even` length.
    """
    name_first = order == "little"
    while at + 8 + after <= len(content):
        first, second = content[at : at + 4], content[at + 4 : at + 8]
        name, length = (first, second) if name_first else (second, first)
        start = at + 8
        end = start + int.from_bytes(length, order)
        if end + after > len(content):
            return
        yield name, start, end
        at = end + after + (end % 2 if even else 0)


def _end_of_chunks(content: bytes, at: int, order: _Order, *, after: int) -> int:
    return max((end + after for _, _, end in _chunks(content, at, order, after=after)), default=at)


def _blank_block(block: bytearray) -> None:
    """Blank the position in an Exif block that may begin with its JPEG header."""
    start = len(_EXIF_HEAD) if block.startswith(_EXIF_HEAD) else 0
    try:
        _blank_tiff(block, start, len(block))
    except _Unreadable:
        block[start:] = bytes(len(block) - start)


def _blank_xmp(data: bytearray) -> None:
    for packet in list(_XMP.finditer(bytes(data))):
        clean = _XMP_VALUE.sub(lambda found: b" " * len(found[0]), packet[0])
        data[packet.start() : packet.end()] = clean


def _blank_tiff(data: bytearray, start: int, end: int) -> None:
    """Blank the GPS directories of the TIFF block from `start` to `end`; raises _Unreadable."""
    order: _Order = "little" if data[start : start + 2] == b"II" else "big"
    offset = _number(data, start + 4, 4, order, end)
    for _ in range(_MOST_DIRECTORIES):
        if offset == 0:
            return
        offset = _blank_directory(data, start, offset, order, end)


def _blank_directory(data: bytearray, start: int, offset: int, order: _Order, end: int) -> int:
    """Take the GPS entries out of one directory; return the offset of the next, 0 for none."""
    at = start + offset
    count = _count(data, at, order, end)
    number = 0
    while number < count:
        entry = at + 2 + number * _ENTRY
        if _number(data, entry, 2, order, end) != _GPS_DIRECTORY:
            number += 1
            continue
        _wipe(data, start, _number(data, entry + 8, 4, order, end), order, end)
        rest = at + 2 + count * _ENTRY + 4
        data[entry:rest] = data[entry + _ENTRY : rest] + bytes(_ENTRY)
        count -= 1
        data[at : at + 2] = count.to_bytes(2, order)
    return _number(data, at + 2 + count * _ENTRY, 4, order, end)


def _wipe(data: bytearray, start: int, offset: int, order: _Order, end: int) -> None:
    """Overwrite a GPS directory and the values that it points at."""
    at = start + offset
    count = _count(data, at, order, end)
    for entry in range(at + 2, at + 2 + count * _ENTRY, _ENTRY):
        size = _SIZES.get(_number(data, entry + 2, 2, order, end), 1)
        length = size * _number(data, entry + 4, 4, order, end)
        if length > _WITHOUT_OFFSET:
            value = start + _number(data, entry + 8, 4, order, end)
            if value + length > end:
                raise _Unreadable
            data[value : value + length] = bytes(length)
    whole = 2 + count * _ENTRY
    data[at : at + whole] = bytes(whole)


def _count(data: bytearray, at: int, order: _Order, end: int) -> int:
    count = _number(data, at, 2, order, end)
    if count > _MOST_ENTRIES or at + 2 + count * _ENTRY + 4 > end:
        raise _Unreadable
    return count


def _number(data: bytearray, at: int, size: int, order: _Order, end: int) -> int:
    if at + size > end:
        raise _Unreadable
    return int.from_bytes(data[at : at + size], order)


def _changed(content: bytes, data: bytearray) -> bytes:
    return content if data == content else bytes(data)
