"""The matrix of units, tasks and months, read in a fixed number of statements (TASK-19)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select

from bot.config import Config, Task
from bot.db.work import View
from bot.features.coverage.rules import Cell, cell_of
from bot.features.deadlines.board import Board, boards, standing_of
from bot.features.deadlines.owing import known_deadlines
from bot.features.deadlines.periods import Deadline, is_monthly
from bot.features.reports import rules
from bot.features.reports.models import Report, ReportPartner
from bot.features.units.models import Unit
from bot.features.units.queries import register


@dataclass(frozen=True)
class Square:
    """One cell; `reports` counts what it is `done` by."""

    cell: Cell
    reports: int = 0


@dataclass(frozen=True)
class Line:
    """One row: a unit with the tasks that it holds.

    `unit_id` None is the row of tasks that no open unit answers for. `bound` tells whether
    somebody is the unit's contact.
    """

    unit_id: int | None
    name: str
    tasks: frozenset[str]
    bound: bool = True


_FOREIGN = Square(Cell.foreign)
Place = tuple[int | None, str, date]
"""A unit's id, a task and the first day of a month."""


@dataclass(frozen=True)
class Matrix:
    """How every unit stands with every task in every month; months in order."""

    tasks: Sequence[Task]
    months: Sequence[date]
    lines: Sequence[Line]
    squares: Mapping[Place, Square] = field(repr=False)

    def at(self, line: Line, task: Task, month: date) -> Square:
        """Return one cell."""
        return self.squares.get((line.unit_id, task.id, month), _FOREIGN)

    def section(self, section_id: str) -> "Matrix":
        """Return the part of one section: its tasks, and the units that hold one of them."""
        return self.of_tasks([one for one in self.tasks if one.section == section_id])

    def of_tasks(self, tasks: Sequence[Task]) -> "Matrix":
        """Return the part of some tasks, and the units that hold one of them."""
        ids = {task.id for task in tasks}
        return replace(self, tasks=tasks, lines=[one for one in self.lines if one.tasks & ids])

    def counts(self, month: date) -> Counter[Cell]:
        """Return how many cells of a month are in each state; foreign ones are none."""
        found = Counter(
            self.at(line, task, month).cell for line in self.lines for task in self.tasks
        )
        del found[Cell.foreign]
        return found


def matrix(
    view: View, config: Config, *, until: date | None = None, most: int | None = None
) -> Matrix:
    """Return the matrix of the months that have begun, seven statements.

    `until` (the first day of a month) leaves out later ones, `most` all but the last so many; None
    leaves out none.
    """
    upto = [one for one in month_deadlines(view, config) if until is None or one.month <= until]
    found = boards(view, config, [one.deadline for one in upto[-(most or len(upto)) :]])
    by_month = {month: board for board in found if (month := board.deadline.month) is not None}
    units = register(view)
    held = _held(config, units)
    squares = _squares(held, by_month, _reports(view))
    rows = {unit_id for unit_id, _, _ in squares}
    bound = _bound(found)
    lines = [
        Line(
            unit.id,
            unit.name,
            held[unit.id],
            # A closed unit needs nobody any more.
            bound=unit.id in bound or unit.closed_at is not None,
        )
        for unit in units
        if unit.id in rows
    ]
    nobodys = _nobodys(config, list(by_month), squares)
    if nobodys:
        lines.append(Line(None, "", frozenset(task for _, task, _ in nobodys)))
    every = {**squares, **dict.fromkeys(nobodys, Square(Cell.unassigned))}
    return Matrix(config.tasks, list(by_month), lines, every)


@dataclass(frozen=True)
class MonthDeadline:
    """A deadline of the month's information, and the first day of its month."""

    month: date
    deadline: Deadline


def month_deadlines(view: View, config: Config) -> list[MonthDeadline]:
    """Return the deadlines by which a month's information is overdue, in order; one statement.

    They are those of the first monthly obligation that has a due day.
    """
    monthly = [one for one in known_deadlines(view, config) if is_monthly(one.obligation)]
    return [
        MonthDeadline(one.month, one)
        for one in monthly
        if one.month is not None and one.obligation is monthly[0].obligation
    ]


def _held(config: Config, units: Sequence[Unit]) -> dict[int, frozenset[str]]:
    """Return the tasks that each unit answers for, itself or as a member of its group."""
    slugs = {unit.id: unit.slug for unit in units}
    return {
        unit.id: frozenset(
            task.id
            for task in config.tasks_of_unit(
                unit.slug, groups=[slugs[unit.parent_id]] if unit.parent_id in slugs else ()
            )
        )
        for unit in units
    }


def _bound(found: Sequence[Board]) -> set[int]:
    """Return the units that have a contact; a group without members needs none."""
    bound = {unit_id for board in found for unit_id in board.contacts}
    return bound | {group.id for board in found for group in board.empty_groups}


def _squares(
    held: Mapping[int, frozenset[str]],
    by_month: Mapping[date, Board],
    reports: Mapping[Place, int],
) -> dict[Place, Square]:
    squares: dict[Place, Square] = {}
    for month, board in by_month.items():
        for slot in board.slots:
            standing = standing_of(slot, board.now)
            for task in held[slot.unit.id]:
                number = reports.get((slot.unit.id, task, month), 0)
                squares[slot.unit.id, task, month] = Square(cell_of(number, standing), number)
        for group in board.empty_groups:
            for task in held[group.id]:
                squares[group.id, task, month] = Square(Cell.unassigned)
    return squares


def _nobodys(
    config: Config, months: Sequence[date], squares: Mapping[Place, Square]
) -> list[Place]:
    """Return where a task has no unit in a month, not even a group without members."""
    somebodys = {(task, month) for _, task, month in squares}
    return [
        (None, task.id, month)
        for task in config.tasks
        for month in months
        if (task.id, month) not in somebodys
    ]


def _reports(view: View) -> dict[Place, int]:
    """Return how many reports count for each unit, task and month; two statements.

    An activity that another unit reported with this one as its partner counts where the unit
    reported nothing of its own: it took part, and need not tell it twice (REP-10).
    """
    group = (Report.task_id, Report.month)
    own = view.session.execute(
        select(Report.unit_id, *group, func.count(Report.id))
        .where(Report.task_id.is_not(None), Report.status.in_(rules.COUNTED))
        .group_by(Report.unit_id, *group)
    )
    joined = view.session.execute(
        select(ReportPartner.unit_id, *group, func.count(Report.id.distinct()))
        .join(Report, Report.id == ReportPartner.report_id)
        .where(
            Report.task_id.is_not(None),
            Report.status.in_(rules.COUNTED),
            ReportPartner.unit_id.is_not(None),
        )
        .group_by(ReportPartner.unit_id, *group)
    )
    found = {(unit, str(task), month): number for unit, task, month, number in joined}
    return found | {(unit, str(task), month): number for unit, task, month, number in own}
