"""A database with the configured units, and who may change them."""

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from tests.support import people


@pytest.fixture
def units(store: Store, campaign: Config) -> Store:
    """Return a store in which the configured units are loaded."""
    people.load(store, campaign)
    return store


@pytest.fixture
def coordinator(units: Store) -> Actor:
    """Return a coordinator."""
    return people.make(units, Role.coordinator)
