"""What the bot asks about chats, and what it does in them besides talking."""

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.chats import Chat
from bot.sandbox.methods.base import Method, names, required_id, without_reply
from bot.sandbox.params import Params
from bot.sandbox.world import World

_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages",
)  # fmt: skip


def get_chat(world: World, params: Params) -> JsonObject:
    """Return all that is known of a chat."""
    chat = world.chat_for_bot(params.text("chat_id"))
    full: JsonObject = {
        **chat.shape,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        pinned = chat.find(chat.pinned[-1])
        if pinned is not None:
            full["pinned_message"] = without_reply(pinned.message)
    return full


def _member(world: World, chat: Chat, user_id: int) -> JsonObject:
    if user_id == world.bot_id:
        status = "left" if chat.blocked else "member"
        return {"status": status, "user": world.bot}
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    user = person.user
    status = "member" if chat.id == user_id else chat.members.get(user_id, "left")
    if status == "creator":
        return {"status": status, "user": user, "is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True)
        return {
            "status": status,
            "user": user,
            "can_be_edited": False,
            "is_anonymous": False,
            **rights,
        }
    return {"status": status, "user": user}


def get_chat_member(world: World, params: Params) -> JsonObject:
    """Return what one user is in a chat."""
    chat = world.chat_for_bot(params.text("chat_id"))
    user_id = params.integer("user_id")
    if user_id is None:
        raise bad_request("invalid user_id specified")
    return _member(world, chat, user_id)


def get_chat_administrators(world: World, params: Params) -> list[JsonObject]:
    """Return the administrators of a group."""
    chat = world.chat_for_bot(params.text("chat_id"))
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        _member(world, chat, user_id)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]


def get_chat_member_count(world: World, params: Params) -> int:
    """Return how many are in a chat, the bot included."""
    chat = world.chat_for_bot(params.text("chat_id"))
    return 2 if chat.private else len(chat.members) + (0 if chat.blocked else 1)


def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message; the chat is told by a service message."""
    chat = world.chat_to_write(params.text("chat_id"))
    entry = chat.find(required_id(params))
    if entry is None:
        raise bad_request("message to pin not found")
    if entry.id in chat.pinned:
        return True
    chat.pinned.append(entry.id)
    world.post(chat, world.bot, {"pinned_message": without_reply(entry.message)})
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin one message, the last one when none is named."""
    chat = world.chat_to_write(params.text("chat_id"))
    message_id = params.integer("message_id")
    if message_id is None and chat.pinned:
        message_id = chat.pinned[-1]
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.changes += 1
    return True


def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """Unpin everything."""
    world.chat_to_write(params.text("chat_id")).pinned.clear()
    world.changes += 1
    return True


def leave_chat(world: World, params: Params) -> bool:
    """Leave a group."""
    chat = world.chat_to_write(params.text("chat_id"))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.blocked = True
    world.changes += 1
    return True


METHODS = (
    Method("getChat", get_chat, names("chat_id")),
    Method("getChatMember", get_chat_member, names("chat_id", "user_id")),
    Method("getChatAdministrators", get_chat_administrators, names("chat_id", "return_bots")),
    Method("getChatMemberCount", get_chat_member_count, names("chat_id")),
    Method(
        "pinChatMessage",
        pin_chat_message,
        names("business_connection_id", "chat_id", "message_id", "disable_notification"),
    ),
    Method(
        "unpinChatMessage",
        unpin_chat_message,
        names("business_connection_id", "chat_id", "message_id"),
    ),
    Method("unpinAllChatMessages", unpin_all_chat_messages, names("chat_id")),
    Method("leaveChat", leave_chat, names("chat_id")),
)
