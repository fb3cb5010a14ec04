"""Connections that are kept open, each with a queue of its own.

httpx keeps all connections in one pool and looks at every idle one of them before and after each
request: with sixteen open that was nearly half of the work of the bot's loop under a rush.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import cast

import httpx


class Lanes(httpx.AsyncBaseTransport):
    """Sends requests over `count` connections; who finds none free waits for the next."""

    def __init__(self, count: int, *, trust_env: bool) -> None:
        """Open connections when they are needed; `trust_env` looks for certificates there."""
        certificates = httpx.create_ssl_context(trust_env=trust_env)
        self._lanes = [
            httpx.AsyncHTTPTransport(verify=certificates, limits=httpx.Limits(max_connections=1))
            for _ in range(count)
        ]
        # The last that was used goes first: what is rarely needed is closed by its age.
        self._free: asyncio.LifoQueue[httpx.AsyncHTTPTransport] = asyncio.LifoQueue()
        for lane in self._lanes:
            self._free.put_nowait(lane)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` over a free connection, which is busy until the answer is closed."""
        lane = await self._lane(request)
        try:
            answer = await lane.handle_async_request(request)
        except BaseException:
            self._free.put_nowait(lane)
            raise
        stream = cast("httpx.AsyncByteStream", answer.stream)
        return httpx.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Lent(stream, lambda: self._free.put_nowait(lane)),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for lane in self._lanes:
            await lane.aclose()

    async def _lane(self, request: httpx.Request) -> httpx.AsyncHTTPTransport:
        longest_s = request.extensions.get("timeout", {}).get("pool")
        try:
            async with asyncio.timeout(longest_s):
                return await self._free.get()
        except TimeoutError:
            raise httpx.PoolTimeout("no connection is free", request=request) from None


class _Lent(httpx.AsyncByteStream):
    """The answer's bytes; closing them gives the connection back, once."""

    def __init__(self, stream: httpx.AsyncByteStream, give_back: Callable[[], None]) -> None:
        self._stream = stream
        self._give_back: Callable[[], None] | None = give_back

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            give_back, self._give_back = self._give_back, None
            if give_back is not None:
                give_back()
