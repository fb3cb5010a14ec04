"""A bot that does not wait before it fetches a file again."""

import pytest

from bot.transport import fetcher
from bot.transport.backoff import Backoff


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for the fetcher."""
    monkeypatch.setattr(fetcher, "_LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(fetcher, "_LEAST_WAIT_S", 0.0)
    monkeypatch.setattr(fetcher, "_RETRIES", Backoff(0.01, 0.02))
