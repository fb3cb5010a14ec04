"""Running something in the background of a test, and waiting for what it does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

_GIVES_UP_AFTER_S = 90.0


class Runs(Protocol):
    """A sender, an intake or a fetcher."""

    async def run(self) -> None: ...

    async def stop(self) -> None: ...


@asynccontextmanager
async def run_in_background(runs: Runs) -> AsyncIterator["asyncio.Task[None]"]:
    """Run it, then stop it; what it raised comes out unless the test took it from the task."""
    task = asyncio.create_task(runs.run())
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        await runs.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def kill(task: "asyncio.Task[None]") -> None:
    """End a running thing abruptly, as nearly as one process can."""
    task.cancel()
    await asyncio.wait({task})


async def until(holds: Callable[[], object]) -> None:
    """Wait until `holds` returns something true."""
    async with asyncio.timeout(_GIVES_UP_AFTER_S):
        while not holds():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)
