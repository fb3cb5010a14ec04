"""A bot that is told to read config.yaml again before it answers does so once it answers."""

import asyncio
import os
import signal
from typing import Any

import pytest

from bot.cli import run as command
from bot.core.clock import SystemClock

_TURNS = 10
"""So often the loop goes round, and looks at its signals, before the start is over."""


class _Starting:
    """A bot that gets the signal while it starts, and ends once it was told to read again."""

    def __init__(self, *_: Any) -> None:
        self.reread = asyncio.Event()

    async def start(self) -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    async def reload(self, _: Any) -> None:
        self.reread.set()

    async def until(self, _: asyncio.Event) -> bool:
        await self.reread.wait()
        return False

    async def stop(self) -> None:
        return None


async def test_a_hangup_during_the_start_ends_nothing_and_is_obeyed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(command, "BotApp", _Starting)
    read: Any = None
    settings: Any = None
    async with asyncio.timeout(30):
        assert await command.run(settings, SystemClock(), read) == 0
