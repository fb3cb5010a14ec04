"""The scene of the tests of decisions about many posts."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.flips.deciding import Deciding
from tests.features.posts.scene import Scene


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    """Return an empty scene on each of the two databases."""
    return Scene(any_store, campaign)


@pytest.fixture
def office(scene: Scene) -> Deciding:
    """Return a coordinator who decides about many posts."""
    return Deciding(scene, scene.coordinator())
