"""What a message says, rendered and ready to send: plain data, kept as JSON in the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

PIN = "pin"
"""The kind of an attachment that is a place on the map."""


@dataclass(frozen=True)
class Attachment:
    """A file on a message: one that Telegram has (`file_id`), or one that we send.

    That is a `text`, or what lies in the archive at `path`, relative to the data directory.
    A `PIN` is no file but a place on the map, called `name`, at `address` (None: a mere point); its
    `latitude` and `longitude` are degrees (WGS 84).
    """

    kind: str
    file_id: str | None = None
    name: str | None = None
    text: str | None = None
    path: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Payload:
    """One message's contents.

    `html` is Telegram's HTML with user text already escaped. `buttons` are rows of
    `{text, data}` or `{text, url}`. `reply_keyboard` are rows of `{text, ask?}` where ask is
    "contact" or "location"; an empty list takes a keyboard away and None leaves it. Several
    `files` make one album.
    """

    html: str
    buttons: Sequence[Sequence[Mapping[str, str]]] = ()
    reply_keyboard: Sequence[Sequence[Mapping[str, str]]] | None = None
    files: Sequence[Attachment] = ()
    silent: bool = False
    protected: bool = False

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return {
            "html": self.html,
            "buttons": [[dict(button) for button in row] for row in self.buttons],
            "reply_keyboard": None
            if self.reply_keyboard is None
            else [[dict(key) for key in row] for row in self.reply_keyboard],
            "files": [file.plain() for file in self.files],
            "silent": self.silent,
            "protected": self.protected,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `plain` wrote."""
        return cls(
            html=data["html"],
            buttons=data["buttons"],
            reply_keyboard=data["reply_keyboard"],
            files=[Attachment(**file) for file in data["files"]],
            silent=data["silent"],
            protected=data["protected"],
        )
