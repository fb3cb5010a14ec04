"""One message of ours may need several of Telegram's: what fits into one request."""

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.text import CAPTION_UNITS, units
from bot.features.outbox.payload import PIN, Attachment, Payload

MOST_IN_ALBUM = 10
"""Telegram's limit for the files of one album."""

_ALBUMS = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}
_WITHOUT_CAPTION = frozenset({"sticker", "video_note", PIN})
_TAG = re.compile(r"<[^>]*>")


def plain_html(marked: str) -> str:
    """Return Telegram's HTML without its mark-up, as HTML again."""
    return html.escape(html.unescape(_TAG.sub("", marked)), quote=False)


def fits_caption(marked: str) -> bool:
    """Tell whether the visible text of `marked` may stand under a file."""
    return units(html.unescape(_TAG.sub("", marked))) <= CAPTION_UNITS


def parts(payload: Payload) -> list[Payload]:
    """Split `payload` into what one request each can carry; the last part has the words.

    Words and buttons stay under a single file where they fit. An album has no buttons, photos do
    not mix with documents, and a caption is shorter than a message: there the files go first and
    the words follow as a message of their own.
    Raises ValueError for buttons under several files without any words to put them under.
    """
    runs = list(_runs(payload.files))
    marked = bool(payload.buttons) or payload.reply_keyboard is not None
    if not runs or (len(runs) == 1 and _carries(runs[0], payload, marked=marked)):
        return [payload]
    files = [replace(payload, html="", buttons=(), reply_keyboard=None, files=run) for run in runs]
    if payload.html:
        return [*files, replace(payload, files=())]
    if not marked:
        return files
    if len(runs[-1]) > 1:
        raise ValueError("buttons under an album need words")
    return [*files[:-1], replace(payload, files=runs[-1])]


def _carries(run: Sequence[Attachment], payload: Payload, *, marked: bool) -> bool:
    if len(run) > 1:
        return not marked and fits_caption(payload.html)
    return not payload.html or (run[0].kind not in _WITHOUT_CAPTION and fits_caption(payload.html))


def _runs(files: Sequence[Attachment]) -> Iterator[list[Attachment]]:
    for album, group in itertools.groupby(files, key=lambda file: _ALBUMS.get(file.kind)):
        alike = list(group)
        size = 1 if album is None else MOST_IN_ALBUM
        for at in range(0, len(alike), size):
            yield alike[at : at + size]
