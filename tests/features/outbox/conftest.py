"""A clock set by hand and a store on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transport.harness import HandClock, TestStore, open_store


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands at noon until it is moved."""
    return HandClock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[TestStore]:
    """Return an empty store, once on SQLite and once on PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'test.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_tables")
    with open_store(url, clock) as opened:
        yield opened
