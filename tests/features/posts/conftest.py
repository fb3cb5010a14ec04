"""The scene of the tests of posts."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from bot.config import Config
from bot.db.store import Store
from tests.features.posts.scene import Scene


@pytest.fixture
def scene(store: Store, campaign: Config) -> Scene:
    """Return an empty scene on SQLite."""
    return Scene(store, campaign)


@pytest.fixture
def any_scene(any_store: Store, campaign: Config) -> Scene:
    """Return an empty scene on each of the two databases."""
    return Scene(any_store, campaign)


@pytest.fixture
def count_statements(store: Store) -> Iterator[list[str]]:
    """Return the statements that the store's engines have run, newest last."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engines = (store.engine, store._reads_on)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
