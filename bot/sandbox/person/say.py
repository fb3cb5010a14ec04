"""What people do in a chat: write, send, edit."""

from typing import Any

from bot.sandbox.answers import Impossible, JsonObject
from bot.sandbox.chats import Chat, Entry, Person
from bot.sandbox.methods.base import without_reply
from bot.sandbox.methods.media import document_fields, photo_fields
from bot.sandbox.person.people import tell_membership
from bot.sandbox.person.request import Asked
from bot.sandbox.text.entities import found_entities
from bot.sandbox.world import World

DEFAULT_PHONE = "+8613800000000"
_PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99"
    b"=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
_MOST_IN_ALBUM = 10
_FILE_KINDS = frozenset({"document", "video", "audio", "voice"})
_OBJECTS = ("from", "reply_to_message", "reply_markup", "forward_origin")


def text_fields(text: str) -> JsonObject:
    """Return the fields of a text that a person wrote."""
    entities = found_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption_fields(asked: Asked) -> JsonObject:
    caption = asked.body.get("caption")
    if not caption:
        return {}
    entities = found_entities(str(caption))
    fields: JsonObject = {"caption": caption}
    return {**fields, "caption_entities": entities} if entities else fields


def put(asked: Asked, content: JsonObject) -> JsonObject:
    """Put a message of the person into the chat and tell the bot; raises Impossible."""
    world, chat, person = asked.world, asked.chat, asked.person
    _wake(world, chat, person, content)
    entry = world.post(chat, person.user, {**_reply(asked, chat), **content})
    update_id = None
    if chat.private or not chat.privacy or _meant_for_bot(world, entry):
        update_id = world.updates.push("message", entry.message)
    return {"message_id": entry.id, "update_id": update_id}


def _wake(world: World, chat: Chat, person: Person, content: JsonObject) -> None:
    if chat.blocked and chat.private:
        if not str(content.get("text", "")).startswith("/start"):
            raise Impossible(409, "the person blocked the bot: unblock, or send /start")
        chat.blocked = False
        tell_membership(world, chat, person, old="kicked", new="member")
    chat.started = True


def _reply(asked: Asked, chat: Chat) -> JsonObject:
    if asked.body.get("reply_to") is None:
        return {}
    replied_id = asked.integer("reply_to")
    replied = chat.find(replied_id)
    if replied is None:
        raise Impossible(404, f"there is no message {replied_id} to reply to")
    return {"reply_to_message": without_reply(replied.message)}


def _meant_for_bot(world: World, entry: Entry) -> bool:
    """Return whether a bot in privacy mode gets this message of a group."""
    message = entry.message
    if (message.get("reply_to_message") or {}).get("from", {}).get("id") == world.bot_id:
        return True
    first, _, _ = str(message.get("text", "")).partition(" ")
    if not first.startswith("/"):
        return False
    _, at, name = first.partition("@")
    return not at or name.lower() == str(world.bot["username"]).lower()


async def say(asked: Asked) -> JsonObject:
    """Write a text."""
    text = asked.text("text")
    if not text:
        raise Impossible(400, "nobody can send an empty text")
    return put(asked, text_fields(text))


def _sent_together(asked: Asked, contents: list[JsonObject]) -> JsonObject:
    if len(contents) > _MOST_IN_ALBUM:
        raise Impossible(400, f"an album holds at most {_MOST_IN_ALBUM}")
    album: JsonObject = {}
    if len(contents) > 1:
        album = {"media_group_id": str(13_000_000_000_000_000 + asked.world.number())}
    caption = _caption_fields(asked)
    sent = [put(asked, {**album, **contents[0], **caption})]
    sent += [put(asked, {**album, **content}) for content in contents[1:]]
    return {**sent[0], "message_ids": [each["message_id"] for each in sent]}


async def photo(asked: Asked) -> JsonObject:
    """Send photos; several in one request are an album. Without a file: `count` small ones."""
    world = asked.world
    if asked.uploads:
        contents = [photo_fields(world, each.content, name=each.name) for each in asked.uploads]
    elif "size" in asked.body:
        contents = [photo_fields(world, None, size=asked.integer("size"))]
    else:
        contents = [photo_fields(world, _PIXEL) for _ in range(asked.integer("count", 1))]
    return _sent_together(asked, contents)


