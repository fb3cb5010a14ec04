"""What a notice says, and what Telegram lets a bot say (BUL-01). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.core.text import MESSAGE_UNITS, units
from bot.features.notices.errors import NothingToSay, TooBig, TooLong, TooManyFiles
from bot.features.outbox.payload import PIN, Attachment

HEADING_UNITS = 60
"""Room that the heading of a notice takes of its message, in UTF-16 units."""
MOST_TEXT_UNITS = MESSAGE_UNITS - HEADING_UNITS
"""A text that does not fit under a file goes after it as a message of its own."""
MOST_FILES = 10
"""As many as an album of Telegram's holds."""
MOST_FILE_MEGABYTES = 50
"""The largest file that a bot may send."""

_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Content:
    """A text with its formats (`entities`, as Telegram names them), and files or a place.

    `album` is the album that the files came in: what still comes of it belongs to them.
    """

    text: str = ""
    entities: Sequence[Mapping[str, Any]] = ()
    files: Sequence[Attachment] = ()
    album: str | None = None

    @property
    def has_file(self) -> bool:
        """Whether there is a file, a place on the map not counted."""
        return any(file.kind != PIN for file in self.files)

    @property
    def has_place(self) -> bool:
        """Whether there is a place on the map."""
        return any(file.kind == PIN for file in self.files)

    def with_file(self, file: Attachment) -> "Content":
        """Return this with one more file, which is there only once. Raises TooManyFiles."""
        if file in self.files:
            return self
        if sum(one.kind != PIN for one in self.files) >= MOST_FILES:
            raise TooManyFiles(most=MOST_FILES)
        # A place goes last: it cannot stand in an album.
        return replace(self, files=sorted([*self.files, file], key=lambda one: one.kind == PIN))

    def with_place(self, place: Attachment) -> "Content":
        """Return this with a place on the map in place of another."""
        return replace(self, files=[*(one for one in self.files if one.kind != PIN), place])

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return {
            "text": self.text,
            "entities": [dict(one) for one in self.entities],
            "files": [file.plain() for file in self.files],
            "album": self.album,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `plain` wrote, in this version's form or the one before it."""
        return cls(
            text=data["text"],
            entities=data.get("entities", ()),
            files=[Attachment(**file) for file in data["files"]],
            album=data.get("album"),
        )


def check_content(content: Content) -> None:
    """Check that a notice can say `content`. Raises NothingToSay, TooLong or TooManyFiles."""
    if not content.text and not content.files:
        raise NothingToSay
    check_text(content.text)
    if sum(one.kind != PIN for one in content.files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)


def check_text(text: str) -> None:
    """Raise TooLong when `text` does not fit into one message below the heading."""
    if units(text) > MOST_TEXT_UNITS:
        raise TooLong(units=units(text), most=MOST_TEXT_UNITS)


def check_size(size_bytes: int | None) -> None:
    """Raise TooBig for a file that a bot may not send; None is a size that nobody told."""
    if size_bytes is not None and size_bytes > MOST_FILE_MEGABYTES * _MEGABYTE:
        raise TooBig(megabytes=-(-size_bytes // _MEGABYTE), most=MOST_FILE_MEGABYTES)
