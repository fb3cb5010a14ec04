"""Tables as they come in frames: a sheet's head, then its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any

from bot.render.frames import Frame


class ColumnKind(StrEnum):
    """What a column's cells are."""

    text = "text"
    number = "number"
    date = "date"


@dataclass(frozen=True)
class Column:
    """One column; `title` is in the reader's language."""

    title: str
    kind: ColumnKind


@dataclass(frozen=True)
class Number:
    """A number with the words for 约 and the like around it; both empty for an exact one."""

    value: Decimal
    before: str = ""
    after: str = ""


Cell = str | Number | date | None


@dataclass
class Table:
    """One sheet and its rows, which are read while they are asked for.

    Cells that hold exactly a text of `marks` are filled with its colour (#RRGGBB).
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(default=())
    marks: Mapping[str, str] = field(default_factory=dict)


def tables(frames: Iterator[Frame]) -> Iterator[Table]:
    """Return the sheets in `frames`; the rows of one must be read before the next is asked for.

    A sheet begins with {"sheet": title, "columns": [[title, kind], …]} and may have "marks": {text:
    colour}; its rows follow in frames {"rows": […]}. A text or a day is a string (2024-06-10), a
    number a string or, with words around it, [number, before, after]; null is an empty cell. Raises
    ValueError and KeyError for anything else.
    """
    head = next(frames, None)
    while head is not None:
        following: list[Frame] = []
        columns = [Column(title, ColumnKind(kind)) for title, kind in head.data["columns"]]
        rows = _rows(frames, columns, following)
        yield Table(head.data["sheet"], columns, rows, head.data.get("marks", {}))
        head = following[0] if following else next(frames, None)


def _rows(
    frames: Iterator[Frame], columns: Sequence[Column], following: list[Frame]
) -> Iterator[list[Cell]]:
    """Return the rows up to the next sheet's head, which is put into `following`."""
    for frame in frames:
        if "rows" not in frame.data:
            following.append(frame)
            return
        for row in frame.data["rows"]:
            yield [_cell(column, value) for column, value in zip(columns, row, strict=True)]


def _cell(column: Column, value: Any) -> Cell:
    if value is None:
        return None
    match column.kind:
        case ColumnKind.number:
            return Number(Decimal(value)) if isinstance(value, str) else _marked(value)
        case ColumnKind.date:
            return date.fromisoformat(value)
        case ColumnKind.text:
            # A lone surrogate can be written into no file.
            return str(value).encode("utf-8", "replace").decode()


def _marked(value: Sequence[str]) -> Number:
    number, before, after = value
    return Number(Decimal(number), before, after)


def with_head(table: Table) -> Iterator[Sequence[Cell]]:
    """Return a table's titles as its first row, then its rows."""
    return chain([[column.title for column in table.columns]], table.rows)
