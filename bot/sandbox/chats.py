"""People, chats and the messages in them, as plain records."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.answers import JsonObject

_SUPERGROUP_BELOW = -1_000_000_000_000


@dataclass(slots=True)
class Person:
    """A user of Telegram other than the bot."""

    id: int
    user: JsonObject
    """The User object that the bot sees."""
    phone_number: str | None = None
    note: str | None = None
    """A word for the onlooker, such as a role; the bot never sees it."""


@dataclass(slots=True)
class Entry:
    """One message as it stands now; `message` is replaced on change, never altered."""

    message: JsonObject
    """The Message object that the bot sees."""
    cursor: int
    by_bot: bool
    keyboard: JsonObject | None = None
    """The reply keyboard, its removal or a forced reply, which only the person sees."""
    edited: bool = False
    deleted: bool = False

    @property
    def id(self) -> int:
        """The message id, unique in its chat."""
        return int(self.message["message_id"])


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    shape: JsonObject
    """The Chat object that the bot sees."""
    members: dict[int, str] = field(default_factory=dict)
    """Person id to status: creator, administrator or member."""
    started: bool = False
    """The person has written to the bot, so the bot may write too; groups are always started."""
    blocked: bool = False
    """The person blocked the bot, or the group removed it."""
    privacy: bool = True
    """In a group the bot sees only commands and replies to it."""
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    last_message_id: int = 0
    """Only counted in supergroups: elsewhere the bot's account counts."""
    keyboard: JsonObject | None = None
    """The reply keyboard that stands under the chat now."""
    keyboard_of: int = 0
    action: str | None = None
    action_until: float = 0.0
    unread: int = 0
    last_cursor: int = 0
    _cursors: list[int] = field(default_factory=list)
    _touched: list[int] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Whether this is a chat of the bot with one person."""
        return self.id > 0

    @property
    def supergroup(self) -> bool:
        """Whether this group counts its own message ids."""
        return self.id < _SUPERGROUP_BELOW

    def note(self, entry: Entry) -> None:
        """Remember that `entry` is new or changed at its cursor."""
        self.entries[entry.id] = entry
        self._cursors.append(entry.cursor)
        self._touched.append(entry.id)
        self.last_cursor = entry.cursor

    def since(self, cursor: int) -> Iterator[Entry]:
        """Yield the messages that are new or changed after `cursor`, each once, in that order."""
        for at in range(bisect_right(self._cursors, cursor), len(self._cursors)):
            entry = self.entries[self._touched[at]]
            if entry.cursor == self._cursors[at]:
                yield entry

    def newest_first(self) -> Iterator[Entry]:
        """Yield the messages that still stand, newest first."""
        for entry in reversed(self.entries.values()):
            if not entry.deleted:
                yield entry

    def find(self, message_id: int) -> Entry | None:
        """Return the message, or None when there is none or it was deleted."""
        entry = self.entries.get(message_id)
        return None if entry is None or entry.deleted else entry


def group_kind(chat_id: int) -> str:
    """Return the Bot API's type of the group with that id."""
    return "supergroup" if chat_id < _SUPERGROUP_BELOW else "group"
