"""The whole state of the sandbox: one bot account and everybody around it."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.answers import Impossible, JsonObject, bad_request, forbidden
from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chat, Entry, Person, group_kind
from bot.sandbox.clock import SimClock
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits, Settings
from bot.sandbox.signals import Signals
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

CALLBACK_LIFE_S = 60.0


@dataclass(slots=True)
class Callback:
    """A pressed button that waits for its answer."""

    id: str
    expires_at: float
    answer: "asyncio.Future[JsonObject]"


@dataclass(slots=True)
class Profile:
    """What the bot set about itself, by language; the empty language is the default."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[JsonObject]] = field(default_factory=dict)
    """Keyed by scope and language, see methods.commands."""
    menu_buttons: dict[str, JsonObject] = field(default_factory=dict)
    logged_out: bool = False


class World:
    """People, chats, messages, files, updates and the clock; all changes happen in one thread."""

    def __init__(
        self, token: str, *, clock: SimClock, limits: Settings, files: Path | None, username: str
    ) -> None:
        """Start with a bot and nobody else."""
        self.token = token
        self.clock = clock
        self.limits = Limits(limits)
        self.faults = Faults()
        self.calls = CallLog()
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates, clock)
        self.updates.on_push = self.webhook.wake
        self.files = Files(files)
        self.signals = Signals()
        self.profile = Profile()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.usernames: dict[str, int] = {}
        self.callbacks: OrderedDict[str, Callback] = OrderedDict()
        self.callback_life_s = CALLBACK_LIFE_S
        self.cursor = 0
        self.last_message_id = 0
        self.last_number = 0
        self.changes = 0
        self.bot_id = int(token.partition(":")[0])
        self.bot: JsonObject = {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": username,
            "username": username,
        }

    # --- time and numbers -------------------------------------------------------------------

    def date(self) -> int:
        """Return the simulated time in Unix seconds."""
        return int(self.clock.now().timestamp())

    def number(self) -> int:
        """Return the next number for callbacks, albums and the like."""
        self.last_number += 1
        return self.last_number

    def next_cursor(self) -> int:
        """Return the next place in the order of all that is seen."""
        self.cursor += 1
        self.changes += 1
        return self.cursor

    def _message_id(self, chat: Chat) -> int:
        if chat.supergroup:
            chat.last_message_id += 1
            return chat.last_message_id
        self.last_message_id += 1
        return self.last_message_id

    # --- messages ---------------------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        sender: JsonObject,
        content: JsonObject,
        *,
        keyboard: JsonObject | None = None,
    ) -> Entry:
        """Put a message into `chat` and show it to its people; returns what stands there now."""
        message_id = self._message_id(chat)
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.shape,
            "date": self.date(),
            **content,
        }
        by_bot = sender is self.bot
        entry = Entry(message, self.next_cursor(), by_bot=by_bot, keyboard=keyboard)
        chat.note(entry)
        if by_bot:
            chat.unread += 1
            chat.action = None
        if keyboard is not None:
            self._put_keyboard(chat, entry)
        self.signals.tell(chat.id)
        return entry

    def _put_keyboard(self, chat: Chat, entry: Entry) -> None:
        shown = entry.keyboard or {}
        if "keyboard" in shown:
            chat.keyboard, chat.keyboard_of = shown, entry.id
        elif "remove_keyboard" in shown:
            chat.keyboard, chat.keyboard_of = None, 0

    def change(self, chat: Chat, entry: Entry, message: JsonObject, *, edited: bool) -> Entry:
        """Let `message` stand in the place of `entry`; `edited` shows the mark of an edit."""
        if edited:
            message["edit_date"] = self.date()
            entry.edited = True
        entry.message = message
        entry.cursor = self.next_cursor()
        chat.note(entry)
        self.signals.tell(chat.id)
        return entry

    def delete(self, chat: Chat, entry: Entry) -> None:
        """Take the message away from everybody in `chat`."""
        entry.deleted = True
        entry.cursor = self.next_cursor()
        entry.message = {key: entry.message[key] for key in ("message_id", "from", "chat", "date")}
        chat.note(entry)
        if chat.keyboard_of == entry.id:
            chat.keyboard, chat.keyboard_of = None, 0
        self.signals.tell(chat.id)

    def announce(self, chat: Chat) -> None:
        """Tell the onlookers that `chat` changed without a message."""
        chat.last_cursor = self.next_cursor()
        self.signals.tell(chat.id)

    # --- who and where ----------------------------------------------------------------------

    def person(self, person_id: int) -> Person:
        """Return the person; raises Impossible."""
        person = self.people.get(person_id)
        if person is None:
            raise Impossible(404, f"there is no person {person_id}")
        return person

    def groups(self) -> Iterator[Chat]:
        """Yield all groups, also those that moved."""
        return (chat for chat in self.chats.values() if not chat.private)

    def chat_for_bot(self, given: Any) -> Chat:
        """Return the chat that the bot means by `given`; raises Refused as Telegram does."""
        chat = self.chats.get(self._chat_id(given))
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        return chat

    def _chat_id(self, given: Any) -> int:
        text = str(given).strip() if given is not None else ""
        if not text:
            raise bad_request("chat_id is empty")
        if text.startswith("@"):
            return self.usernames.get(text[1:].lower(), 0)
        try:
            return int(text)
        except ValueError:
            raise bad_request("chat not found") from None

    def chat_to_write(self, given: Any) -> Chat:
        """Return the chat, when the bot may write there; raises Refused as Telegram does."""
        chat = self.chat_for_bot(given)
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            if chat.private:
                raise forbidden("bot was blocked by the user")
            raise forbidden(f"bot was kicked from the {group_kind(chat.id)} chat")
        return chat

    def spend(self, chat: Chat, *, cost: int = 1) -> None:
        """Count `cost` messages against the limits; raises Refused with 429."""
        self.limits.spend(chat.id, cost=cost, now=self.clock.monotonic())

    # --- callbacks --------------------------------------------------------------------------

    def new_callback(self) -> Callback:
        """Open a callback query that can be answered for `callback_life_s` real seconds."""
        now = self.clock.monotonic()
        while self.callbacks and next(iter(self.callbacks.values())).expires_at <= now:
            self.callbacks.popitem(last=False)
        callback = Callback(
            id=str(4_000_000_000_000_000_000 + self.number()),
            expires_at=now + self.callback_life_s,
            answer=asyncio.get_running_loop().create_future(),
        )
        self.callbacks[callback.id] = callback
        return callback
