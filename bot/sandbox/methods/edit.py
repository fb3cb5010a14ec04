"""Changing what was sent; an edit counts against the limits like a message."""

from collections.abc import Callable

from bot.sandbox.answers import JsonObject, bad_request, not_offered
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.keyboards import inline_markup
from bot.sandbox.methods.base import (
    CAPTION,
    EDIT_TARGET,
    Method,
    caption_fields,
    names,
    required_id,
    sent,
    text_fields,
)
from bot.sandbox.methods.media import input_media
from bot.sandbox.params import Params
from bot.sandbox.world import World

_CONTENT = frozenset(
    {
        "text", "entities", "link_preview_options", "caption", "caption_entities", "photo",
        "document", "show_caption_above_media", "has_media_spoiler",
    }
)  # fmt: skip
_CAPTION_KEYS = frozenset({"caption", "caption_entities", "show_caption_above_media"})
_FILE_KEYS = ("photo", "document", "video", "animation", "audio", "voice")
_MARKUP = frozenset({"reply_markup"})
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def _target(world: World, params: Params) -> tuple[Chat, Entry]:
    if params.text("inline_message_id"):
        raise not_offered("inline messages")
    chat = world.chat_to_write(params.text("chat_id"))
    entry = chat.find(required_id(params))
    if entry is None:
        raise bad_request("message to edit not found")
    # A reply keyboard cannot be taken back, so Telegram refuses to edit its message.
    if not entry.by_bot or entry.keyboard is not None or "forward_origin" in entry.message:
        raise bad_request("message can't be edited")
    return chat, entry


def _change(
    world: World,
    params: Params,
    *,
    replaced: frozenset[str],
    fields: Callable[[JsonObject], JsonObject],
) -> JsonObject:
    """Put the result of `fields` in place of the `replaced` fields; raises Refused."""
    chat, entry = _target(world, params)
    old = entry.message
    content = fields(old)
    markup = inline_markup(params.structure("reply_markup"))
    if markup is not None:
        content["reply_markup"] = markup
    gone = replaced | _MARKUP
    new = {key: value for key, value in old.items() if key not in gone and key != "edit_date"}
    new.update(content)
    same = {key: value for key, value in old.items() if key != "edit_date"}
    if new == same:
        raise bad_request(_NOT_MODIFIED)
    world.spend(chat)
    if replaced:
        return sent(world.change(chat, entry, new, edited=True))
    if "edit_date" in old:
        new["edit_date"] = old["edit_date"]
    return sent(world.change(chat, entry, new, edited=False))


def edit_message_text(world: World, params: Params) -> JsonObject:
    """Give a text message another text."""

    def fields(old: JsonObject) -> JsonObject:
        if "text" not in old:
            raise bad_request("there is no text in the message to edit")
        content = text_fields(params)
        preview = params.structure("link_preview_options")
        if preview:
            content["link_preview_options"] = preview
        return content

    return _change(world, params, replaced=_CONTENT, fields=fields)


def edit_message_caption(world: World, params: Params) -> JsonObject:
    """Give a file another caption."""

    def fields(old: JsonObject) -> JsonObject:
        if not any(key in old for key in _FILE_KEYS):
            raise bad_request("there is no caption in the message to edit")
        return caption_fields(params)

    return _change(world, params, replaced=_CAPTION_KEYS, fields=fields)


def edit_message_reply_markup(world: World, params: Params) -> JsonObject:
    """Give a message other buttons, or none."""
    return _change(world, params, replaced=frozenset(), fields=lambda _old: {})


def edit_message_media(world: World, params: Params) -> JsonObject:
    """Put another file in the place of a message's file."""

    def fields(old: JsonObject) -> JsonObject:
        if "location" in old or "contact" in old:
            raise bad_request("message can't be edited")
        return input_media(world, params, params.structure("media"))

    return _change(world, params, replaced=_CONTENT, fields=fields)


METHODS = (
    Method(
        "editMessageText",
        edit_message_text,
        EDIT_TARGET
        | names(
            "text", "parse_mode", "entities", "link_preview_options", "disable_web_page_preview"
        ),
    ),
    Method("editMessageCaption", edit_message_caption, EDIT_TARGET | CAPTION),
    Method("editMessageReplyMarkup", edit_message_reply_markup, EDIT_TARGET),
    Method("editMessageMedia", edit_message_media, EDIT_TARGET | names("media")),
)
