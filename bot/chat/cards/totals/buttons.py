"""The buttons of totals; each carries which reports are added up."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback
from bot.features.rollup.scope import Scope


@callback("tt", shows=True)
@dataclass(frozen=True)
class ShowTotals:
    """Shows a page of totals; None leaves a thing open.

    `task` is the id of a task or of a section, `NO_TASK` is 其他.
    """

    month: date | None = None
    unit_id: int | None = None
    task: str | None = None
    page: int = 1


@callback("tt.u", shows=True)
@dataclass(frozen=True)
class ChooseUnit:
    """Shows a page of units, to look at the totals of one."""

    month: date | None
    task: str | None
    page: int = 1


@callback("tt.t", shows=True)
@dataclass(frozen=True)
class ChooseTask:
    """Shows a page of tasks, to look at the totals of one."""

    month: date | None
    unit_id: int | None
    page: int = 1


@callback("tt.f", shows=True)
@dataclass(frozen=True)
class ShowFigure:
    """Shows a page of the reports behind one total."""

    month: date | None
    unit_id: int | None
    task: str | None
    metric: str
    page: int = 1


def chosen(scope: Scope) -> str | None:
    """Return the task or section of `scope`; None where it is of all."""
    return scope.task or scope.section


def totals_of(scope: Scope, page: int = 1) -> ShowTotals:
    """Return the data of a button that shows the totals in `scope`."""
    return ShowTotals(scope.month, scope.unit_id, chosen(scope), page)


def figure_in(scope: Scope, metric: str, page: int = 1) -> ShowFigure:
    """Return the data of a button that opens one total in `scope`."""
    return ShowFigure(scope.month, scope.unit_id, chosen(scope), metric, page)
