"""Handling one update whatever happens."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable

from bot.core.ids import incident_id
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Waiting

_log = logging.getLogger(__name__)

Handle = Callable[[Waiting], Awaitable[None]]
"""Parses, dispatches and settles one update; it is not meant to raise."""

_LONGEST_S = 120.0
_AGAIN_AFTER_S = 0.3


class Handling:
    """Runs `handle` for updates; should it raise, the failure is counted and it is tried again."""

    def __init__(self, store: Store, handle: Handle) -> None:
        """Settle failures in `store`."""
        self._store = store
        self._handle = handle

    async def run(self, row: Waiting) -> None:
        """Handle `row` until it is settled or a dead letter; raises nothing."""
        for attempt in range(1, inbox.MOST_ATTEMPTS + 1):
            try:
                async with asyncio.timeout(_LONGEST_S):
                    await self._handle(row)
            except Exception as error:  # noqa: BLE001 - one update must not stop the others
                if await self._is_over(row, error):
                    return
                await asyncio.sleep(_AGAIN_AFTER_S * attempt)
            else:
                return

    async def _is_over(self, row: Waiting, error: Exception) -> bool:
        incident = incident_id()
        # The text of an exception may quote the message: only its kind and place are logged.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error(
            "incident %s with inbox row %s: %s\n%s", incident, row.id, type(error).__name__, place
        )
        try:
            return await self._store.write(
                lambda work: _count(work, row.id, incident), priority=Priority.interactive
            )
        except Exception:  # noqa: BLE001 - the sweep finds the row later
            _log.exception("incident %s could not be recorded", incident)
            return True


def _count(work: Work, row_id: int, incident: str) -> bool:
    row = inbox.take(work, row_id)
    return row is None or inbox.count_failure(work, row, incident=incident)
