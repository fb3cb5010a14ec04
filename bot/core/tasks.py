"""Background work that cannot fail unseen."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


class Tasks:
    """Keeps background tasks, logs the ones that fail and ends them all together."""

    def __init__(self) -> None:
        """Start with no task."""
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Run `work` in the background under `name`; a failure is logged, never lost."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            _log.error("background task %s failed", task.get_name(), exc_info=failure)

    async def wait(self, *, timeout_s: float) -> bool:
        """Wait until all tasks have ended; False when some still run after `timeout_s` seconds."""
        if not self._running:
            return True
        _, pending = await asyncio.wait(set(self._running), timeout=timeout_s)
        return not pending

    async def stop(self) -> None:
        """Cancel what still runs and wait for it."""
        running = set(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)


async def wait_for_event(event: asyncio.Event, *, timeout_s: float) -> bool:
    """Wait for `event` at most `timeout_s` seconds; True when it was set."""
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return False
    return True
