"""Inserting what may be there already, the same way on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.db.base import Base


def insert_missing_returning(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    returning: Sequence[Any],
) -> list[tuple[Any, ...]]:
    """Insert the `rows` of `model` that break no unique `key`; return columns of those."""
    if not rows:
        return []
    # A list of rows beside the statement keeps the statement's compiled form for the next time.
    found = session.execute(_inserting(session, model, key).returning(*returning), list(rows))
    return [tuple(row) for row in found]


def insert_missing(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]
) -> int:
    """Insert the `rows` of `model` that break no unique `key`; return how many were inserted."""
    columns = [getattr(model, name) for name in key]
    return len(insert_missing_returning(session, model, rows, key=key, returning=columns))


def _inserting(session: Session, model: type[Base], key: Sequence[str]) -> Any:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    dialect = session.get_bind().dialect.name
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return statement.on_conflict_do_nothing(index_elements=list(key))
