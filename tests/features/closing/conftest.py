"""A post that is over, on any store."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.attendance.gate import Gate
from tests.features.posts.scene import Scene


@pytest.fixture
def gate(any_store: Store, campaign: Config) -> Gate:
    """Return a post ten minutes before its start, on each of the two databases."""
    return Gate.ready(Scene(any_store, campaign))


@pytest.fixture
def sqlite_gate(store: Store, campaign: Config) -> Gate:
    """Return a post ten minutes before its start, on SQLite."""
    return Gate.ready(Scene(store, campaign))
