"""Sending what is no file: text, places, contacts, and the sign of typing."""

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.chats import Chat
from bot.sandbox.keyboards import parsed_markup
from bot.sandbox.methods.base import (
    DELIVERY,
    Method,
    names,
    protection,
    reply_fields,
    sent,
    text_fields,
)
from bot.sandbox.params import Params
from bot.sandbox.world import World

_ACTION_LASTS_S = 5.0
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip
_MOST_LATITUDE = 90.0
_MOST_LONGITUDE = 180.0


def deliver(
    world: World, chat: Chat, params: Params, content: JsonObject, *, cost: int = 1
) -> JsonObject:
    """Put a message of the bot with `content` into `chat`; raises Refused."""
    markup = parsed_markup(params.structure("reply_markup"), private=chat.private)
    extra = {**reply_fields(world, chat, params), **protection(params)}
    if markup.inline is not None:
        extra["reply_markup"] = markup.inline
    world.spend(chat, cost=cost)
    return sent(world.post(chat, world.bot, {**content, **extra}, keyboard=markup.keyboard))


def send_message(world: World, params: Params) -> JsonObject:
    """Send a text."""
    chat = world.chat_to_write(params.text("chat_id"))
    content = text_fields(params)
    preview = params.structure("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return deliver(world, chat, params, content)


def _place(params: Params) -> JsonObject:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None:
        raise bad_request("latitude and longitude must be specified")
    if abs(latitude) > _MOST_LATITUDE or abs(longitude) > _MOST_LONGITUDE:
        raise bad_request("wrong latitude or longitude specified")
    place: JsonObject = {"latitude": latitude, "longitude": longitude}
    for name in ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"):
        value = params.number(name)
        if value is not None:
            place[name] = value if name == "horizontal_accuracy" else int(value)
    return place


def send_location(world: World, params: Params) -> JsonObject:
    """Send a point on the map."""
    chat = world.chat_to_write(params.text("chat_id"))
    return deliver(world, chat, params, {"location": _place(params)})


def send_venue(world: World, params: Params) -> JsonObject:
    """Send a named place."""
    chat = world.chat_to_write(params.text("chat_id"))
    title, address = params.text("title"), params.text("address")
    if not title:
        raise bad_request("venue title must be non-empty")
    if not address:
        raise bad_request("venue address must be non-empty")
    venue: JsonObject = {"location": _place(params), "title": title, "address": address}
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        value = params.text(name)
        if value:
            venue[name] = value
    return deliver(world, chat, params, {"venue": venue, "location": venue["location"]})


def send_contact(world: World, params: Params) -> JsonObject:
    """Send a phone number with a name."""
    chat = world.chat_to_write(params.text("chat_id"))
    phone_number, first_name = params.text("phone_number"), params.text("first_name")
    if not phone_number:
        raise bad_request("phone number is empty")
    if not first_name:
        raise bad_request("first name is empty")
    contact: JsonObject = {"phone_number": phone_number, "first_name": first_name}
    for name in ("last_name", "vcard"):
        value = params.text(name)
        if value:
            contact[name] = value
    return deliver(world, chat, params, {"contact": contact})


def send_chat_action(world: World, params: Params) -> bool:
    """Show for five seconds that the bot is busy; not counted against the limits."""
    chat = world.chat_to_write(params.text("chat_id"))
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action = action
    chat.action_until = world.clock.monotonic() + _ACTION_LASTS_S
    world.signals.tell(chat.id)
    return True


METHODS = (
    Method(
        "sendMessage",
        send_message,
        DELIVERY
        | names(
            "text", "parse_mode", "entities", "link_preview_options", "disable_web_page_preview"
        ),
    ),
    Method(
        "sendLocation",
        send_location,
        DELIVERY
        | names(
            "latitude",
            "longitude",
            "horizontal_accuracy",
            "live_period",
            "heading",
            "proximity_alert_radius",
        ),
    ),
    Method(
        "sendVenue",
        send_venue,
        DELIVERY
        | names(
            "latitude",
            "longitude",
            "title",
            "address",
            "foursquare_id",
            "foursquare_type",
            "google_place_id",
            "google_place_type",
        ),
    ),
    Method(
        "sendContact",
        send_contact,
        DELIVERY | names("phone_number", "first_name", "last_name", "vcard"),
    ),
    Method(
        "sendChatAction",
        send_chat_action,
        names("business_connection_id", "chat_id", "message_thread_id", "action"),
    ),
)
