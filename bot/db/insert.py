"""Inserting what may be there already, the same way on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Table
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
    found = session.execute(_inserting(session, model, rows, key).returning(*returning))
    return [tuple(row) for row in found]


def insert_missing(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]
) -> int:
    """Insert the `rows` of `model` that break no unique `key`; return how many were inserted."""
    if not rows:
        return 0
    result = session.execute(_inserting(session, model, rows, key))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _inserting(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> Any:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    dialect = session.get_bind().dialect.name
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return statement.values(list(rows)).on_conflict_do_nothing(index_elements=list(key))
