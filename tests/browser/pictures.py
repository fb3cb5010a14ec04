"""Small pictures made on the spot."""

import struct
import zlib
from pathlib import Path


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Return a PNG of one colour."""
    row = b"\0" + bytes(colour) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(row * height)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture_files(folder: Path, count: int) -> list[Path]:
    """Write pictures of several shapes and return their paths."""
    paths = []
    for number in range(count):
        path = folder / f"现场{number + 1}.png"
        path.write_bytes(png(320 + 80 * number, 240, (90, 40 * number % 256, 140)))
        paths.append(path)
    return paths
