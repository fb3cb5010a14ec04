"""Fixtures that many tests share: configuration, clock, database, and a running bot."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.desk import Desk
from bot.chat.offered import offer
from bot.chat.telling import tell_all
from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from handlers import FEATURES
from tests.support.bot import RunningBot, running
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.databases import ReusedTables, empty_database, put_tables

START = datetime.fromisoformat("2024-06-03T09:00:00+08:00")
"""Where the clock stands when a test begins: a Monday, a week before the campaign."""


@pytest.fixture(scope="session")
def campaign() -> Config:
    """Return the shipped configuration."""
    return make_config()


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that stands at 2024-06-03 09:00 in Shanghai."""
    return SetClock(START)


@pytest.fixture
def store(tmp_path: Path, campaign: Config, clock: SetClock) -> Iterator[Store]:
    """Return a store on a SQLite file of its own, with all tables and no rows."""
    yield from open_store(f"sqlite:///{tmp_path / 'test.db'}", campaign, clock)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database of this test's own, without tables."""
    with empty_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def reused_tables(postgres_server: str) -> Iterator[ReusedTables]:
    """Return what hands out PostgreSQL databases with all tables and no rows."""
    with ExitStack() as stack:
        yield ReusedTables(lambda: stack.enter_context(empty_database(postgres_server)))


@pytest.fixture
def postgres_tables(reused_tables: ReusedTables) -> str:
    """Return the address of a PostgreSQL database with all tables and no rows."""
    return reused_tables.emptied()


@pytest.fixture
def postgres_store(postgres_tables: str, campaign: Config, clock: SetClock) -> Iterator[Store]:
    """Return a store on a PostgreSQL database with all tables and no rows."""
    yield from open_store(postgres_tables, campaign, clock)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """Return a store on each of the two databases, one test run each."""
    name = "store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found


@pytest.fixture
async def start_bot(tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[RunningBot]]]:
    """Return a function that starts a bot against a sandbox; see `tests.support.bot.running`."""
    async with AsyncExitStack() as stack:

        async def start(**options: Any) -> RunningBot:
            return await stack.enter_async_context(running(tmp_path, **options))

        yield start


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Return the real bot, started against a sandbox at 2024-06-03 09:00, limits lifted."""
    async with running(tmp_path) as started:
        yield started


def open_store(url: str, config: Config, clock: SetClock) -> Iterator[Store]:
    """Yield a store at `url` whose facts are told as the bot tells them; close it afterwards."""
    offer(FEATURES)

    def tell(work: Work) -> None:
        if work.facts:
            tell_all(Desk(work, config, "test_bot"))

    put_tables(url)
    opened = Store(url, clock=clock, tell=tell)
    yield opened
    opened.close_now()
