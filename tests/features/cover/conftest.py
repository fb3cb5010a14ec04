"""The scene of the tests of cover."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.cover.scene import CoverScene


@pytest.fixture
def scene(store: Store, campaign: Config) -> CoverScene:
    """Return an empty scene on SQLite."""
    return CoverScene(store, campaign)


@pytest.fixture
def any_scene(any_store: Store, campaign: Config) -> CoverScene:
    """Return an empty scene on each of the two databases."""
    return CoverScene(any_store, campaign)
