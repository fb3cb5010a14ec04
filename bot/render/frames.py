"""What the bot and its child process say to each other: frames of JSON or of bytes.

A frame is one byte for what it holds, four for its length (big-endian), and its contents. The bot
sends what the job is about and `end`; the child sends the file's bytes and one frame of JSON that
says how it went.
"""

import json
import struct
from asyncio import IncompleteReadError, StreamReader
from dataclasses import dataclass
from typing import Any, BinaryIO

MOST_BYTES = 8 << 20
"""Contents of one frame at most: a side that hears of more takes the other for broken."""
CHUNK_BYTES = 64 << 10
"""How a file is cut into frames."""

_HEAD = struct.Struct(">cI")
_JSON, _BYTES, _END = b"j", b"b", b"e"


class BrokenFrame(ValueError):
    """What came is no frame."""


@dataclass(frozen=True)
class Frame:
    """Contents of one frame: `content` for bytes, else `data`; `end` says that no more comes."""

    data: Any = None
    content: bytes | None = None
    end: bool = False


def data_frame(data: object) -> bytes:
    """Return the frame of a JSON value. Raises ValueError when it is too large for one."""
    return _packed(_JSON, json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode())


def bytes_frame(content: bytes) -> bytes:
    """Return the frame of some bytes. Raises ValueError when they are too many for one."""
    return _packed(_BYTES, content)


def end_frame() -> bytes:
    """Return the frame after which no more comes."""
    return _packed(_END, b"")


def read_frame(stream: BinaryIO) -> Frame | None:
    """Return the next frame of a blocking stream; None at its end. Raises BrokenFrame."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    kind, length = _unpacked(head)
    return _frame(kind, stream.read(length), length)


async def receive_frame(stream: StreamReader) -> Frame | None:
    """Return the next frame that arrives; None at the stream's end. Raises BrokenFrame."""
    try:
        kind, length = _unpacked(await stream.readexactly(_HEAD.size))
        return _frame(kind, await stream.readexactly(length), length)
    except IncompleteReadError as error:
        if error.partial:
            raise BrokenFrame("the frame ends early") from error
        return None


def _packed(kind: bytes, content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes do not fit into a frame")
    return _HEAD.pack(kind, len(content)) + content


def _unpacked(head: bytes) -> tuple[bytes, int]:
    if len(head) != _HEAD.size:
        raise BrokenFrame("the frame ends early")
    kind, length = _HEAD.unpack(head)
    if kind not in {_JSON, _BYTES, _END} or length > MOST_BYTES:
        raise BrokenFrame("no frame begins like this")
    return kind, length


def _frame(kind: bytes, content: bytes, length: int) -> Frame:
    if len(content) != length:
        raise BrokenFrame("the frame ends early")
    if kind == _END:
        return Frame(end=True)
    if kind == _BYTES:
        return Frame(content=content)
    try:
        return Frame(data=json.loads(content))
    except ValueError as error:
        raise BrokenFrame("the frame holds no JSON") from error
