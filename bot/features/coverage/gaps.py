"""What is missing, in order of how much it matters; pure (TASK-19: the gap list)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.config import Task
from bot.features.coverage.matrix import Line, Matrix
from bot.features.coverage.rules import Cell


@dataclass(frozen=True)
class TaskGap:
    """The units that leave something open on one task; groups without members are `lines` too.

    `lines` is empty for a task that has no unit at all.
    """

    task: Task
    lines: Sequence[Line]


@dataclass(frozen=True)
class Gaps:
    """What is missing in one month.

    `unassigned` tasks are nobody's. `overdue` and `none` are by task; `unbound` units have no
    contact, so that nobody can report for them.
    """

    month: date
    unassigned: Sequence[TaskGap]
    overdue: Sequence[TaskGap]
    none: Sequence[TaskGap]
    unbound: Sequence[Line]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not (self.unassigned or self.overdue or self.none or self.unbound)


def gaps_of(matrix: Matrix, month: date) -> Gaps:
    """Return what is missing in `month`, tasks and units in the document's order."""
    return Gaps(
        month,
        unassigned=_by_task(matrix, month, Cell.unassigned),
        overdue=_by_task(matrix, month, Cell.overdue),
        none=_by_task(matrix, month, Cell.none),
        unbound=[
            line
            for line in matrix.lines
            if not line.bound and any(_counts(matrix, line, task, month) for task in matrix.tasks)
        ],
    )


def _counts(matrix: Matrix, line: Line, task: Task, month: date) -> bool:
    return matrix.at(line, task, month).cell is not Cell.foreign


def _by_task(matrix: Matrix, month: date, cell: Cell) -> list[TaskGap]:
    found = [
        (task, [line for line in matrix.lines if matrix.at(line, task, month).cell is cell])
        for task in matrix.tasks
    ]
    return [
        TaskGap(task, [line for line in lines if line.unit_id is not None])
        for task, lines in found
        if lines
    ]
