"""The text of a call: parsed, trimmed, measured, with its entities (limits of Telegram)."""

import re
from typing import NamedTuple

from bot.core.text import CAPTION_UNITS, MESSAGE_UNITS
from bot.sandbox.answers import JsonObject, bad_request, not_offered, stricter
from bot.sandbox.text.entities import found_entities, merged, units_before
from bot.sandbox.text.html import parsed_html

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff]")
_MOST_ENTITIES = 100
_ENTITY_FIELDS = frozenset(
    {
        "type", "offset", "length", "url", "user", "language", "custom_emoji_id",
        "unix_time", "date_time_format",
    }
)  # fmt: skip


class Formatted(NamedTuple):
    """A text ready to stand in a message."""

    text: str
    entities: list[JsonObject]


def formatted(source: str, *, parse_mode: str | None, entities: object) -> Formatted:
    """Return what Telegram makes of `source`; raises Refused.

    `entities` is the caller's list and counts only without a parse mode.
    """
    if _NO_CHARACTER.search(source):
        raise bad_request("strings must be encoded in UTF-8")
    text = _CONTROL.sub(" ", source.replace("\r", ""))
    if parse_mode:
        text, marked = _by_mode(text, parse_mode)
    else:
        marked = _given(entities)
    text, marked = _trimmed(text, marked)
    return Formatted(text, merged(marked, found_entities(text))[:_MOST_ENTITIES])


def _by_mode(text: str, parse_mode: str) -> Formatted:
    mode = parse_mode.lower()
    if mode == "html":
        parsed = parsed_html(text)
        if _NO_CHARACTER.search(parsed.text):
            raise bad_request(
                "can't parse entities: Text contains invalid Unicode characters after decoding "
                "HTML entities, check for unmatched surrogate code units"
            )
        return Formatted(parsed.text, parsed.entities)
    if mode in {"markdown", "markdownv2"}:
        raise not_offered(f"parse_mode {parse_mode}: use HTML")
    raise bad_request("unsupported parse_mode")


def _given(entities: object) -> list[JsonObject]:
    if entities is None:
        return []
    if not isinstance(entities, list) or not all(isinstance(each, dict) for each in entities):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for each in entities:
        unknown = set(each) - _ENTITY_FIELDS
        if unknown or not {"type", "offset", "length"} <= set(each):
            raise stricter(f"bad message entity {sorted(each)}")
    return [dict(each) for each in entities]


def _trimmed(text: str, entities: list[JsonObject]) -> Formatted:
    whole = text.strip()
    if whole == text:
        return Formatted(text, entities)
    skipped = units_before(text[: len(text) - len(text.lstrip())])
    most = units_before(whole)
    kept = []
    for each in entities:
        start = max(each["offset"] - skipped, 0)
        end = min(each["offset"] + each["length"] - skipped, most)
        if end > start:
            kept.append({**each, "offset": start, "length": end - start})
    return Formatted(whole, kept)


def message_text(source: str | None, *, parse_mode: str | None, entities: object) -> JsonObject:
    """Return the text fields of a message; raises Refused when it is empty or too long."""
    ready = formatted(source or "", parse_mode=parse_mode, entities=entities)
    if not ready.text:
        raise bad_request("message text is empty")
    if units_before(ready.text) > MESSAGE_UNITS:
        raise bad_request("message is too long")
    return _fields("text", "entities", ready)


def caption(source: str | None, *, parse_mode: str | None, entities: object) -> JsonObject:
    """Return the caption fields of a message, none for an empty caption; raises Refused."""
    ready = formatted(source or "", parse_mode=parse_mode, entities=entities)
    if units_before(ready.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return _fields("caption", "caption_entities", ready) if ready.text else {}


def _fields(text_key: str, entities_key: str, ready: Formatted) -> JsonObject:
    if ready.entities:
        return {text_key: ready.text, entities_key: ready.entities}
    return {text_key: ready.text}
