"""Pressing buttons: inline ones, forged ones, and those of the reply keyboard."""

import asyncio
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.answers import Impossible, JsonObject
from bot.sandbox.chats import Chat, Entry
from bot.sandbox.person.request import Asked
from bot.sandbox.person.say import location_fields, own_contact, put, text_fields
from bot.sandbox.person.view import shown_buttons
from bot.sandbox.world import World

_WAIT_MS = 10_000
_DEFAULT_PLACE = (34.79, 114.31)
_SHOWN_CHOICES = 40


class _Found(NamedTuple):
    entry: Entry
    button: JsonObject


async def press(asked: Asked) -> JsonObject:
    """Press a button by its text or its data and tell what the bot answered.

    The newest message with such a button counts, or the given one. Data that no button has is
    sent all the same: forged. Waits up to `wait_ms` real milliseconds, ten seconds by default.
    """
    chat, text, data = asked.chat, asked.body.get("text"), asked.body.get("data")
    if (text is None) == (data is None):
        raise Impossible(400, "press needs either a text or data")
    found = _found(asked, chat, text=text, data=data)
    if found is not None:
        return await _pressed(asked, chat, found)
    if data is not None:
        return await _called_back(asked, chat, _any_message(asked, chat), str(data))
    return _pressed_on_keyboard(asked, chat, str(text))


def _found(asked: Asked, chat: Chat, *, text: object, data: object) -> _Found | None:
    candidates = _messages(asked, chat)
    key, value = ("text", text) if data is None else ("callback_data", data)
    near: _Found | None = None
    for entry in candidates:
        for button in _buttons(entry):
            if button.get(key) == value:
                return _Found(entry, button)
            if near is None and key == "text" and str(value) in button["text"]:
                near = _Found(entry, button)
    if near is not None and _on_keyboard(chat, str(text)) is not None:
        return None
    return near


def _messages(asked: Asked, chat: Chat) -> list[Entry]:
    if asked.body.get("message_id") is not None:
        entry = chat.find(asked.integer("message_id"))
        return [entry] if entry is not None else []
    return [entry for entry in chat.newest_first() if "reply_markup" in entry.message]


def _buttons(entry: Entry) -> list[JsonObject]:
    markup: JsonObject = entry.message.get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", []) for button in row]


def _any_message(asked: Asked, chat: Chat) -> JsonObject:
    """Return the message that a forged button claims to stand under."""
    if asked.body.get("message_id") is not None:
        message_id = asked.integer("message_id")
        entry = chat.find(message_id)
        if entry is not None:
            return entry.message
        return {"chat": chat.shape, "message_id": message_id, "date": 0}
    for entry in chat.newest_first():
        if entry.by_bot:
            return entry.message
    return {"chat": chat.shape, "message_id": 1, "date": 0}


async def _pressed(asked: Asked, chat: Chat, found: _Found) -> JsonObject:
    button = found.button
    if "callback_data" in button:
        return await _called_back(asked, chat, found.entry.message, button["callback_data"])
    url = button.get("url")
    if url is None:
        return _nothing()
    payload = _start_payload(asked.world, url)
    if payload is None:
        return _nothing(url=url)
    asked.body = {}
    return _nothing(url=url, sent=put(asked, text_fields(f"/start {payload}".strip())))


def _start_payload(world: World, url: str) -> str | None:
    """Return the payload of a link that opens this bot, None for any other link."""
    parts = urlsplit(url)
    if parts.netloc not in {"t.me", "telegram.me"}:
        return None
    if parts.path.strip("/").lower() != str(world.bot["username"]).lower():
        return None
    return parse_qs(parts.query).get("start", [""])[0]


def _nothing(*, url: str | None = None, sent: JsonObject | None = None) -> JsonObject:
    return {"text": None, "alert": False, "answered": False, "url": url, "sent": sent}


async def _called_back(asked: Asked, chat: Chat, message: JsonObject, data: str) -> JsonObject:
    world, person = asked.world, asked.person
    if chat.blocked:
        raise Impossible(409, "the bot is blocked")
    callback = world.new_callback()
    world.updates.push(
        "callback_query",
        {
            "id": callback.id,
            "from": person.user,
            "message": message,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        },
    )
    try:
        async with asyncio.timeout(asked.wait_s(_WAIT_MS)):
            answer = await asyncio.shield(callback.answer)
    except TimeoutError:
        return {**_nothing(), "callback_query_id": callback.id}
    return {**answer, "answered": True, "callback_query_id": callback.id}


def _on_keyboard(chat: Chat, text: str) -> JsonObject | None:
    rows = (chat.keyboard or {}).get("keyboard", [])
    buttons: list[JsonObject] = [button for row in rows for button in row]
    for button in buttons:
        if button["text"] == text:
            return button
    return None


def _pressed_on_keyboard(asked: Asked, chat: Chat, text: str) -> JsonObject:
    button = _on_keyboard(chat, text)
    if button is None or asked.body.get("message_id") is not None:
        raise Impossible(404, f"there is no button {text!r}", buttons=_choices(chat))
    body = asked.body
    asked.body = {"chat": body.get("chat")}
    content = text_fields(text)
    if button.get("request_contact"):
        content = own_contact(asked.person)
    elif button.get("request_location"):
        latitude, longitude = _DEFAULT_PLACE
        content = location_fields(
            float(body.get("latitude", latitude)), float(body.get("longitude", longitude))
        )
    if (chat.keyboard or {}).get("one_time_keyboard"):
        chat.keyboard = None
    return _nothing(sent=put(asked, content))


def _choices(chat: Chat) -> list[str]:
    inline = [
        button["text"]
        for entry in chat.newest_first()
        for row in shown_buttons(entry.message)
        for button in row
    ]
    rows = (chat.keyboard or {}).get("keyboard", [])
    return [*(button["text"] for row in rows for button in row), *inline][:_SHOWN_CHOICES]
