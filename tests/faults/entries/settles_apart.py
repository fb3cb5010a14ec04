"""The bot that notes an update as done a moment after, not together with, what it changed."""

import asyncio
import sys

from telegram import Update

from bot.__main__ import main
from bot.chat.arrival import arrival
from bot.chat.edge.edge import Edge
from bot.chat.feature import Entry
from bot.db.work import Work
from bot.features.inbox import service
from bot.features.inbox.models import InboxRow, InboxState

_APART_S = 0.1

_settle = service.settle_now
_run = Edge.run


def _is_open(work: Work, row_id: int) -> service.Settled | None:
    row = work.session.get(InboxRow, row_id)
    pending = row is not None and row.state is InboxState.pending
    return service.Settled(None) if pending else None


async def _run_then_settle(self: Edge, entry: Entry, update: Update, data: object) -> None:
    row_id = arrival.get().inbox_id
    await _run(self, entry, update, data)
    await asyncio.sleep(_APART_S)
    await self.store.write(lambda work: _settle(work, row_id))


if __name__ == "__main__":
    service.settle_now = _is_open
    Edge.run = _run_then_settle  # type: ignore[method-assign]
    sys.exit(main())
