"""A picture loses where it was taken, and nothing else."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.archive.formats import Format, is_damaged
from bot.features.archive.position import without_position
from tests.support.files import (
    LATITUDE,
    SCAN,
    jpeg,
    photo_with_position,
    png,
    tiff,
    webp,
)

TURNED = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
XMP = b'<x:xmpmeta><rdf:D exif:GPSLatitude="33,58N" a:b="1"/></x:xmpmeta>'


def test_a_jpeg_loses_its_position_and_keeps_every_pixel_and_its_turn() -> None:
    sent = photo_with_position()
    kept = without_position(sent, Format.jpeg)
    assert LATITUDE in sent
    assert LATITUDE not in kept
    assert b"33,58.72N" not in kept
    assert len(kept) == len(sent)
    assert kept.endswith(SCAN)
    assert TURNED in kept
    assert b'tiff:Make="Camera"' in kept
    assert struct.pack("<H", 0x8825) not in kept[:80]


def test_clearing_twice_changes_nothing_more() -> None:
    once = without_position(photo_with_position(), Format.jpeg)
    assert without_position(once, Format.jpeg) is once


def test_a_picture_without_a_position_is_the_same_object() -> None:
    for content, found in ((jpeg(), Format.jpeg), (png(), Format.png), (webp(), Format.webp)):
        assert without_position(content, found) is content


def test_a_preview_behind_the_end_loses_it_as_well() -> None:
    preview = photo_with_position(salt=b"preview")
    kept = without_position(photo_with_position() + preview, Format.jpeg)
    assert LATITUDE not in kept


def test_an_exif_block_that_cannot_be_read_goes_whole() -> None:
    broken = bytearray(tiff())
    broken[8:10] = b"\xff\xff"  # more entries than there is room for
    kept = without_position(jpeg(b"Exif\x00\x00" + bytes(broken)), Format.jpeg)
    assert LATITUDE not in kept
    assert kept.endswith(SCAN)


@pytest.mark.parametrize("header", [b"", b"Exif\x00\x00"])
def test_a_webp_loses_it(header: bytes) -> None:
    sent = webp((b"EXIF", header + tiff()), (b"XMP ", XMP))
    kept = without_position(sent, Format.webp)
    assert LATITUDE not in kept
    assert b"33,58N" not in kept
    assert len(kept) == len(sent)
    assert not is_damaged(kept, Format.webp)


def test_a_png_loses_it_and_its_check_sums_are_right() -> None:
    sent = png(
        (b"eXIf", tiff()),
        (b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP),
        (b"zTXt", b"Raw profile type exif\x00\x00" + LATITUDE),
        (b"tEXt", b"Title\x00kept"),
    )
    kept = without_position(sent, Format.png)
    assert LATITUDE not in kept
    assert b"33,58N" not in kept
    assert b"Title\x00kept" in kept
    assert not is_damaged(kept, Format.png)


def test_a_packed_xmp_text_of_a_png_goes_whole() -> None:
    sent = png((b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00packed"))
    assert b"packed" not in without_position(sent, Format.png)


def test_big_endian_and_a_bare_tiff_are_read_as_well() -> None:
    values = 8 + 2 + 12 + 4
    block = b"MM\x00*" + struct.pack(">IHHHII", 8, 1, 0x8825, 4, 1, values) + bytes(4)
    block += struct.pack(">HHHII", 1, 2, 5, 3, values + 2 + 12 + 4) + bytes(4) + LATITUDE
    assert LATITUDE not in without_position(block, Format.tiff)


@given(st.binary(max_size=300), st.sampled_from(list(Format)))
def test_no_bytes_make_it_fail(content: bytes, found: Format) -> None:
    start = {Format.jpeg: b"Exif\x00\x00II*\x00", Format.tiff: b"MM\x00*"}.get(found, b"")
    without_position(start + content, found)


@given(st.integers(0, 200), st.integers(0, 255))
def test_no_broken_byte_of_an_exif_block_makes_it_fail(at: int, value: int) -> None:
    sent = bytearray(photo_with_position())
    sent[at] = value
    assert len(without_position(bytes(sent), Format.jpeg)) == len(sent)
