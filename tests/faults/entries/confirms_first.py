"""The bot that confirms updates to Telegram while it has them only in memory, as PTB does."""

import asyncio
import sys
from collections.abc import Sequence

from bot.__main__ import main
from bot.features.inbox.service import Received
from bot.transport.intake import Intake
from bot.transport.source import Polling

_IN_MEMORY_S = 0.2

_keep = Intake._keep


async def _confirm_and_keep(self: Intake, received: Sequence[Received]) -> bool:
    assert isinstance(self._source, Polling)
    poller = self._source._poller
    poller.confirm(max(update.update_id for update in received))
    await poller._wire.get_updates(
        offset=poller._offset, timeout_s=0, allowed_updates=["message", "callback_query"]
    )
    await asyncio.sleep(_IN_MEMORY_S)
    return await _keep(self, received)


if __name__ == "__main__":
    Intake._keep = _confirm_and_keep  # type: ignore[method-assign]
    sys.exit(main())
