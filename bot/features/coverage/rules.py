"""How one unit stands with one task in one month; pure (TASK-19)."""

import itertools
from enum import StrEnum

from bot.features.deadlines.board import Standing

_EXCUSED = frozenset({Standing.no_activity, Standing.explained})


class Cell(StrEnum):
    """How a unit stands with a task in a month.

    `done`: something was reported on the task. `none`: nothing was, and nothing is late: the month
    runs, or what the unit filed for it says nothing of this task, which the document does not ask
    for each month. `overdue`: nothing was, and the unit's month is not filed though its deadline
    has passed. `excused`: nothing was, and the unit filed 本月无活动 or 情况说明. `foreign`: the
    task is not the unit's, or the unit was not in the register then. `unassigned`: the task is
    nobody's, as its units are closed or its group has no members yet.
    """

    done = "done"
    none = "none"
    overdue = "overdue"
    excused = "excused"
    foreign = "foreign"
    unassigned = "unassigned"


def cell_of(reports: int, standing: Standing | None) -> Cell:
    """Return how a unit stands with a task that is its own.

    `reports` counts what it reported on the task in the month. `standing` says how it stands with
    the month as a whole; None: it owed no month then.
    """
    if reports:
        return Cell.done
    if standing is None:
        return Cell.foreign
    if standing in _EXCUSED:
        return Cell.excused
    return Cell.overdue if standing is Standing.overdue else Cell.none


def pages_of(rows: int, *, most: int) -> list[tuple[int, int]]:
    """Return from which to which row each page goes (half-open), none larger than `most`.

    The pages are as even as can be, so that the last is no leftover. No rows make no page.
    """
    if rows <= 0:
        return []
    pages = -(-rows // most)
    ends = [rows * number // pages for number in range(pages + 1)]
    return list(itertools.pairwise(ends))
