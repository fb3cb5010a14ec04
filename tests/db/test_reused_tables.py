"""The PostgreSQL database that tests hand on to one another is as good as a new one."""

import pytest
import sqlalchemy as sa

from tests.support.databases import ReusedTables

_ADD = """
    INSERT INTO unit (slug, name, kind, in_config, position, opened_at)
    VALUES ('x', 'x', 'office', false, 1, now()) RETURNING id
"""

pytestmark = pytest.mark.postgres


def run(url: str, statement: str) -> object:
    """Carry out one statement and return what it returns, if anything."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        result = connection.execute(sa.text(statement))
        return result.scalar() if result.returns_rows else None


def test_rows_and_counters_of_the_last_test_are_gone(reused_tables: ReusedTables) -> None:
    url = reused_tables.emptied()
    assert run(url, _ADD) == 1
    assert reused_tables.emptied() == url
    assert run(url, "SELECT count(*) FROM unit") == 0
    assert run(url, _ADD) == 1


def test_what_lost_a_constraint_is_not_handed_on(reused_tables: ReusedTables) -> None:
    url = reused_tables.emptied()
    run(url, "ALTER TABLE post DROP CONSTRAINT ck_post_taken")
    other = reused_tables.emptied()
    assert other != url
    assert run(other, "SELECT count(*) FROM pg_constraint WHERE conname = 'ck_post_taken'") == 1
