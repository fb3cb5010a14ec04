"""Updates that Telegram brings: each is answered for once it is committed (design, section 3)."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Sequence
from typing import Any

from bot.core.tasks import wait_for_event
from bot.features.inbox.service import Received
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused, TokenRefused
from bot.transport.listener import Listener
from bot.transport.source import ALLOWED_UPDATES, Keep, Room, received
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_MOST_AT_ONCE = 100
_AGAIN = Backoff(first_s=1.0, most_s=60.0)


def secret_of(token: str) -> str:
    """Return the words that prove who brings updates: the same in every process of the bot.

    They follow from the token and do not lead back to it, so that nobody has to think of any.
    """
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Takes what Telegram brings to `listener`, which listens behind the public address `url`."""

    def __init__(
        self,
        wire: Wire,
        listener: Listener,
        *,
        url: str,
        secret: str,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        max_connections: int = 40,
    ) -> None:
        """Prepare; Telegram opens at most `max_connections` (1 to 100) connections at a time."""
        self._wire = wire
        self._listener = listener
        self._secret = secret
        self._asked = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": list(allowed_updates),
            "max_connections": max_connections,
        }
        self._waiting: list[tuple[Received, asyncio.Future[bool]]] = []
        self._came = asyncio.Event()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take no more; who brings something is told to come again."""
        self._listener.take_updates(None)
        self._stopping.set()
        self._came.set()

    async def run(self, keep: Keep, room: Room) -> None:
        """Have updates kept; raises TokenRefused when Telegram refuses the token."""
        if self._stopping.is_set():
            return
        self._listener.take_updates(self._take, secret=self._secret)
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(self._keep_all(keep, room))
            try:
                await self._announce()
            except TokenRefused:
                self.stop()
                await keeping
                raise
            await self._stopping.wait()

    async def _take(self, update: Any) -> bool:
        """Return whether one update is kept, as soon as that is known."""
        one = received(update)
        if one is None:
            # Brought again it would be the same: it is let go, as a poller lets it go.
            _log.error("an update has no number")
            return True
        if self._stopping.is_set():
            return False
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, kept))
        self._came.set()
        return await kept

    async def _keep_all(self, keep: Keep, room: Room) -> None:
        """Commit together what came together."""
        while not self._stopping.is_set():
            await self._came.wait()
            self._came.clear()
            await room()
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
                kept = not self._stopping.is_set() and await keep([one for one, _ in batch])
                for _, told in batch:
                    if not told.done():
                        told.set_result(kept)

    async def _announce(self) -> None:
        """Tell Telegram where to bring updates, until it knows. Raises TokenRefused."""
        tries = 0
        while not self._stopping.is_set():
            try:
                await self._wire.call("setWebhook", self._asked)
            except Refused as error:
                if error.is_token_refused:
                    raise TokenRefused from None
                _log.error("Telegram refuses the webhook: %s", error)
                least_s = float(error.retry_after_s or 0)
            except NoAnswer as error:
                _log.warning("the webhook could not be set yet: %s", error)
                least_s = 0.0
            else:
                _log.info("Telegram brings updates to the webhook")
                return
            tries += 1
            await wait_for_event(self._stopping, timeout_s=least_s + _AGAIN.after(tries))
