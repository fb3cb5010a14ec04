"""A row of the outbox as exactly one request of the Bot API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import Kind
from bot.features.outbox.outcome import SendAnew
from bot.features.outbox.payload import PIN, Attachment, Payload
from bot.features.outbox.split import fits_caption
from bot.features.outbox.target import Target
from bot.transport.telegram import Upload

_METHODS = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "video": "sendVideo",
    "audio": "sendAudio",
    "animation": "sendAnimation",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}
_CAN_REPLACE = frozenset({"photo", "document", "video", "audio", "animation"})
_ASKS = {"contact": "request_contact", "location": "request_location"}
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True)
class Call:
    """One request: the method, its parameters (None values are left out) and its files."""

    method: str
    params: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)


def call_for(row: Claimed) -> Call | SendAnew:
    """Return the request that `row` asks for.

    SendAnew when the Bot API cannot change the target into what the row says: a text cannot
    become a photo, and words that are too long for a caption cannot stand under one.
    """
    if row.target is None:
        return _send(row.chat_id, row.payload)
    if row.kind is Kind.delete:
        params = {"chat_id": row.chat_id, "message_id": row.target.message_id}
        return Call("deleteMessage", params)
    return _edit(row.chat_id, row.target, row.payload)


def _send(chat_id: int, payload: Payload) -> Call:
    params: dict[str, Any] = {
        "chat_id": chat_id,
        "disable_notification": payload.silent or None,
        "protect_content": payload.protected or None,
        "reply_markup": _markup(payload),
    }
    if not payload.files:
        words = {"text": payload.html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
        return Call("sendMessage", {**params, **words})
    if len(payload.files) > 1:
        # An album has no buttons; the outbox gave them a row of their own.
        del params["reply_markup"]
        uploads: dict[str, Upload] = {}
        media = _album(payload, uploads)
        return Call("sendMediaGroup", {**params, "media": media}, uploads)
    file = payload.files[0]
    if file.kind == PIN:
        return Call("sendVenue" if file.name else "sendLocation", {**params, **_pin(file)})
    uploads = _upload(file, file.kind)
    if file.kind not in uploads:
        params[file.kind] = file.file_id
    if payload.html:
        params |= {"caption": payload.html, "parse_mode": "HTML"}
    return Call(_METHODS[file.kind], params, uploads)


def _pin(place: Attachment) -> dict[str, Any]:
    return {
        "title": place.name,
        "address": place.address,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _edit(chat_id: int, target: Target, payload: Payload) -> Call | SendAnew:
    params: dict[str, Any] = {
        "chat_id": chat_id,
        "message_id": target.message_id,
        "reply_markup": _inline(payload),
    }
    if payload.files:
        return _replace_file(params, target, payload)
    if not payload.html:
        return Call("editMessageReplyMarkup", params)
    if not target.has_file:
        words = {"text": payload.html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
        return Call("editMessageText", {**params, **words})
    if not fits_caption(payload.html):
        return SendAnew()
    words = {"caption": payload.html, "parse_mode": "HTML"}
    return Call("editMessageCaption", {**params, **words})


def _replace_file(params: dict[str, Any], target: Target, payload: Payload) -> Call | SendAnew:
    replaceable = len(payload.files) == 1 and payload.files[0].kind in _CAN_REPLACE
    if not (target.has_file and replaceable and fits_caption(payload.html)):
        return SendAnew()
    uploads: dict[str, Upload] = {}
    media = _item(payload.files[0], payload.html, "file", uploads)
    return Call("editMessageMedia", {**params, "media": media}, uploads)


def _album(payload: Payload, uploads: dict[str, Upload]) -> list[dict[str, Any]]:
    return [
        _item(file, payload.html if number == 0 else "", f"file{number}", uploads)
        for number, file in enumerate(payload.files)
    ]


def _item(file: Attachment, caption: str, name: str, uploads: dict[str, Upload]) -> dict[str, Any]:
    upload = _upload(file, name)
    uploads.update(upload)
    item: dict[str, Any] = {
        "type": file.kind,
        "media": f"attach://{name}" if upload else file.file_id,
    }
    return {**item, "caption": caption, "parse_mode": "HTML"} if caption else item


def _upload(file: Attachment, name: str) -> dict[str, Upload]:
    if file.file_id is not None:
        return {}
    if file.path is not None:
        return {name: Upload(file.name or "file", PurePosixPath(file.path))}
    if file.text is None:
        return {}
    content = file.text.encode("utf-8", "replace")
    return {name: Upload(file.name or "file.txt", content, "text/plain; charset=utf-8")}


def _markup(payload: Payload) -> dict[str, Any] | None:
    """Return the one keyboard that a message can have: the one under it goes first."""
    inline = _inline(payload)
    if inline is not None or payload.reply_keyboard is None:
        return inline
    if not payload.reply_keyboard:
        return {"remove_keyboard": True}
    rows = [[_key(key) for key in row] for row in payload.reply_keyboard]
    return {"keyboard": rows, "resize_keyboard": True}


def _inline(payload: Payload) -> dict[str, Any] | None:
    if not payload.buttons:
        return None
    return {"inline_keyboard": [_buttons(row) for row in payload.buttons]}


def _buttons(row: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [
        {("callback_data" if name == "data" else name): value for name, value in button.items()}
        for button in row
    ]


def _key(key: Mapping[str, str]) -> dict[str, Any]:
    asked = key.get("ask")
    return {"text": key["text"]} if asked is None else {"text": key["text"], _ASKS[asked]: True}