async def document(asked: Asked) -> JsonObject:
    """Send files; {name, size} makes one of that size without its bytes.

    With `kind` they are sent as video, audio or voice, as a client does with what it recorded.
    """
    world = asked.world
    kind = str(asked.body.get("kind") or "document")
    if kind not in _FILE_KINDS:
        raise Impossible(400, f"nobody can send a file as {kind}: there are {sorted(_FILE_KINDS)}")
    if asked.uploads:
        contents = [
            document_fields(world, each.content, name=each.name, mime=each.mime, kind=kind)
            for each in asked.uploads
        ]
    else:
        mime = str(asked.body.get("mime") or "application/octet-stream")
        size, name = asked.integer("size"), asked.text("name")
        contents = [document_fields(world, None, name=name, mime=mime, size=size, kind=kind)]
    return _sent_together(asked, contents)


async def location(asked: Asked) -> JsonObject:
    """Send a point on the map."""
    return put(asked, location_fields(asked.number("latitude"), asked.number("longitude")))


def location_fields(latitude: float, longitude: float) -> JsonObject:
    """Return the fields of a point on the map, in degrees."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


async def contact(asked: Asked) -> JsonObject:
    """Send a contact; without `user_id` it is a forwarded or typed one."""
    given = asked.body
    shown: JsonObject = {
        "phone_number": asked.text("phone_number"),
        "first_name": str(given.get("first_name") or asked.person.user["first_name"]),
    }
    shown.update(
        {name: given[name] for name in ("last_name", "user_id", "vcard") if given.get(name)}
    )
    return put(asked, {"contact": shown})


def own_contact(person: Person) -> JsonObject:
    """Return the fields of the contact that a request_contact button sends."""
    user = person.user
    shown: JsonObject = {
        "phone_number": person.phone_number or DEFAULT_PHONE,
        "first_name": user["first_name"],
        "user_id": person.id,
    }
    if "last_name" in user:
        shown["last_name"] = user["last_name"]
    return {"contact": shown}


async def edit(asked: Asked) -> JsonObject:
    """Change the text or the caption of an own message."""
    world, chat, text = asked.world, asked.chat, asked.text("text")
    entry = chat.find(asked.integer("message_id"))
    if entry is None:
        raise Impossible(404, "there is no such message")
    if entry.message["from"].get("id") != asked.person.id:
        raise Impossible(409, "only own messages can be edited")
    old = entry.message
    gone = {"text", "entities", "caption", "caption_entities"}
    kept = {key: value for key, value in old.items() if key not in gone}
    fields = text_fields(text)
    if "text" not in old:
        fields = {
            f"caption_{key}" if key == "entities" else "caption": fields[key] for key in fields
        }
    world.change(chat, entry, {**kept, **fields}, edited=True)
    update_id = None
    if chat.private or not chat.privacy or _meant_for_bot(world, entry):
        update_id = world.updates.push("edited_message", entry.message)
    return {"message_id": entry.id, "update_id": update_id}


async def update(asked: Asked) -> JsonObject:
    """Send a message with any fields of the Bot API's Message: sticker, voice, forward."""
    own = {"reply_to", "wait_ms"}
    content: dict[str, Any] = {
        key: value
        for key, value in asked.body.items()
        if key not in own and not (key == "chat" and not isinstance(value, dict))
    }
    for name in _OBJECTS:
        if name in content and not isinstance(content[name], dict):
            raise Impossible(400, f"{name} must be an object; use /sim/raw for nonsense")
    return put(asked, content)


async def raw(asked: Asked) -> JsonObject:
    """Push any update as it is; without a number as `update_id` it gets the next one."""
    given = asked.body.get("update", asked.body)
    if not isinstance(given, dict):
        raise Impossible(400, "update must be an object")
    asked.world.changes += 1
    return {"update_id": asked.world.updates.push_raw(given)}
