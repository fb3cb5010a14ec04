"""A message's text as HTML, for whoever looks at it."""

from html import escape

from bot.sandbox.answers import JsonObject

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def as_html(text: str, entities: list[JsonObject]) -> str:
    """Return `text` as HTML with its `entities` as tags, properly nested."""
    marks = [each for each in entities if _start(each, "") is not None]
    if not marks:
        return escape(text, quote=False)
    units = text.encode("utf-16-le", "surrogatepass")
    pieces: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def write_to(until: int) -> None:
        nonlocal at
        raw = units[at * 2 : until * 2].decode("utf-16-le", "surrogatepass")
        pieces.append(escape(raw, quote=False))
        at = until

    def close_to(until: int) -> None:
        while stack and stack[-1][0] <= until:
            end, tag = stack.pop()
            write_to(end)
            pieces.append(f"</{tag}>")

    for each in sorted(marks, key=lambda mark: (mark["offset"], -mark["length"])):
        close_to(each["offset"])
        end = each["offset"] + each["length"]
        if stack and end > stack[-1][0]:
            end = stack[-1][0]
        write_to(each["offset"])
        shown = units[each["offset"] * 2 : end * 2].decode("utf-16-le", "surrogatepass")
        pieces.append(_start(each, shown) or "")
        stack.append((end, _tag(each)))
    close_to(len(units) // 2)
    write_to(len(units) // 2)
    return "".join(pieces)


def _tag(entity: JsonObject) -> str:
    return _TAGS.get(entity["type"], "a")


def _start(entity: JsonObject, shown: str) -> str | None:
    kind = entity["type"]
    if kind == "pre" and entity.get("language"):
        return f'<pre lang="{escape(entity["language"])}">'
    if kind == "expandable_blockquote":
        return "<blockquote expandable>"
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>"
    address = _address(entity, shown)
    return f'<a href="{escape(address)}">' if address is not None else None


def _address(entity: JsonObject, shown: str) -> str | None:
    if entity["type"] == "text_link":
        return str(entity["url"])
    if entity["type"] == "text_mention":
        return f"tg://user?id={entity['user']['id']}"
    if entity["type"] == "url":
        return shown if "://" in shown else f"https://{shown}"
    return None
