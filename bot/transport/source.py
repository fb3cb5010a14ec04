"""Where updates come from: Telegram is asked for them, or brings them (see `webhook`)."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.features.inbox.service import Received
from bot.transport.backoff import Backoff
from bot.transport.chatkey import chat_key
from bot.transport.poller import Poller

_log = logging.getLogger(__name__)

Keep = Callable[[Sequence[Received]], Awaitable[bool]]
"""Commits updates to the inbox; False when the database did not take them."""

Room = Callable[[], Awaitable[None]]
"""Waits until there is room for more updates."""

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that the bot asks for: Telegram sends no others."""

_MOST_NUMBER = 2**63
_MOST_QUERY_ID = 64
_DATABASE = Backoff(first_s=1.0, most_s=30.0)


class Source(Protocol):
    """Brings updates until it is stopped. Nothing is confirmed to Telegram before it is kept."""

    async def run(self, keep: Keep, room: Room) -> None:
        """Bring updates to `keep`; raises TokenRefused when Telegram refuses the token."""
        ...

    def stop(self) -> None:
        """Let `run` end soon."""
        ...


class Polling:
    """Asks Telegram for updates."""

    def __init__(self, poller: Poller) -> None:
        """Ask by means of `poller`."""
        self._poller = poller
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let `run` end soon."""
        self._stopping.set()
        self._poller.stop()

    async def run(self, keep: Keep, room: Room) -> None:
        """Bring updates to `keep`; raises TokenRefused when Telegram refuses the token."""
        while not self._stopping.is_set():
            await self.fetch(keep, room)

    async def fetch(self, keep: Keep, room: Room) -> None:
        """Ask once and have kept what comes."""
        await room()
        updates = await self._poller.fetch()
        if not updates:
            return
        kept = [one for update in updates if (one := received(update)) is not None]
        if len(kept) < len(updates):
            _log.error("%s updates have no number", len(updates) - len(kept))
        if not kept:
            await self._poller.trouble("updates without numbers")
        elif await keep(kept):
            self._poller.confirm(max(update.update_id for update in kept))
        else:
            # The next fetch brings the same updates again: they were not confirmed.
            await self._poller.trouble("the database takes no updates", _DATABASE)


def received(update: object) -> Received | None:
    """Return a raw update as it is kept; None without a number to tell it by."""
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) >= _MOST_NUMBER:
        return None
    raw = json.dumps(update, ensure_ascii=True)
    return Received(number, chat_key(update), raw, _query_id(update))


def _query_id(update: Mapping[str, Any]) -> str | None:
    query = update.get("callback_query")
    found = query.get("id") if isinstance(query, dict) else None
    fits = isinstance(found, str) and found.isascii() and 0 < len(found) <= _MOST_QUERY_ID
    return found if fits else None
