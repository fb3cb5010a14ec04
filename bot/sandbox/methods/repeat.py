"""Copying and forwarding."""

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.methods.base import CAPTION, DELIVERY, Method, caption_fields, names, required_id
from bot.sandbox.methods.send import deliver
from bot.sandbox.params import Params
from bot.sandbox.world import World

_ENVELOPE = frozenset(
    {
        "message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message",
        "media_group_id", "has_protected_content", "forward_origin",
    }
)  # fmt: skip
_CAPTION_KEYS = frozenset({"caption", "caption_entities"})


def _source(world: World, params: Params, *, verb: str) -> Entry:
    chat = world.chat_for_bot(params.text("from_chat_id"))
    entry = chat.find(required_id(params))
    if entry is None:
        raise bad_request(f"message to {verb} not found")
    if entry.message.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return entry


def _content(entry: Entry) -> JsonObject:
    return {key: value for key, value in entry.message.items() if key not in _ENVELOPE}


def _target(world: World, params: Params) -> Chat:
    return world.chat_to_write(params.text("chat_id"))


def copy_message(world: World, params: Params) -> JsonObject:
    """Send what a message holds as the bot's own."""
    chat = _target(world, params)
    content = _content(_source(world, params, verb="copy"))
    if params.text("caption") is not None:
        kept = {key: value for key, value in content.items() if key not in _CAPTION_KEYS}
        content = {**kept, **caption_fields(params)}
    message = deliver(world, chat, params, content)
    return {"message_id": message["message_id"]}


def forward_message(world: World, params: Params) -> JsonObject:
    """Pass a message on with the name of its writer."""
    chat = _target(world, params)
    entry = _source(world, params, verb="forward")
    origin = entry.message.get("forward_origin") or {
        "type": "user",
        "date": entry.message["date"],
        "sender_user": entry.message["from"],
    }
    return deliver(world, chat, params, {"forward_origin": origin, **_content(entry)})


_FROM = names("from_chat_id", "message_id", "video_start_timestamp")

METHODS = (
    Method("copyMessage", copy_message, DELIVERY | CAPTION | _FROM),
    Method(
        "forwardMessage",
        forward_message,
        (DELIVERY | _FROM)
        - {
            "reply_parameters",
            "reply_markup",
            "reply_to_message_id",
            "allow_sending_without_reply",
        },
    ),
)
