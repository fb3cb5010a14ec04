"""Entities that Telegram finds by itself: commands, mentions, hashtags, addresses."""

import re
from collections.abc import Iterable

from bot.sandbox.answers import JsonObject

_FOUND = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@.])t\.me/)[^\s<>\"]+)"
    r"|(?P<email>(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)
_HINT = re.compile(r"[/@#]|t\.me")
_TRAILING = ".,;:!?)]}'\""


def units_before(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def found_entities(text: str) -> list[JsonObject]:
    """Return the entities in `text`, offsets in UTF-16 units."""
    if not _HINT.search(text):
        return []
    entities: list[JsonObject] = []
    for match in _FOUND.finditer(text):
        shown = match.group()
        if match.lastgroup == "url":
            shown = shown.rstrip(_TRAILING)
        entities.append(
            {
                "type": match.lastgroup,
                "offset": units_before(text[: match.start()]),
                "length": units_before(shown),
            }
        )
    return entities


def merged(marked: list[JsonObject], found: Iterable[JsonObject]) -> list[JsonObject]:
    """Return `marked` with those of `found` that cross none of them, nor stand in code or links."""
    free = [each for each in found if not any(_clash(each, mark) for mark in marked)]
    return sorted([*marked, *free], key=lambda each: (each["offset"], -each["length"]))


_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})


def _clash(found: JsonObject, marked: JsonObject) -> bool:
    start, end = found["offset"], found["offset"] + found["length"]
    from_, to = marked["offset"], marked["offset"] + marked["length"]
    if end <= from_ or to <= start:
        return False
    nested = (from_ <= start and end <= to) or (start <= from_ and to <= end)
    return not nested or marked["type"] in _CLOSED
