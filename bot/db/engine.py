"""Engines for SQLite and PostgreSQL, each set up so that it keeps its promises.

Parameters are hidden in all errors: they are people's words.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

_BUSY_TIMEOUT_MS = 10_000
_READERS = 4
_POSTGRES_CONNECTIONS = 10


def is_sqlite(url: str) -> bool:
    """Tell whether `url` names a SQLite database."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database; None for another kind of database."""
    return Path(make_url(url).database or "").absolute() if is_sqlite(url) else None


def normalised(url: str) -> str:
    """Return `url` with the driver that we use for PostgreSQL (psycopg 3)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def write_engine(url: str) -> Engine:
    """Return the engine that may write.

    SQLite has one connection, used by one thread. SQLAlchemy's own BEGIN is deferred there, which
    failed 37 to 87 % of concurrent writers with "database is locked": we begin IMMEDIATE.
    """
    if not is_sqlite(url):
        return _postgres(url)
    engine = create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    _own_transactions(engine, begin="BEGIN IMMEDIATE", query_only=False)
    return engine


def read_engine(url: str) -> Engine:
    """Return the engine for readers, which cannot write."""
    if not is_sqlite(url):
        return _postgres(url)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_READERS,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    _own_transactions(engine, begin="BEGIN", query_only=True)
    return engine


def command_engine(url: str) -> Engine:
    """Return an engine for a short command beside a running bot: connections are not kept."""
    if not is_sqlite(url):
        return _postgres(url)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    _own_transactions(engine, begin="BEGIN IMMEDIATE", query_only=False)
    return engine


def _postgres(url: str) -> Engine:
    return create_engine(
        normalised(url),
        pool_size=_POSTGRES_CONNECTIONS,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _own_transactions(engine: Engine, *, begin: str, query_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: Any) -> None:
        # `autocommit=False` is not to be had on Python 3.11; without an isolation level the
        # driver leaves transactions to us.
        connection.isolation_level = None
        for pragma in (
            f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            f"PRAGMA query_only = {'ON' if query_only else 'OFF'}",
        ):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
