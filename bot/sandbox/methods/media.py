"""Sending files: photos, documents, albums, and fetching them."""

from typing import Any

from bot.sandbox.answers import JsonObject, bad_request, not_offered, stricter
from bot.sandbox.files import MOST_DOWNLOAD_BYTES, StoredFile, check_photo, image_size
from bot.sandbox.methods.base import (
    CAPTION,
    DELIVERY,
    Method,
    Run,
    caption_fields,
    names,
    protection,
    reply_fields,
)
from bot.sandbox.methods.send import deliver
from bot.sandbox.params import Params, Upload
from bot.sandbox.text import formatted
from bot.sandbox.world import World

ALBUM_SIZES = range(2, 11)
_KINDS = {
    "photo": "Photo",
    "document": "Document",
    "video": "Video",
    "audio": "Audio",
    "voice": "VoiceNote",
}
_IN_ALBUMS = frozenset(_KINDS) - {"voice"}
_SEEN = frozenset({"photo", "video"})
"""What an album may mix; documents and audio stay among themselves."""
_THUMB_PIXELS = 90
_MEDIA_FIELDS = frozenset(
    {
        "type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media",
        "has_spoiler", "thumbnail", "disable_content_type_detection",
    }
)  # fmt: skip


def photo_fields(
    world: World, content: bytes | None, *, size: int = 0, name: str = "photo.jpg"
) -> JsonObject:
    """Store a photo and return its message field: a thumbnail and the photo itself."""
    width, height = (image_size(content) if content is not None else None) or (1280, 960)
    full = world.files.add(content, kind="photo", name=name, mime="image/jpeg", size=size)
    thumb = world.files.add(content, kind="photo", name=name, mime="image/jpeg", size=size)
    scale = _THUMB_PIXELS / max(width, height, 1)
    small = _photo_size(thumb, max(int(width * scale), 1), max(int(height * scale), 1))
    sizes = [small, _photo_size(full, width, height)]
    return world.files.show_as((thumb, full), {"photo": sizes})


def _photo_size(file: StoredFile, width: int, height: int) -> JsonObject:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "width": width,
        "height": height,
        "file_size": file.size,
    }


def document_fields(
    world: World,
    content: bytes | None,
    *,
    name: str,
    mime: str,
    size: int | None = None,
    kind: str = "document",
) -> JsonObject:
    """Store a document, video, audio or voice message (`kind`) and return its message field."""
    file = world.files.add(content, kind=kind, name=name, mime=mime, size=size)
    shown: JsonObject = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": file.size,
    }
    if kind != "document":
        shown["duration"] = 1
    if kind == "video":
        shown |= {"width": 1280, "height": 720}
    if kind == "voice":
        del shown["file_name"]
    return world.files.show_as((file,), {kind: shown})


def media_fields(world: World, params: Params, *, kind: str, value: Any, field: str) -> JsonObject:
    """Return the message field of a file that the bot sends; raises Refused.

    `value` is a file id, an address or attach://NAME; `field` the upload's own name.
    """
    upload = params.files.get(field)
    if isinstance(value, str) and value.startswith("attach://"):
        upload = params.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
    if upload is not None:
        return _uploaded(world, upload, kind)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    return _known(world, str(value), kind)


def _uploaded(world: World, upload: Upload, kind: str) -> JsonObject:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        check_photo(upload.content)
        return photo_fields(world, upload.content, name=upload.name)
    return document_fields(world, upload.content, name=upload.name, mime=upload.mime, kind=kind)


def _known(world: World, value: str, kind: str) -> JsonObject:
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.find(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        shown = _KINDS.get(file.kind, file.kind.capitalize())
        raise bad_request(f"can't use file of type {shown} as {_KINDS[kind]}")
    return world.files.shape(file)


def send_photo(world: World, params: Params) -> JsonObject:
    """Send a photo with a caption."""
    chat = world.chat_to_write(params.text("chat_id"))
    caption = caption_fields(params)
    content = media_fields(world, params, kind="photo", value=params.text("photo"), field="photo")
    if params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return deliver(world, chat, params, {**content, **caption})


def _sending(kind: str) -> Run:
    """Return the method that sends a file of `kind` with a caption."""

    def send(world: World, params: Params) -> JsonObject:
        chat = world.chat_to_write(params.text("chat_id"))
        caption = caption_fields(params)
        content = media_fields(world, params, kind=kind, value=params.text(kind), field=kind)
        return deliver(world, chat, params, {**content, **caption})

    return send


def input_media(world: World, params: Params, given: Any) -> JsonObject:
    """Return the message fields of one InputMedia with its caption; raises Refused."""
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    unknown = set(given) - _MEDIA_FIELDS
    if unknown:
        raise stricter(f"unknown field {sorted(unknown)} in InputMedia")
    kind = given.get("type")
    if kind not in _IN_ALBUMS:
        raise not_offered(f"media of type {kind!r}")
    caption = formatted.caption(
        given.get("caption"),
        parse_mode=given.get("parse_mode"),
        entities=given.get("caption_entities"),
    )
    content = media_fields(world, params, kind=str(kind), value=given.get("media"), field="")
    return {**content, **caption}


def send_media_group(world: World, params: Params) -> list[JsonObject]:
    """Send an album; every item counts against the limits."""
    chat = world.chat_to_write(params.text("chat_id"))
    media = params.structure("media")
    if not isinstance(media, list) or not all(isinstance(each, dict) for each in media):
        raise bad_request("can't parse media JSON object")
    if len(media) not in ALBUM_SIZES:
        few = len(media) < ALBUM_SIZES.start
        raise bad_request(f"too {'few' if few else 'many'} messages to send as an album")
    kinds = {each.get("type") for each in media}
    if len(kinds) > 1 and not kinds <= _SEEN:
        alone = "document" if "document" in kinds else "audio"
        raise bad_request(f"{alone} can't be mixed with other media types")
    contents = [input_media(world, params, each) for each in media]
    extra = {**reply_fields(world, chat, params), **protection(params)}
    world.spend(chat, cost=len(contents))
    album = {"media_group_id": str(13_000_000_000_000_000 + world.number())}
    return [
        world.post(chat, world.bot, {**album, **content, **extra}).message for content in contents
    ]


def get_file(world: World, params: Params) -> JsonObject:
    """Return where a file can be fetched."""
    file = world.files.find(params.text("file_id") or "")
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


METHODS = (
    Method("sendPhoto", send_photo, DELIVERY | CAPTION | names("photo", "has_spoiler")),
    Method(
        "sendDocument",
        _sending("document"),
        DELIVERY | CAPTION | names("document", "thumbnail", "disable_content_type_detection"),
    ),
    Method(
        "sendVideo",
        _sending("video"),
        DELIVERY
        | CAPTION
        | names("video", "duration", "width", "height", "thumbnail", "supports_streaming"),
    ),
    Method(
        "sendAudio",
        _sending("audio"),
        DELIVERY | CAPTION | names("audio", "duration", "performer", "title", "thumbnail"),
    ),
    Method("sendVoice", _sending("voice"), DELIVERY | CAPTION | names("voice", "duration")),
    Method("sendMediaGroup", send_media_group, (DELIVERY - {"reply_markup"}) | names("media")),
    Method("getFile", get_file, names("file_id")),
)
