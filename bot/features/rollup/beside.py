"""Several statements read side by side, so that nothing is gathered."""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

ROWS_AT_ONCE = 1000
"""Rows that are in memory while many are read."""


class Beside(Generic[T]):
    """What belongs to something that is read at the same time, in the same order of keys."""

    def __init__(self, rows: Iterator[tuple[Any, T]]) -> None:
        """Read `rows` of a key and what belongs to it."""
        self._rows = rows
        self._next = next(rows, None)

    def of(self, key: Any) -> tuple[T, ...]:
        """Return what belongs to `key`; the keys before it must have been asked for.

        On PostgreSQL a later statement may see what an earlier one did not: that is left out.
        """
        found = []
        while self._next is not None and self._next[0] <= key:
            if self._next[0] == key:
                found.append(self._next[1])
            self._next = next(self._rows, None)
        return tuple(found)
