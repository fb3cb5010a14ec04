"""QR codes: a text, mostly a link, as a picture that another phone reads."""

from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import to_plain
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T
from bot.features.making.service import FileOrder
from bot.render.errors import RenderError
from bot.render.limits import Job

KIND = "qr"
"""The kind of file that a QR code is."""


def qr_order(text: str) -> FileOrder:
    """Return the order of the QR code of `text`; a Screen with it is a photo."""
    return FileOrder(KIND, {"text": text})


def instead(making: Making, error: RenderError) -> Screen:
    """Return the text itself, which can be tapped or copied where it is a link."""
    del error
    return Screen(Lines(T("qr.instead"), Plain(making.params["text"])))


@makes(KIND, Job.qr, sent_as="photo", instead=instead)
def draw(making: Making) -> Blueprint:
    """Say what the code holds: what whoever ordered it put into it, so nothing is to check."""
    name = making.params.get("name") or to_plain(T("qr.file"), making.voice)
    return Blueprint(name, iter([{"text": making.params["text"]}]))
