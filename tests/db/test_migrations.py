"""Every step goes up, down and up again, and ends at what the models say."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.db import migrate
from bot.db.engine import command_engine
from bot.features.models import MODEL_MODULES


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    assert MODEL_MODULES
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def tables(url: str) -> set[str]:
    engine = command_engine(url)
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


def test_up_down_up(url: str) -> None:
    migrate.upgrade(url)
    first = tables(url)
    migrate.downgrade(url, "base")
    assert tables(url) == set()
    migrate.upgrade(url)
    assert tables(url) == first
    assert "outbox" in first


def test_the_last_step_is_what_the_models_say(url: str) -> None:
    migrate.upgrade(url)
    engine = command_engine(url)
    found = migrate.differences(engine)
    engine.dispose()
    assert found == []


def test_a_model_without_a_step_is_noticed(url: str) -> None:
    migrate.upgrade(url)
    engine = command_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE draft"))
    found = migrate.differences(engine)
    engine.dispose()
    assert found


def test_upgrading_twice_changes_nothing(url: str) -> None:
    migrate.upgrade(url)
    migrate.upgrade(url)
    engine = command_engine(url)
    assert migrate.revision_of(engine) == migrate.newest_revision()
    engine.dispose()
