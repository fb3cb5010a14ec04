"""Posts at their time and after it, in a running bot whose clock sets off only what they need."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jobs import attendance, closing
from tests.handlers.posts.scene import Posts
from tests.support.bot import RunningBot, running

JOBS = (attendance.job, closing.job)
"""No other reminders: they would come in between whenever the clock is moved."""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Return the real bot with the jobs of these features alone."""
    async with running(tmp_path, jobs=JOBS) as started:
        yield started


@pytest.fixture
async def posts(bot: RunningBot) -> Posts:
    """Return the hands of a coordinator who publishes posts."""
    return Posts(bot, await bot.coordinator())
