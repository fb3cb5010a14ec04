"""An office whose units have months."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.reports.conftest import Office, office_in


@pytest.fixture
def office(store: Store, campaign: Config) -> Office:
    return office_in(store, campaign)


@pytest.fixture
def any_office(any_store: Store, campaign: Config) -> Office:
    return office_in(any_store, campaign)
