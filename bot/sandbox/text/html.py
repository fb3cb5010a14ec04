"""Telegram's HTML, read as strictly as Telegram reads it, with its error sentences."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.answers import JsonObject, Refused, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_ENTITY = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot));?")
_END_OF_NAME = re.compile(r"[\s>]")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_LAST_CODE_POINT = 0x10FFFF
_ASTRAL = 0xFFFF


class Parsed(NamedTuple):
    """Text without its markup, and the entities that the markup meant."""

    text: str
    entities: list[JsonObject]


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    at: int
    """Where its content starts in the list of text pieces."""


def parsed_html(source: str) -> Parsed:
    """Return text and entities of `source`; raises Refused in Telegram's words."""
    if not _SPECIAL.search(source):
        return Parsed(source, [])
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def read(self) -> Parsed:
        source, at = self._source, 0
        while (special := _SPECIAL.search(source, at)) is not None:
            self._write(source[at : special.start()])
            at = special.start()
            if source[at] == "&":
                at = self._character(at)
            elif source.startswith("/", at + 1):
                at = self._end_tag(at)
            else:
                at = self._start_tag(at)
        self._write(source[at:])
        if self._open:
            tag = self._open[-1].tag
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self._entities.sort(key=lambda each: (each["offset"], -each["length"]))
        return Parsed("".join(self._pieces), self._entities)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._units += len(text)
        if not text.isascii():
            self._units += sum(1 for char in text if ord(char) > _ASTRAL)

    def _character(self, at: int) -> int:
        char, end = _decoded(self._source, at)
        self._write(char)
        return end

    def _bytes(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    # --- start tags ---------------------------------------------------------------------------

    def _start_tag(self, begin: int) -> int:
        source = self._source
        name_end = _END_OF_NAME.search(source, begin + 1)
        if name_end is None:
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        tag = source[begin + 1 : name_end.start()].lower()
        if tag not in _TYPES:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        at, argument = name_end.start(), ""
        while True:
            at = _after_spaces(source, at)
            if at >= len(source):
                raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            if source[at] == ">":
                break
            at, name, value = self._attribute(begin, tag, at)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise _refusal(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self._open.append(_Open(tag, argument, self._units, len(self._pieces)))
        return at + 1

    def _attribute(self, begin: int, tag: str, at: int) -> tuple[int, str, str]:
        source = self._source
        name = _matched(_ATTRIBUTE_NAME, source, at)
        if not name:
            raise _refusal(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
            )
        at = _after_spaces(source, at + len(name))
        if not source.startswith("=", at):
            return at, name.lower(), ""
        at = _after_spaces(source, at + 1)
        if at >= len(source):
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if source[at] not in "'\"":
            return self._bare_value(name, at)
        end = source.find(source[at], at + 1)
        if end < 0:
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return end + 1, name.lower(), decoded(source[at + 1 : end])

    def _bare_value(self, name: str, at: int) -> tuple[int, str, str]:
        value = _matched(_NAME_TOKEN, self._source, at)
        end = at + len(value)
        if end < len(self._source) and not _END_OF_NAME.match(self._source, end):
            raise _refusal(f"Unexpected end of name token at byte offset {self._bytes(at)}")
        return end, name.lower(), value.lower()

    # --- end tags -----------------------------------------------------------------------------

    def _end_tag(self, begin: int) -> int:
        source = self._source
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name_end = _END_OF_NAME.search(source, begin + 2)
        end = _after_spaces(source, name_end.start()) if name_end is not None else len(source)
        if not source.startswith(">", end) or name_end is None:
            raise _refusal(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        tag = source[begin + 2 : name_end.start()].lower()
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._units > opened.offset:
            self._close(opened)
        return end + 1

    def _close(self, opened: _Open) -> None:
        entity: JsonObject = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self._units - opened.offset,
        }
        parent = self._open[-1] if self._open else None
        if opened.tag == "code" and parent is not None and parent.tag == "pre":
            if parent.offset == opened.offset:
                parent.argument = opened.argument
            return
        if self._completed(entity, opened):
            self._entities.append(entity)

    def _completed(self, entity: JsonObject, opened: _Open) -> bool:
        if opened.tag == "a":
            return _completed_link(entity, opened.argument or "".join(self._pieces[opened.at :]))
        if opened.tag == "pre" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        return True


def _completed_link(entity: JsonObject, url: str) -> bool:
    address = url.strip()
    if address.startswith("tg://user?id="):
        number = address.removeprefix("tg://user?id=")
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(number) if number.isdigit() else 0, "is_bot": False}
        return number.isdigit()
    if "://" not in address:
        address = f"http://{address}"
    entity["url"] = address
    return "." in address or address.startswith("tg://")


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _after_spaces(source: str, at: int) -> int:
    return at + len(_matched(_SPACES, source, at))


def _matched(pattern: "re.Pattern[str]", source: str, at: int) -> str:
    match = pattern.match(source, at)
    return match.group() if match is not None else ""


def _decoded(source: str, at: int) -> tuple[str, int]:
    match = _ENTITY.match(source, at)
    if match is None:
        return "&", at + 1
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return _NAMED[name], match.end()
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if not 0 < code <= _LAST_CODE_POINT:
        return "&", at + 1
    return chr(code), match.end()


def decoded(value: str) -> str:
    """Return `value` with its HTML entities as characters."""
    pieces, at = [], 0
    while (amp := value.find("&", at)) >= 0:
        char, end = _decoded(value, amp)
        pieces += [value[at:amp], char]
        at = end
    return "".join([*pieces, value[at:]])


def _refusal(words: str) -> Refused:
    return bad_request(f"can't parse entities: {words}")
