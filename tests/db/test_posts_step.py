"""The steps of whole posts, on a database in which people and posts refer to each other."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.db import migrate
from bot.db.engine import command_engine
from bot.features.models import MODEL_MODULES

BEFORE = "0008"
NOW = "2024-06-03 01:00:00"
PERSON = (
    "INSERT INTO person (id, telegram_id, name, language, created_at, menu_stale)"
    f" VALUES (1, 1, '王老师', 'zh_CN', '{NOW}', false)"
)
POST = (
    "INSERT INTO post (id, kind, place, starts_at, ends_at, capacity, taken, waiting, last_number,"
    " state, created_by, created_at, version) VALUES (1, 'shichang', '幸福市场',"
    f" '2024-06-08 01:00:00', '2024-06-08 02:00:00', 2, 1, 0, 1, 'published', 1, '{NOW}', 1)"
)
SIGNUP = (
    "INSERT INTO signup (id, post_id, person_id, state, number, at)"
    f" VALUES (1, 1, 1, 'confirmed', 1, '{NOW}')"
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database as it was before, with a person at a post."""
    assert MODEL_MODULES
    found = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgres":
        found = request.getfixturevalue("postgres_url")
    migrate.upgrade(found, BEFORE)
    do(found, PERSON, POST, SIGNUP)
    return found


def do(url: str, *statements: str) -> list[tuple[object, ...]]:
    engine = command_engine(url)
    with engine.begin() as connection:
        results = [connection.execute(sa.text(one)) for one in statements]
        rows = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return rows


def test_people_and_posts_keep_what_they_have_up_and_down(url: str) -> None:
    migrate.upgrade(url)
    assert do(url, "SELECT size, state FROM signup") == [(1, "confirmed")]
    assert do(url, "SELECT minimum, companions, taken FROM post") == [(1, 0, 1)]
    [(place,)] = do(url, "SELECT name FROM place")
    assert place == "幸福市场"
    migrate.downgrade(url, BEFORE)
    assert do(url, "SELECT person_id, number FROM signup") == [(1, 1)]


def test_a_step_that_loses_what_others_refer_to_is_undone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    migrate.upgrade(url, BEFORE)
    do(url, PERSON, POST, SIGNUP)
    engine = command_engine(url)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM person")
    engine.dispose()
    with pytest.raises(migrate.ReferencesLost):
        migrate.upgrade(url)
    assert do(url, "SELECT version_num FROM alembic_version") == [(BEFORE,)]
