"""Text with its writer's formats as Telegram's HTML."""

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.chat.text import Formatted, Mark
from bot.core.text import units

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_LINKS = frozenset({"http", "https", "tg", "mailto"})
_WITHOUT_OTHERS = frozenset({"code", "pre"})
"""Formats that may hold no other, and stand in none but a quotation."""
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})


def can_show(mark: Mark) -> bool:
    """Tell whether a bot can give text this format; links in the text need none."""
    return _tags(mark) is not None


def formatted_html(text: Formatted) -> str:
    """Return `text` as Telegram's HTML; what its marks say wrongly is said plainly.

    The marks are the sender's: any numbers, any kind. One that leaves the text, is cut by another
    or stands where Telegram allows none is left out with no loss of words.
    """
    encoded = text.text.encode("utf-16-le")
    marks = _nested(text.marks, most=units(text.text))
    return _within(encoded, 0, len(encoded) // 2, marks)


def _within(encoded: bytes, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return the stretch from `start` to `end`; `marks` lie in it, the outer ones first."""
    pieces: list[str] = []
    at = start
    for number, mark in enumerate(marks):
        tags = _tags(mark)
        if mark.offset < at or tags is None:
            continue
        stop = mark.offset + mark.length
        inner = [one for one in marks[number + 1 :] if one.offset < stop]
        pieces.append(_escaped(encoded, at, mark.offset))
        pieces.append(tags[0] + _within(encoded, mark.offset, stop, inner) + tags[1])
        at = stop
    return "".join([*pieces, _escaped(encoded, at, end)])


def _nested(marks: Sequence[Mark], *, most: int) -> list[Mark]:
    """Return the marks that can be shown together, each before those that it holds."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.offset, -one.length)):
        inside = mark.offset >= 0 and mark.length > 0 and mark.offset + mark.length <= most
        around = [one for one in kept if one.offset + one.length > mark.offset]
        if inside and can_show(mark) and all(_may_hold(one, mark) for one in around):
            kept.append(mark)
    return kept


def _may_hold(outer: Mark, mark: Mark) -> bool:
    if outer.offset + outer.length < mark.offset + mark.length:
        return False
    if outer.kind in _QUOTES:
        return mark.kind not in _QUOTES
    return not ({outer.kind, mark.kind} & _WITHOUT_OTHERS) and mark.kind not in _QUOTES


def _tags(mark: Mark) -> tuple[str, str] | None:
    if mark.kind != "text_link":
        return _TAGS.get(mark.kind)
    if mark.url is None or not _is_link(mark.url):
        return None
    return f'<a href="{html.escape(mark.url)}">', "</a>"


def _is_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in _LINKS
    except ValueError:
        return False


def _escaped(encoded: bytes, start: int, end: int) -> str:
    # A mark that cuts a character in two shows a sign in its place, and breaks nothing.
    return html.escape(encoded[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False)
