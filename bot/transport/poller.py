"""Asking Telegram for updates, patiently (long polling)."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any

from bot.core.tasks import wait_for_event
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused, TokenRefused, WireError
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_NETWORK = Backoff(first_s=0.5, most_s=30.0)
_CONFLICT = Backoff(first_s=4.0, most_s=60.0)
_LEAST_CONFLICT_S = 1.0


class Poller:
    """Fetches raw updates. Nothing is confirmed to Telegram before `confirm`.

    `timeout_s` is how long Telegram holds a request open when there is nothing new (at most 50).
    """

    def __init__(self, wire: Wire, *, allowed_updates: list[str], timeout_s: int) -> None:
        """Start without an offset: what was never confirmed comes again."""
        self._wire = wire
        self._allowed_updates = allowed_updates
        self._timeout_s = timeout_s
        self._offset: int | None = None
        self._failures = 0
        self._trouble: str | None = None
        self._stopping = asyncio.Event()
        self._patience: asyncio.Timeout | None = None

    def stop(self) -> None:
        """Let a `fetch` that waits return at once."""
        self._stopping.set()
        if self._patience is not None:
            self._patience.reschedule(asyncio.get_running_loop().time())

    def confirm(self, last_update_id: int) -> None:
        """Let the next fetch tell Telegram that everything up to `last_update_id` is kept."""
        self._offset = last_update_id + 1

    async def fetch(self) -> list[Any]:
        """Return what Telegram has; after trouble of any kind an empty list, some time later.

        Raises TokenRefused when Telegram does not accept the token.
        """
        try:
            updates = await self._ask()
        except Refused as error:
            await self._refused(error)
        except NoAnswer as error:
            await self.trouble(f"no usable answer ({error})")
        else:
            if isinstance(updates, list):
                self._well()
                return updates
            await self.trouble("an answer that is no list")
        return []

    async def trouble(self, what: str, backoff: Backoff = _NETWORK, least_s: float = 0.0) -> None:
        """Say once what is wrong, then wait longer each time."""
        self._failures += 1
        if self._trouble is None or self._trouble.partition(" (")[0] != what.partition(" (")[0]:
            _log.warning("polling: %s; trying again", what)
        self._trouble = what
        wait_s = least_s + backoff.after(self._failures)
        await wait_for_event(self._stopping, timeout_s=wait_s)

    async def _ask(self) -> Any:
        if self._stopping.is_set():
            return []
        try:
            async with asyncio.timeout(None) as self._patience:
                return await self._wire.get_updates(
                    offset=self._offset,
                    timeout_s=self._timeout_s,
                    allowed_updates=self._allowed_updates,
                )
        except TimeoutError:
            return []
        finally:
            self._patience = None

    async def _refused(self, error: Refused) -> None:
        if error.is_token_refused:
            raise TokenRefused
        if error.status == HTTPStatus.CONFLICT and "webhook" in error.description.lower():
            await self._take_webhook_off()
            return
        if error.status == HTTPStatus.CONFLICT:
            await self.trouble(
                f"another program receives this bot's updates; only one may ({error.description})",
                _CONFLICT,
                _LEAST_CONFLICT_S,
            )
            return
        await self.trouble(f"refused ({error})", least_s=float(error.retry_after_s or 0))

    async def _take_webhook_off(self) -> None:
        """End a webhook of an earlier configuration: Telegram lets nobody poll beside one."""
        _log.warning("polling: a webhook is set; it is taken off")
        try:
            await self._wire.call("deleteWebhook", {})
        except WireError as error:
            await self.trouble(f"the webhook cannot be taken off ({error})", _CONFLICT)

    def _well(self) -> None:
        if self._trouble is not None:
            _log.warning("polling: works again")
        self._failures = 0
        self._trouble = None
