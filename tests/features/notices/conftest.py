"""The scene of the tests of notices, on each of the two databases."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.notices.scene import NoticeScene, changed
from tests.support.clock import SetClock
from tests.support.people import load


@pytest.fixture
def scene(any_store: Store, campaign: Config, clock: SetClock) -> NoticeScene:
    """Return the campaign's units, and nobody in them."""
    load(any_store, campaign)
    return NoticeScene(any_store, campaign, clock)


@pytest.fixture
def small(scene: NoticeScene) -> NoticeScene:
    """Return the scene where more than two people need a second person's word."""
    scene.config = changed(scene.config, second_person_above=2, pause_after_errors=3)
    return scene
