"""A QR code as a picture that one phone shows and another one reads."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import segno

from bot.render.frames import Frame

LEAST_PIXELS = 720
"""On each side: Telegram shows a photo of this size over the whole width of a phone."""
QUIET_ZONE = 4
"""Modules of white on each side, as the standard asks: dark chats would touch the code."""


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Draw the text of the first frame as PNG; return how many pixels a side has.

    Raises ValueError for a text that no QR code holds.
    """
    text = next(frames).data["text"]
    code = code_of(text)
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    scale = -(-LEAST_PIXELS // modules)
    content = io.BytesIO()
    code.save(content, kind="png", scale=scale, border=QUIET_ZONE)
    emit(content.getvalue())
    return {"pixels": modules * scale}


def code_of(text: str) -> segno.QRCode:
    """Return the QR code of `text`, which may lose a seventh of its area, or more where it can.

    Raises ValueError for a text that no QR code holds.
    """
    return segno.make_qr(text, error="m", boost_error=True)
