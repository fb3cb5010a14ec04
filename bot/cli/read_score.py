"""How much of what was expected the reader found: precision and recall, field by field."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_ALIKE = 0.5
"""Share of character pairs that two titles have in common to be the same activity's."""
_FIELDS = ("date", "place", "partners", "metrics", "unit", "approx", "title", "task")


@dataclass
class _Count:
    expected: int = 0
    found: int = 0
    right: int = 0


@dataclass
class Score:
    """Counts over all lines. A field that a line does not carry is not counted for it."""

    _counts: dict[str, _Count] = field(default_factory=lambda: defaultdict(_Count))
    _decoys: int = 0

    def add(self, expected: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        """Count one line: what it carries, and what was read from its text."""
        for name, key, sets in _COMPARED:
            if key in expected:
                self._count(name, sets(expected), sets(found))
        if "title" in expected:
            self._count_title(expected["title"], found["title"])
        given = expected.get("metrics")
        if given is not None:
            self._decoys += len(set(found["metrics"]) - set(given))

    def table(self) -> str:
        """Return the table, and how many numbers were taken that are none of a metric's."""
        rows = [
            f"{'field':<10}{'expected':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}"
        ]
        for name in _FIELDS:
            one = self._counts.get(name, _Count())
            precision, recall = _ratio(one.right, one.found), _ratio(one.right, one.expected)
            numbers = f"{one.expected:>9}{one.found:>7}{one.right:>7}{precision:>11}{recall:>8}"
            rows.append(f"{name:<10}{numbers}")
        return "\n".join([*rows, f"decoys taken as numbers: {self._decoys}", ""])

    def _count(self, name: str, expected: set[Hashable], found: set[Hashable]) -> None:
        one = self._counts[name]
        one.expected += len(expected)
        one.found += len(found)
        one.right += len(expected & found)

    def _count_title(self, expected: str | None, found: str | None) -> None:
        one = self._counts["title"]
        one.expected += expected is not None
        one.found += found is not None
        one.right += expected is not None and found is not None and _alike(expected, found)


def _date(line: Mapping[str, Any]) -> set[Hashable]:
    return {line["date"]} - {None}


def _place(line: Mapping[str, Any]) -> set[Hashable]:
    return {line["place"]} - {None}


def _partners(line: Mapping[str, Any]) -> set[Hashable]:
    return set(line["partner_units"])


def _task(line: Mapping[str, Any]) -> set[Hashable]:
    return {line["task_guess"]} - {None}


def _values(line: Mapping[str, Any]) -> set[Hashable]:
    return {(slug, float(one["value"])) for slug, one in line["metrics"].items()}


def _units(line: Mapping[str, Any]) -> set[Hashable]:
    return {(slug, one["unit"]) for slug, one in line["metrics"].items()}


def _approximate(line: Mapping[str, Any]) -> set[Hashable]:
    return {(slug, bool(one["approx"])) for slug, one in line["metrics"].items()}


_COMPARED = (
    ("date", "date", _date),
    ("place", "place", _place),
    ("partners", "partner_units", _partners),
    ("metrics", "metrics", _values),
    ("unit", "metrics", _units),
    ("approx", "metrics", _approximate),
    ("task", "task_guess", _task),
)


def _alike(one: str, other: str) -> bool:
    """Tell whether two titles share most of their character pairs; nobody words them the same."""
    ours, theirs = set(_pairs(one)), set(_pairs(other))
    shared = len(ours & theirs)
    return shared >= _ALIKE * max(1, min(len(ours), len(theirs)))


def _pairs(text: str) -> Iterator[str]:
    plain = [char for char in text if char.isalnum()]
    for left, right in pairwise(plain):
        yield left + right


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
