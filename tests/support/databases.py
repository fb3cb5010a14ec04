"""Databases of the code's shape, made once a process and copied for each test."""

import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from bot.db import migrate
from bot.db.base import Base
from bot.db.engine import command_engine
from bot.features.models import MODEL_MODULES

assert MODEL_MODULES
_EMPTIED = "; ".join(
    (
        "SET LOCAL lock_timeout = '5s'",
        # No foreign key is looked at: the order of the tables does not matter then.
        "SET LOCAL session_replication_role = replica",
        *(f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables),
        """SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
           FROM pg_sequences WHERE last_value IS NOT NULL""",
    )
)
_SHAPE = """
    SELECT (SELECT array_agg(oid ORDER BY oid) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace),
           (SELECT array_agg(oid ORDER BY oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace)
"""


def put_migrated(url: str) -> None:
    """Put a database at the newest step at `url` if that is a SQLite file and not there yet."""
    _put(url, _migrated)


def put_tables(url: str) -> None:
    """Put tables without rows at `url` where there are none yet."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        _put(url, _with_tables)
        return
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        has_tables = connection.scalar(sa.text("SELECT to_regclass('public.unit')")) is not None
    if not has_tables:
        Base.metadata.create_all(engine)


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """Yield the address of a new database of the PostgreSQL at `server_url`; gone afterwards."""
    name = f"t{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(server_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


class ReusedTables:
    """A PostgreSQL database with all tables that is emptied for each test, not made anew.

    One whose tables or constraints a test changed, or that something still holds, is left alone;
    the next test gets another.
    """

    def __init__(self, new_url: Callable[[], str]) -> None:
        """Take new databases from `new_url`."""
        self._new_url = new_url
        self._url: str | None = None
        self._shape: object = None

    def emptied(self) -> str:
        """Return the address of a database with all tables and no rows, counting from 1."""
        if self._url is None or not self._empty(self._url):
            self._url = self._new_url()
            self._make(self._url)
        return self._url

    def _make(self, url: str) -> None:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        Base.metadata.create_all(engine)
        with engine.connect() as connection:
            self._shape = connection.execute(sa.text(_SHAPE)).one()

    def _empty(self, url: str) -> bool:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(_EMPTIED.replace("%", "%%"))
                return connection.execute(sa.text(_SHAPE)).one() == self._shape
        except sa.exc.DBAPIError:
            return False


def _put(url: str, content: Callable[[], bytes]) -> None:
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return
    assert address.database is not None
    path = Path(address.database)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content())


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "steps.db")
        migrate.upgrade(f"sqlite:///{path}")
        return _one_file(path)


@cache
def _with_tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tables.db")
        engine = command_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        engine.dispose()
        return _one_file(path)


def _one_file(path: Path) -> bytes:
    """Return the database at `path` with what still stands in its log."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()
