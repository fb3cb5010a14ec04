"""What a person sees of a message."""

from typing import Any

from bot.sandbox.answers import JsonObject
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.text.view import as_html
from bot.sandbox.world import World

_FILE_KINDS = (
    "document", "video", "animation", "audio", "voice", "video_note", "sticker",
)  # fmt: skip
_NAMELESS = {"photo": ("photo.jpg", "image/jpeg"), "voice": ("voice.ogg", "audio/ogg")}
_SHOWN_AS_IT_IS = ("location", "venue", "contact", "forward_origin", "pinned_message", "sticker")


def seen(world: World, chat: Chat, entry: Entry) -> JsonObject:
    """Return the message as its person sees it."""
    message = entry.message
    sender = message.get("from") or {}
    view: JsonObject = {
        "id": entry.id,
        "chat": chat.id,
        "date": message.get("date"),
        "from": "bot" if sender.get("id") == world.bot_id else sender.get("id"),
        "cursor": entry.cursor,
        "edited": entry.edited,
        "deleted": entry.deleted,
        "text": "",
        "html": "",
        "buttons": [],
        "file": None,
        "album": message.get("media_group_id"),
        "reply_to": (message.get("reply_to_message") or {}).get("message_id"),
    }
    if entry.deleted:
        return view
    _put_text(view, message)
    view["buttons"] = shown_buttons(message)
    view["file"] = shown_file(message)
    for name in _SHOWN_AS_IT_IS:
        if name in message:
            view[name] = message[name]
    _put_keyboard(view, entry)
    return view


def _put_text(view: JsonObject, message: JsonObject) -> None:
    key = "text" if "text" in message else "caption"
    text = message.get(key)
    if isinstance(text, str):
        entities = message.get("entities" if key == "text" else "caption_entities") or []
        view["text"] = text
        try:
            view["html"] = as_html(text, entities)
        except (KeyError, TypeError):
            # A made-up message may carry entities that are none.
            view["html"] = as_html(text, [])


def _put_keyboard(view: JsonObject, entry: Entry) -> None:
    keyboard = entry.keyboard
    if keyboard is None:
        return
    if "keyboard" in keyboard:
        view["reply_keyboard"] = keyboard["keyboard"]
        view["one_time_keyboard"] = bool(keyboard.get("one_time_keyboard"))
    elif "remove_keyboard" in keyboard:
        view["reply_keyboard"] = None
    if "input_field_placeholder" in keyboard:
        view["placeholder"] = keyboard["input_field_placeholder"]


def shown_buttons(message: JsonObject) -> list[list[JsonObject]]:
    """Return the inline buttons as rows of {text, data?, url?, style?, copy?}."""
    markup: JsonObject = message.get("reply_markup") or {}
    return [[_button(each) for each in row] for row in markup.get("inline_keyboard", [])]


def _button(button: JsonObject) -> JsonObject:
    shown: JsonObject = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    if "style" in button:
        shown["style"] = button["style"]
    if "copy_text" in button:
        shown["copy"] = button["copy_text"]["text"]
    return shown


def shown_file(message: JsonObject) -> JsonObject | None:
    """Return name, type, size, pixels and address of the message's file, None when it has none."""
    sizes: list[JsonObject] = message.get("photo") or []
    if sizes:
        return _file("photo", sizes[-1])
    for kind in _FILE_KINDS:
        file: Any = message.get(kind)
        if isinstance(file, dict) and "file_id" in file:
            return _file(kind, file)
    return None


def _file(kind: str, file: JsonObject) -> JsonObject:
    name, mime = _NAMELESS.get(kind, (kind, "application/octet-stream"))
    return {
        "kind": kind,
        "name": file.get("file_name") or name,
        "mime": file.get("mime_type") or mime,
        "size": file.get("file_size"),
        "width": file.get("width"),
        "height": file.get("height"),
        "file_id": file["file_id"],
        "url": f"/sim/file/{file['file_id']}",
    }
