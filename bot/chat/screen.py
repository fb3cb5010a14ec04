"""What a user sees, as a value: no Telegram, no language, no sending."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.chat.text import Lines, Text
from bot.features.making.service import FileOrder
from bot.features.outbox.payload import Attachment


class Style(StrEnum):
    """How a button looks where the client can show it."""

    plain = "plain"
    primary = "primary"
    danger = "danger"


@dataclass(frozen=True)
class Button:
    """A button under a message: `press` is data of a kind registered with `callback`."""

    text: Text
    press: object
    style: Style = Style.plain


@dataclass(frozen=True)
class LinkButton:
    """A button that opens `url`."""

    text: Text
    url: str


class Ask(StrEnum):
    """What a key of the reply keyboard asks the client for."""

    contact = "contact"
    location = "location"


@dataclass(frozen=True)
class Key:
    """A key of the reply keyboard; it sends its text, or what it asks for."""

    text: Text
    ask: Ask | None = None


Row = Sequence[Button | LinkButton]


@dataclass(frozen=True)
class Screen:
    """One message.

    A screen that answers a button takes the place of the button's message, unless `new`.
    `toast` is shown over the chat for a moment (an `alert` until it is closed). `keys` set the
    reply keyboard; an empty list takes it away. `also` are further messages after this one.
    `context` says what an answer to this message answers. An `event` (a receipt, a reminder) stays
    as it is when one of its buttons shows something: that comes as a message of its own. A message
    with an `order` goes once its file is made; its text stands under the file. Words that are too
    long to stand under `files` are cut, or follow in a message of their own where they may stand
    `apart`.
    """

    text: Text
    rows: Sequence[Row] = ()
    files: Sequence[Attachment] = ()
    keys: Sequence[Sequence[Key]] | None = None
    new: bool = False
    toast: Text | None = None
    alert: bool = False
    silent: bool = False
    protected: bool = False
    context: str | None = None
    event: bool = False
    order: FileOrder | None = None
    also: Sequence["Screen"] = ()
    apart: bool = False

    def with_line(self, line: Text, *rows: Row) -> "Screen":
        """Return this screen with `line` below its text and `rows` below its buttons."""
        return replace(self, text=Lines(self.text, line), rows=[*self.rows, *rows])


@dataclass(frozen=True)
class Toast:
    """Only a word over the chat; the message of the button stays as it is."""

    text: Text
    alert: bool = False


Answer = Screen | Toast | None
"""What a handler returns; None says nothing (a button's spinner still ends)."""
