"""The scene of the tests of receipts."""

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.features.receipts.scene import ReceiptScene
from tests.support.clock import SetClock
from tests.support.people import load


@pytest.fixture
def scene(any_store: Store, campaign: Config, clock: SetClock) -> ReceiptScene:
    """Return a scene with the campaign's units on each of the two databases."""
    load(any_store, campaign)
    return ReceiptScene(any_store, campaign, clock)
