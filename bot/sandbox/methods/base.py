"""What the methods share: their shape, parameter names, and the target of a call."""

from collections.abc import Callable
from typing import Any, NamedTuple

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.params import Params
from bot.sandbox.text import formatted
from bot.sandbox.world import World

Run = Callable[[World, Params], Any]


class Method(NamedTuple):
    """One Bot API method: its name, what it does, and the parameters it knows."""

    name: str
    run: Run
    known: frozenset[str]


DELIVERY = frozenset(
    {
        "chat_id", "business_connection_id", "message_thread_id", "direct_messages_topic_id",
        "disable_notification", "protect_content", "allow_paid_broadcast", "message_effect_id",
        "suggested_post_parameters", "reply_parameters", "reply_markup",
        "reply_to_message_id", "allow_sending_without_reply",
    }
)  # fmt: skip
CAPTION = frozenset({"caption", "parse_mode", "caption_entities", "show_caption_above_media"})
EDIT_TARGET = frozenset(
    {"business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup"}
)


def names(*known: str) -> frozenset[str]:
    """Return a set of parameter names."""
    return frozenset(known)


def text_fields(params: Params) -> JsonObject:
    """Return the text fields of a call that carries `text`."""
    return formatted.message_text(
        params.text("text"),
        parse_mode=params.text("parse_mode"),
        entities=params.structure("entities"),
    )


def caption_fields(params: Params) -> JsonObject:
    """Return the caption fields of a call that carries `caption`."""
    fields = formatted.caption(
        params.text("caption"),
        parse_mode=params.text("parse_mode"),
        entities=params.structure("caption_entities"),
    )
    if fields and params.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def reply_fields(world: World, chat: Chat, params: Params) -> JsonObject:
    """Return the fields of a reply, none when the call is none; raises Refused."""
    given = params.structure("reply_parameters")
    if given is None:
        message_id = params.integer("reply_to_message_id")
        if message_id is None:
            return {}
        given = {
            "message_id": message_id,
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(given, dict):
        raise bad_request("can't parse reply parameters JSON object")
    there = chat
    if given.get("chat_id") is not None:
        there = world.chat_for_bot(given["chat_id"])
    replied = there.find(int(given.get("message_id") or 0))
    if replied is None:
        if given.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(replied.message)}


def without_reply(message: JsonObject) -> JsonObject:
    """Return `message` as it stands inside another: without its own reply."""
    if "reply_to_message" not in message:
        return message
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def protection(params: Params) -> JsonObject:
    """Return the field of a message that cannot be forwarded."""
    return {"has_protected_content": True} if params.flag("protect_content") else {}


def required_id(params: Params, name: str = "message_id") -> int:
    """Return a message id of the call; raises Refused when it has none."""
    message_id = params.integer(name)
    if message_id is None:
        raise bad_request("message identifier is not specified")
    return message_id


def sent(entry: Entry) -> JsonObject:
    """Return the answer of a call that sent or changed `entry`."""
    return entry.message
