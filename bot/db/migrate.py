"""Bringing a database to the shape that the code expects."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from bot.core.errors import BusinessError
from bot.db.base import Base
from bot.db.engine import command_engine

_FOLDER = Path(__file__).parent / "migrations"


class DatabaseUnreachable(BusinessError):
    """No database answers at the address, or it cannot be opened."""

    key = "cli.database_unreachable"


class ReferencesLost(BusinessError):
    """After the steps rows of `tables` refer to rows that are not there; nothing was changed."""

    key = "cli.references_lost"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`; nothing happens when it is there already.

    Raises ReferencesLost.
    """
    with _connected(url) as config:
        command.upgrade(config, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision` (`base` is an empty one)."""
    with _connected(url) as config:
        command.downgrade(config, revision)


def write_revision(url: str, message: str) -> None:
    """Write a new step from the difference between the database at `url` and the models."""
    with _connected(url) as config:
        command.revision(config, message=message, autogenerate=True)


def newest_revision() -> str | None:
    """Return the name of the last step; None without any."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def revision_of(engine: Engine) -> str | None:
    """Return the step that the database of `engine` is at; None for an empty one.

    Raises DatabaseUnreachable.
    """
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise DatabaseUnreachable from error


def differences(engine: Engine) -> list[Any]:
    """Return in what the database of `engine` differs from the models; empty when in nothing."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


@contextmanager
def _connected(url: str) -> Iterator[Config]:
    engine = command_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_tables_be_copied)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            yield config
            _check_references(connection)
    finally:
        engine.dispose()


def _let_tables_be_copied(connection: sqlite3.Connection, _: object) -> None:
    """Let a step replace a table that others refer to: SQLite would refuse to drop it."""
    connection.execute("PRAGMA foreign_keys = OFF")


def _check_references(connection: Connection) -> None:
    """Raise ReferencesLost, which undoes the steps, where rows refer to rows that are gone."""
    if connection.dialect.name != "sqlite":
        return
    lost = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if lost:
        raise ReferencesLost(tables=", ".join(sorted(lost)))
