"""The campaign's units in a store, a contact of one of them, and posts on both databases."""

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from jobs import postreminders
from jobs.reminders import job
from tests.features.posts.scene import Scene
from tests.jobs.ticking import Ticking
from tests.support.people import load, make


@pytest.fixture
def ticking(store: Store, campaign: Config) -> Ticking:
    load(store, campaign)
    return Ticking(store, campaign, job)


@pytest.fixture
def contact(ticking: Ticking) -> Actor:
    return make(ticking.store, Role.contact, unit="kexie", name="王老师")


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    """Return an empty scene of posts on each of the two databases."""
    return Scene(any_store, campaign)


@pytest.fixture
def before(scene: Scene) -> Ticking:
    """Return the job that reminds of posts, on the scene's store."""
    return Ticking(scene.store, scene.config, postreminders.job)
