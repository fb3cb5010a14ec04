"""People and groups: who there is, and who joins, blocks, leaves or moves."""

from bot.sandbox.answers import Impossible, JsonObject
from bot.sandbox.chats import Chat, Person, group_kind
from bot.sandbox.person.request import Asked, whole_number
from bot.sandbox.world import World

_OPTIONAL = ("last_name", "username", "language_code", "is_premium")
_MIGRATED_STEP = 1_000_000_000_000


def user_of(body: JsonObject, person_id: int) -> JsonObject:
    """Return the User object for what the person's side told about a person."""
    user: JsonObject = {
        "id": person_id,
        "is_bot": False,
        "first_name": str(body.get("first_name") or person_id),
    }
    user.update({name: body[name] for name in _OPTIONAL if body.get(name)})
    return user


def private_shape(user: JsonObject) -> JsonObject:
    """Return the Chat object of the private chat with `user`."""
    shape: JsonObject = {"id": user["id"], "type": "private"}
    shape.update({key: user[key] for key in ("first_name", "last_name", "username") if key in user})
    return shape


async def add_person(asked: Asked) -> JsonObject:
    """Make a person, or change the one with that id."""
    world, person_id = asked.world, asked.integer("id")
    if person_id <= 0 or person_id == world.bot_id:
        raise Impossible(400, "a person's id is a positive number other than the bot's")
    known = world.people.get(person_id)
    user = user_of({**(known.user if known is not None else {}), **asked.body}, person_id)
    if known is None:
        known = world.people[person_id] = Person(person_id, user)
        world.chats[person_id] = Chat(person_id, private_shape(user))
    known.user = user
    known.note = asked.body.get("note") or known.note
    known.phone_number = asked.body.get("phone_number") or known.phone_number
    world.chats[person_id].shape = private_shape(user)
    if "username" in user:
        world.usernames[str(user["username"]).lower()] = person_id
    world.announce(world.chats[person_id])
    return shown_person(world, known)


def shown_person(world: World, person: Person) -> JsonObject:
    """Return a person for the person's side."""
    chat = world.chats[person.id]
    return {
        **{key: value for key, value in person.user.items() if key != "is_bot"},
        "note": person.note,
        "started": chat.started,
        "blocked": chat.blocked,
        "groups": [
            each.id
            for each in world.groups()
            if person.id in each.members and each.migrated_to is None
        ],
        "unread": chat.unread,
        "cursor": chat.last_cursor,
    }


def shown_group(chat: Chat) -> JsonObject:
    """Return a group for the person's side."""
    return {
        "id": chat.id,
        "title": chat.shape["title"],
        "type": chat.shape["type"],
        "members": list(chat.members),
        "privacy": chat.privacy,
        "migrated_to": chat.migrated_to,
        "unread": chat.unread,
        "cursor": chat.last_cursor,
    }


async def list_people(asked: Asked) -> JsonObject:
    """Tell who there is, and what they have not read yet."""
    world = asked.world
    return {
        "people": [shown_person(world, person) for person in world.people.values()],
        "groups": [shown_group(chat) for chat in world.groups() if chat.migrated_to is None],
        "bot": world.bot,
    }


async def add_group(asked: Asked) -> JsonObject:
    """Make a group with the bot in it, or change the one with that id."""
    world, chat_id = asked.world, asked.integer("id")
    if chat_id >= 0:
        raise Impossible(400, "a group's id is negative")
    members = _members(asked)
    chat = world.chats.get(chat_id)
    is_new = chat is None
    if chat is None:
        chat = world.chats[chat_id] = Chat(chat_id, {}, started=True)
    old_title = chat.shape.get("title")
    title = str(asked.body.get("title") or old_title or chat_id)
    chat.shape = {"id": chat_id, "type": group_kind(chat_id), "title": title}
    chat.members = members or chat.members
    chat.privacy = bool(asked.body.get("privacy", chat.privacy))
    world.announce(chat)
    if is_new and chat.members:
        tell_membership(
            world, chat, world.people[next(iter(chat.members))], old="left", new="member"
        )
    return shown_group(chat)


def _members(asked: Asked) -> dict[int, str]:
    given = asked.body.get("members") or []
    admins = {int(each) for each in asked.body.get("admins") or []}
    members: dict[int, str] = {}
    for number, each in enumerate(given):
        person = asked.world.person(whole_number("members", each))
        other = "administrator" if person.id in admins else "member"
        members[person.id] = "creator" if number == 0 else other
    return members


def tell_membership(world: World, chat: Chat, person: Person, *, old: str, new: str) -> int | None:
    """Tell the bot by my_chat_member that `person` changed what it is in `chat`."""

    def member(status: str) -> JsonObject:
        until: JsonObject = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": world.bot, **until}

    return world.updates.push(
        "my_chat_member",
        {
            "chat": chat.shape,
            "from": person.user,
            "date": world.date(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        },
    )


async def block(asked: Asked) -> JsonObject:
    """Block the bot; its sends are refused from now on. In a group: remove it."""
    chat = asked.chat
    if chat.blocked:
        raise Impossible(409, "the bot is blocked already")
    return _set_blocked(asked, chat, blocked=True)


async def unblock(asked: Asked) -> JsonObject:
    """Let the bot write again. In a group: take it back in."""
    chat = asked.chat
    if not chat.blocked:
        raise Impossible(409, "the bot is not blocked")
    return _set_blocked(asked, chat, blocked=False)


def _set_blocked(asked: Asked, chat: Chat, *, blocked: bool) -> JsonObject:
    chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    update_id = tell_membership(asked.world, chat, asked.person, old=old, new=new)
    asked.world.announce(chat)
    return {"blocked": blocked, "update_id": update_id}


async def migrate(asked: Asked) -> JsonObject:
    """Make a group a supergroup with another id, as Telegram does on its own."""
    world, old = asked.world, asked.group
    if old.supergroup or old.migrated_to is not None:
        raise Impossible(409, "only a basic group can be migrated, and only once")
    new_id = asked.integer("to", old.id - _MIGRATED_STEP)
    shape = {"id": new_id, "type": "supergroup", "title": old.shape["title"]}
    new = Chat(new_id, shape, dict(old.members), started=True, privacy=old.privacy)
    world.chats[new_id] = new
    user = world.people[next(iter(old.members))].user if old.members else world.bot
    moved = world.post(old, user, {"migrate_to_chat_id": new_id})
    arrived = world.post(new, user, {"migrate_from_chat_id": old.id})
    old.migrated_to = new_id
    world.updates.push("message", moved.message)
    world.updates.push("message", arrived.message)
    return {"id": new_id, "from": old.id}
