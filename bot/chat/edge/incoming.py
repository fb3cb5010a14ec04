"""From Telegram's types to ours."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from telegram import Bot, Message, MessageEntity, Update

from bot.chat.arrival import Arrival, Sender
from bot.chat.call import Incoming, Sent, SentContact, SentFile
from bot.chat.text import Mark
from bot.core.text import cleaned, cleaned_spans

_MOST_ID = 2**63


def parsed(raw: dict[str, Any], bot: Bot) -> Update:
    """Return the update that the raw JSON says; raises (anything) for what is none.

    The numbers of its sender and chat are checked here, because PTB takes any JSON value for one
    and SQLite would keep it.
    """
    update = Update.de_json(raw, bot)
    for named in (update.effective_user, update.effective_chat):
        if named is not None and not _is_number(named.id):
            raise ValueError("an update's sender or chat has no number")
    return update


def sender_of(raw: Mapping[str, Any]) -> Sender:
    """Return who sent the raw update and where, as far as it says; never raises.

    A number that no database could hold is none.
    """
    body = next(
        (value for key, value in raw.items() if key != "update_id" and isinstance(value, dict)), {}
    )
    message = body.get("message") if "data" in body or "message" in body else body
    message = message if isinstance(message, dict) else {}
    replied = message.get("reply_to_message")
    return Sender(
        telegram_id=_number(body.get("from")),
        chat_id=_number(message.get("chat") or body.get("chat")),
        replies_to=_number(replied, "message_id"),
    )


def incoming(update: Update, arrived: Arrival) -> Incoming | None:
    """Return the message of `update`; None when it carries none."""
    message = update.message or update.edited_message
    if message is None:
        return None
    sent, file = _content(message)
    location = message.location
    return Incoming(
        sent=sent,
        message_id=message.message_id,
        text=cleaned(message.text or message.caption or ""),
        file=file,
        album_id=message.media_group_id,
        forwarded=message.forward_origin is not None,
        edited=update.edited_message is not None,
        latitude=None if location is None else location.latitude,
        longitude=None if location is None else location.longitude,
        contact=_contact(message),
        reply_context=arrived.reply_context,
        reply_topic=arrived.reply_topic,
        picked=message.venue is not None,
        marks=_marks(message),
    )


def _content(message: Message) -> tuple[Sent, SentFile | None]:
    if message.photo:
        largest = message.photo[-1]
        return Sent.photo, SentFile(
            Sent.photo, largest.file_id, largest.file_unique_id, size_bytes=largest.file_size
        )
    for kind, file in (
        (Sent.document, message.document),
        (Sent.video, message.video),
        (Sent.voice, message.voice),
        (Sent.audio, message.audio),
    ):
        if file is not None:
            name = cleaned(getattr(file, "file_name", None) or "") or None
            return kind, SentFile(
                kind, file.file_id, file.file_unique_id, name, file.mime_type, file.file_size
            )
    for kind, present in (
        (Sent.text, message.text),
        (Sent.voice, message.video_note),
        (Sent.sticker, message.sticker or message.animation),
        (Sent.location, message.location or message.venue),
        (Sent.contact, message.contact),
    ):
        if present:
            return kind, None
    return Sent.other, None


def _marks(message: Message) -> tuple[Mark, ...]:
    entities: Sequence[MessageEntity] = message.entities or message.caption_entities
    spans = cleaned_spans(
        message.text or message.caption or "", [(one.offset, one.length) for one in entities]
    )
    return tuple(
        Mark(str(one.type), offset, length, one.url, one.language)
        for one, (offset, length) in zip(entities, spans, strict=True)
        if length
    )


def _contact(message: Message) -> SentContact | None:
    card = message.contact
    if card is None:
        return None
    own = message.from_user is not None and card.user_id == message.from_user.id
    name = cleaned(" ".join(part for part in (card.first_name, card.last_name) if part))
    return SentContact(phone=cleaned(card.phone_number), name=name, own=own)


def _number(value: object, key: str = "id") -> int | None:
    found = value.get(key) if isinstance(value, dict) else None
    return cast("int", found) if _is_number(found) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST_ID
