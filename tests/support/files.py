"""Files as people send them: real frames, tiny contents."""

import struct
import zlib

LATITUDE = struct.pack("<IIIIII", 33, 1, 58, 1, 4321, 100)
"""Degrees, minutes and seconds as a camera writes them; they must not survive."""
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00" + bytes(range(1, 200)) + b"\xff\xd9"
"""The pixels of a picture, compressed, up to its end."""
_FRAME = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00"
_ORIENTATION, _GPS = 0x0112, 0x8825


def tiff(*, latitude: bytes = LATITUDE) -> bytes:
    """Return an Exif block, little-endian, that says: turned by 90 degrees, and where."""
    values = 8 + 2 + 2 * 12 + 4
    directory = struct.pack("<H", 2)
    directory += struct.pack("<HHIHH", _ORIENTATION, 3, 1, 6, 0)
    directory += struct.pack("<HHII", _GPS, 4, 1, values)
    directory += struct.pack("<I", 0)
    place = struct.pack("<H", 2)
    place += struct.pack("<HHI4s", 1, 2, 2, b"N\x00\x00\x00")
    place += struct.pack("<HHII", 2, 5, 3, values + 2 + 2 * 12 + 4)
    place += struct.pack("<I", 0)
    return b"II*\x00" + struct.pack("<I", 8) + directory + place + latitude


def jpeg(*blocks: bytes, scan: bytes = SCAN, salt: bytes = b"") -> bytes:
    """Return a JPEG with the given APP1 blocks; `salt` makes one differ from another."""
    comment = _segment(b"\xfe", salt) if salt else b""
    apps = b"".join(_segment(b"\xe1", block) for block in blocks)
    return b"\xff\xd8" + apps + comment + _FRAME + scan


def photo_with_position(*, salt: bytes = b"") -> bytes:
    """Return a JPEG that says where it was taken, in Exif and in XMP."""
    packet = (
        b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta><rdf:Description "
        b'exif:GPSLatitude="33,58.72N" tiff:Make="Camera"/></x:xmpmeta>'
    )
    return jpeg(b"Exif\x00\x00" + tiff(), packet, salt=salt)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG with the given further chunks before its pixels."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\xff\xff")
    whole = [(b"IHDR", header), *chunks, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in whole)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP of the given chunks behind its pixels."""
    body = b"WEBP"
    for name, data in [(b"VP8 ", b"pixels"), *chunks]:
        body += name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def windows_program(*, salt: bytes = b"") -> bytes:
    """Return the beginning of a Windows program."""
    stub = b"MZ\x90\x00\x03" + b"\x00" * 55 + struct.pack("<I", 64)
    return stub + b"PE\x00\x00" + b"\x00" * 64 + salt


def _segment(marker: bytes, data: bytes) -> bytes:
    return b"\xff" + marker + struct.pack(">H", len(data) + 2) + data


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
