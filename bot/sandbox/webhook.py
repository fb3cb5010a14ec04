"""Updates brought to the bot's address instead of being fetched, as Telegram does it.

What belongs to one chat goes one after the other and what does not side by side, at most
`max_connections` at a time. Whatever is no 2xx is brought again, later each time.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.core.tasks import Tasks, wait_for_event
from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.clock import SimClock
from bot.sandbox.updates import UpdateQueue

MOST_CONNECTIONS = 100
_CONNECTIONS = 40
_PATIENCE_S = 60.0
_FIRST_RETRY_S = 0.2
_LONGEST_RETRY_S = 2.0
_LOOK_EVERY_S = 1.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_GOOD = range(200, 300)
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Address:
    """Where updates are brought, and the words that prove who brings them; None for no words."""

    url: str
    secret: str | None = None
    max_connections: int = _CONNECTIONS


def checked(url: str, *, secret: str | None, max_connections: int | None) -> Address:
    """Return the address that the bot asked for; raises Refused in Telegram's words.

    Unlike Telegram it takes plain HTTP to this machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    most = _CONNECTIONS if max_connections is None else max_connections
    return Address(url, secret, min(max(most, 1), MOST_CONNECTIONS))


class Webhook:
    """Brings what waits in `updates` to the address that is set; without one it does nothing."""

    def __init__(self, updates: UpdateQueue, clock: SimClock) -> None:
        """Begin without an address."""
        self.address: Address | None = None
        self.last_error: str | None = None
        self._last_error_at = 0
        self._updates = updates
        self._clock = clock
        self._tasks = Tasks()
        self._main: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._busy: set[int] = set()
        self._on_their_way: set[int] = set()
        self._retry_s = _FIRST_RETRY_S

    def set(self, address: Address | None) -> None:
        """Bring updates to `address` from now on; None takes the webhook off."""
        if address != self.address:
            self.last_error, self._retry_s = None, _FIRST_RETRY_S
        self.address = address
        if address is not None and self._main is None:
            self._main = self._tasks.start(self._run(), name="sandbox-webhook")
        self._changed.set()

    def wake(self) -> None:
        """Look for updates now."""
        self._changed.set()

    def info(self) -> JsonObject:
        """Return what getWebhookInfo says about the address and the last failure."""
        found: JsonObject = {"url": "" if self.address is None else self.address.url}
        if self.address is not None:
            found["max_connections"] = self.address.max_connections
        if self.last_error is not None:
            found["last_error_date"] = self._last_error_at
            found["last_error_message"] = self.last_error
        return found

    async def stop(self) -> None:
        """Bring nothing more."""
        self.address = None
        await self._tasks.stop()

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_PATIENCE_S)) as session:
            while True:
                self._changed.clear()
                for update_id, text in self._next():
                    self._busy.add(_chat(text))
                    self._on_their_way.add(update_id)
                    self._tasks.start(
                        self._bring(session, update_id, text), name=f"bring update {update_id}"
                    )
                await wait_for_event(self._changed, timeout_s=_LOOK_EVERY_S)

    def _next(self) -> Sequence[tuple[int, str]]:
        """Return the first waiting update of each chat that has none on its way."""
        if self.address is None:
            return ()
        chosen: dict[int, tuple[int, str]] = {}
        room = self.address.max_connections - len(self._on_their_way)
        for update_id, text in self._updates.pending():
            if len(chosen) >= room:
                break
            chat = _chat(text)
            if chat not in self._busy:
                chosen.setdefault(chat, (update_id, text))
        return list(chosen.values())

    async def _bring(self, session: aiohttp.ClientSession, update_id: int, text: str) -> None:
        address = self.address
        wrong = None if address is None else await _posted(session, address, text)
        if wrong is None and address is not None:
            self._updates.take(update_id)
            self._retry_s = _FIRST_RETRY_S
        elif wrong is not None:
            self.last_error, self._last_error_at = wrong, int(self._clock.real_now().timestamp())
            await asyncio.sleep(self._retry_s)
            self._retry_s = min(self._retry_s * 2, _LONGEST_RETRY_S)
        self._busy.discard(_chat(text))
        self._on_their_way.discard(update_id)
        self._changed.set()


async def _posted(session: aiohttp.ClientSession, address: Address, text: str) -> str | None:
    """Bring one update; return what went wrong, None for nothing."""
    headers = {"Content-Type": "application/json"}
    if address.secret is not None:
        headers[_HEADER] = address.secret
    try:
        async with session.post(address.url, data=text.encode(), headers=headers) as answer:
            if answer.status in _GOOD:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return f"Connection failed: {type(error).__name__}"


def _chat(text: str) -> int:
    """Return the id of the chat that orders an update; 0 for those of no chat."""
    update = json.loads(text)
    for body in update.values():
        if isinstance(body, dict):
            message = body.get("message", body)
            whose = (message.get("chat") if isinstance(message, dict) else None) or body.get("from")
            number = whose.get("id") if isinstance(whose, dict) else None
            if isinstance(number, int):
                return number
    return 0
