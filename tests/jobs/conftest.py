"""The campaign's units in a store, and a contact of one of them."""

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from jobs.reminders import job
from tests.jobs.ticking import Ticking
from tests.support.people import load, make


@pytest.fixture
def ticking(store: Store, campaign: Config) -> Ticking:
    load(store, campaign)
    return Ticking(store, campaign, job)


@pytest.fixture
def contact(ticking: Ticking) -> Actor:
    return make(ticking.store, Role.contact, unit="kexie", name="王老师")
