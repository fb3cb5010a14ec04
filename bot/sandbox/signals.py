"""Waking those who wait for news of a chat."""

import asyncio
from collections.abc import Iterable

EVERYTHING = 0
"""The key of those who wait for any change; no chat has this id."""
CALLS = -1
"""The key of those who wait for calls of the bot."""
CALLED_OFF = -3
"""The key of calls that are late on order, until trouble is called off."""
SILENCE = -2
"""The key that is never told, except when the server stops."""


class Signals:
    """Futures that wait for chats; telling a chat costs nothing when nobody waits."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._waiting: dict[int, set[asyncio.Future[None]]] = {}
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether anybody waits."""
        return bool(self._waiting)

    def tell(self, key: int) -> None:
        """Wake everybody who waits for `key`, and everybody who waits for anything."""
        if not self._waiting:
            return
        for waiter in (*self._waiting.get(key, ()), *self._waiting.get(EVERYTHING, ())):
            if not waiter.done():
                waiter.set_result(None)

    def close(self) -> None:
        """Wake everybody, now and from now on: the server stops."""
        self._closed = True
        for waiters in self._waiting.values():
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    async def wait(self, keys: Iterable[int], *, timeout_s: float) -> bool:
        """Wait until one of `keys` is told; False when `timeout_s` seconds passed or it is over."""
        if timeout_s <= 0 or self._closed:
            return False
        waiter = asyncio.get_running_loop().create_future()
        wanted = tuple(keys)
        for key in wanted:
            self._waiting.setdefault(key, set()).add(waiter)
        try:
            async with asyncio.timeout(timeout_s):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._forget(wanted, waiter)
        return not self._closed

    def _forget(self, keys: tuple[int, ...], waiter: asyncio.Future[None]) -> None:
        for key in keys:
            waiters = self._waiting.get(key)
            if waiters is not None:
                waiters.discard(waiter)
                if not waiters:
                    del self._waiting[key]
