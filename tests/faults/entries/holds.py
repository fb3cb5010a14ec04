"""The bot that handles nothing as long as the file that HOLD names is there: its queue is long.

It looks often for presses to answer early and takes few at a time, so that several processes meet.
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.__main__ import main
from bot.chat.edge.edge import Edge, EdgeApplication
from bot.features.inbox.service import Waiting
from bot.transport import early
from tests.support.waiting import until

_GATE = Path(os.environ["HOLD"])
_LOOK_EVERY_S = 0.05
_LONGEST_HOLD_S = 600.0
_handle = Edge.handle


async def _is_open() -> bool:
    return not await asyncio.to_thread(_GATE.exists)


async def _handle_later(self: Edge, application: EdgeApplication, row: Waiting) -> None:
    await until(_is_open, timeout_s=_LONGEST_HOLD_S)
    await _handle(self, application, row)


def hold() -> None:
    """Let the bot of this process wait, and look often."""
    setattr(Edge, _handle.__name__, _handle_later)
    early._LOOK_EVERY_S = _LOOK_EVERY_S
    early._AT_ONCE = 3


if __name__ == "__main__":
    hold()
    sys.exit(main())
