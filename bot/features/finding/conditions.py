"""What searches of every kind have in common: the columns, and conditions on them."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, select

from bot.config import Config
from bot.core.dates import start_of
from bot.features.archive.models import StoredFile

Rows = Select[str, int, str, str, str, str, datetime]
"""Kind, id, label, title, whose, state, and when: what `Found` tells."""

_ESCAPE = "\\"


class Kind(StrEnum):
    """What was found."""

    report = "r"
    filing = "f"
    document = "d"
    official = "g"


def of_units(
    column: Any, readable: tuple[int, ...] | None, wanted: tuple[int, ...] | None
) -> list[ColumnElement[bool]]:
    """Return the conditions that a row is of units that may be read, and of those wanted."""
    return [column.in_(ids) for ids in (readable, wanted) if ids is not None]


def came_in(column: Any, config: Config, since: date, until: date) -> ColumnElement[bool]:
    """Return the condition that something came in then."""
    zone = config.time.zone_info
    return and_(column >= start_of(since, zone, time(0)), column < start_of(until, zone))


def named_files(kind: str, word: str) -> Select[int]:
    """Return the ids of the documents of `kind` that have a file whose name holds the word."""
    return select(cast(StoredFile.owner_ref, Integer)).where(
        StoredFile.owner_kind == kind, like(StoredFile.name, word)
    )


def like(column: Any, word: str) -> ColumnElement[bool]:
    """Return the condition that the column holds `word`, whatever signs are in it."""
    plain = word
    for sign in (_ESCAPE, "%", "_"):
        plain = plain.replace(sign, _ESCAPE + sign)
    pattern = f"%{plain}%"
    # Chinese has no case: comparing it as it is saves changing every text before.
    if word.lower() == word.upper():
        found: ColumnElement[bool] = column.like(pattern, escape=_ESCAPE)
        return found
    any_case: ColumnElement[bool] = column.ilike(pattern, escape=_ESCAPE)
    return any_case
