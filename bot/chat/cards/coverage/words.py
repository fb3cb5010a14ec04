"""What the cells of the matrix are called, written out and in one sign."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.text import Listed, Month, Plain, T, Text, tn
from bot.config import Task
from bot.features.coverage.matrix import Line, Square
from bot.features.coverage.rules import Cell

_BETWEEN = " · "
_COUNTED: Mapping[Cell, str] = {
    Cell.done: "coverage.count_done",
    Cell.none: "coverage.count_none",
    Cell.overdue: "coverage.count_overdue",
    Cell.excused: "coverage.count_excused",
    Cell.unassigned: "coverage.count_unassigned",
}
"""In the order in which they are counted and explained."""
_MEANINGS: Mapping[Cell, Text] = {
    Cell.done: T("coverage.means_done"),
    Cell.none: T("coverage.means_none"),
    Cell.overdue: T("coverage.means_overdue"),
    Cell.excused: T("coverage.means_excused"),
    Cell.unassigned: T("coverage.means_unassigned"),
    Cell.foreign: T("coverage.means_foreign"),
}
_SIGNS: Mapping[Cell, Text] = {
    Cell.overdue: T("coverage.sign_overdue"),
    Cell.excused: T("coverage.sign_excused"),
    Cell.unassigned: T("coverage.sign_unassigned"),
}


def counts_text(counts: Counter[Cell]) -> Text:
    """Return how many cells are in which state; the states that none is in are left out."""
    parts = [T(key, count=counts[cell]) for cell, key in _COUNTED.items() if counts[cell]]
    return Listed(parts, between=_BETWEEN) if parts else T("coverage.nothing")


def legend() -> list[tuple[Cell, Text, Text]]:
    """Return what each state means, and its sign."""
    blank = Plain("")
    return [(cell, meaning, _SIGNS.get(cell, blank)) for cell, meaning in _MEANINGS.items()]


def sign_of(square: Square) -> Text:
    """Return what is written in a cell of the picture."""
    if square.cell is Cell.done:
        return Plain(str(square.reports))
    return _SIGNS.get(square.cell, Plain(""))


def state_text(square: Square) -> Text:
    """Return a cell in words; nothing for a task that is not the unit's."""
    if square.cell is Cell.done:
        return tn("coverage.state_done", square.reports)
    return Plain("") if square.cell is Cell.foreign else _MEANINGS[square.cell]


def line_name(line: Line) -> Text:
    """Return a row's name."""
    return T("coverage.nobody") if line.unit_id is None else Plain(line.name)


def names_text(lines: Sequence[Line], *, most: int) -> Text:
    """Return the names of units, at most `most` of them, and how many there are in all."""
    names = Listed([line_name(line) for line in lines[:most]])
    if len(lines) <= most:
        return names
    return tn("coverage.names_of", len(lines), names=names)


def task_name(task: Task) -> Text:
    """Return a task's id and title."""
    return T("task.name", id=task.id, title=task.title)


def month_text(month: date, today: date) -> Text:
    """Return a month, with its year where that is not this one."""
    if month.year == today.year:
        return Month(month)
    return T("coverage.month_of", year=str(month.year), month=Month(month))


def months_text(months: Sequence[date]) -> Text:
    """Return from which to which month, with the years."""
    first, last = (
        T("coverage.month_of", year=str(one.year), month=Month(one))
        for one in (months[0], months[-1])
    )
    if len(months) == 1:
        return first
    same = months[0].year == months[-1].year
    return T("coverage.months", first=first, last=Month(months[-1]) if same else last)
