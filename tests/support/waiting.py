"""Waiting for what happens in the background, without guessing how long it takes."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(happened: Callable[[], Awaitable[bool]], *, timeout_s: float = 90.0) -> None:
    """Return once `happened` says so; raises TimeoutError after `timeout_s` real seconds."""
    async with asyncio.timeout(timeout_s):
        while not await happened():  # noqa: ASYNC110 - what happens is in the database
            await asyncio.sleep(0.02)
