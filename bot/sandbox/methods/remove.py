"""Deleting messages."""

from bot.sandbox.answers import bad_request
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.methods.base import Method, names, required_id
from bot.sandbox.params import Params
from bot.sandbox.world import World

_DELETABLE_S = 48 * 3600
_MOST_AT_ONCE = 100


def _deletable(world: World, chat: Chat, entry: Entry) -> bool:
    if world.date() - entry.message["date"] >= _DELETABLE_S:
        return False
    return entry.by_bot or chat.private


def delete_message(world: World, params: Params) -> bool:
    """Delete one message, at most 48 simulated hours old."""
    chat = world.chat_for_bot(params.text("chat_id"))
    entry = chat.find(required_id(params))
    if entry is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, entry):
        raise bad_request("message can't be deleted for everyone")
    world.delete(chat, entry)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Delete up to 100 messages, skipping those that cannot be."""
    chat = world.chat_for_bot(params.text("chat_id"))
    message_ids = params.structure("message_ids")
    if not isinstance(message_ids, list) or not message_ids:
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > _MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message_id in message_ids:
        entry = chat.find(int(message_id))
        if entry is not None and _deletable(world, chat, entry):
            world.delete(chat, entry)
    return True


METHODS = (
    Method("deleteMessage", delete_message, names("chat_id", "message_id")),
    Method("deleteMessages", delete_messages, names("chat_id", "message_ids")),
)
