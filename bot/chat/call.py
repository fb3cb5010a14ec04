"""What a handler function is called with: the work, who acts, and what they sent."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.chat.desk import Desk
from bot.chat.text import Mark
from bot.core.text import units
from bot.features.people.actor import Actor


class Sent(StrEnum):
    """What kind of message a person sent."""

    text = "text"
    photo = "photo"
    document = "document"
    video = "video"
    voice = "voice"
    audio = "audio"
    sticker = "sticker"
    location = "location"
    contact = "contact"
    other = "other"


@dataclass(frozen=True)
class SentFile:
    """A file as Telegram announces it. `size_bytes` is None where it says no size."""

    kind: Sent
    file_id: str
    unique_id: str
    name: str | None = None
    mime: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True)
class SentContact:
    """A contact card; `own` when it is the sender's: a forwarded card proves nothing."""

    phone: str
    name: str
    own: bool


@dataclass(frozen=True)
class Incoming:
    """A message, free of Telegram's types.

    `text` is cleaned: the text, or the caption of a file. `raw_length` is its length in UTF-16
    units as it came. `album_id` joins the photos of one album. `reply_context` is the context of
    our own message that this one replies to, `reply_topic` its topic; None where there is none.
    A location that was `picked` is that of a named place, not the sender's. `marks` are the formats
    of `text`, as the sender's client claims them.
    """

    sent: Sent
    message_id: int
    text: str = ""
    file: SentFile | None = None
    album_id: str | None = None
    forwarded: bool = False
    edited: bool = False
    latitude: float | None = None
    longitude: float | None = None
    contact: SentContact | None = None
    reply_context: str | None = None
    reply_topic: str | None = None
    picked: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def behind_command(self) -> "Incoming | None":
        """The same message without the command it begins with; None where that is all of it."""
        words = [*self.text.split(maxsplit=1), ""][1]
        if not words:
            return None
        left_out = units(self.text[: len(self.text) - len(words)])
        marks = tuple(
            replace(mark, offset=start - left_out, length=mark.offset + mark.length - start)
            for mark in self.marks
            if (start := max(mark.offset, left_out)) < mark.offset + mark.length
        )
        return replace(self, text=words, marks=marks)


@dataclass(frozen=True)
class Place:
    """Where it was said: a private chat or a group."""

    chat_id: int
    private: bool = True


@dataclass
class Call(Desk):
    """One thing a person said or pressed, in its transaction.

    `card_id` is Telegram's number of the message whose button was pressed; None for messages.
    `sender_name` and `sender_language` are what Telegram says of the person, untrusted.
    """

    actor: Actor = field(kw_only=True)
    place: Place = field(kw_only=True)
    inbox_id: int = field(kw_only=True)
    message: Incoming | None = None
    card_id: int | None = None
    sender_name: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language the actor reads."""
        return self.actor.language
