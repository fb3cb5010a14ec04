"""The scene of the tests of certificates."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.hours.scene import HourScene
from tests.support.clock import SetClock


@pytest.fixture
def any_scene(any_store: Store, campaign: Config, clock: SetClock) -> HourScene:
    """Return an empty scene on each of the two databases."""
    return HourScene(any_store, campaign, clock=clock)
