"""The scene of the tests of hours."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.hours.scene import HourScene
from tests.support.clock import SetClock


@pytest.fixture
def scene(store: Store, campaign: Config, clock: SetClock) -> HourScene:
    """Return an empty scene on SQLite."""
    return HourScene(store, campaign, clock=clock)


@pytest.fixture
def any_scene(any_store: Store, campaign: Config, clock: SetClock) -> HourScene:
    """Return an empty scene on each of the two databases."""
    return HourScene(any_store, campaign, clock=clock)
