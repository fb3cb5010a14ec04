"""Posts in a running bot."""

import pytest

from tests.handlers.posts.scene import Posts
from tests.support.bot import RunningBot


@pytest.fixture
async def posts(bot: RunningBot) -> Posts:
    """Return the hands of a coordinator who publishes posts."""
    return Posts(bot, await bot.coordinator())
