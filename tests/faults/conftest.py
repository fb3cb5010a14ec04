"""What races run on: a scene on each database, and a runner without the store's one writer."""

from collections.abc import Iterator

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.faults.racing import CarelessRunner
from tests.features.cover.scene import CoverScene


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> CoverScene:
    """Return an empty scene on each of the two databases."""
    return CoverScene(any_store, campaign)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty PostgreSQL database, and none for a file of the bot's own."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def postgres_scene(postgres_store: Store, campaign: Config) -> CoverScene:
    """Return an empty scene on PostgreSQL."""
    return CoverScene(postgres_store, campaign)


@pytest.fixture
def sqlite_scene(store: Store, campaign: Config) -> CoverScene:
    """Return an empty scene on SQLite."""
    return CoverScene(store, campaign)


@pytest.fixture
def careless(store: Store) -> Iterator[CarelessRunner]:
    """Return a runner that does not use the store's writer."""
    runner = CarelessRunner(store)
    yield runner
    runner.close()
