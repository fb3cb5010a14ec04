"""The whole matrix as a workbook: every unit, task and month, the gaps, the set numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from bot.chat.cards.coverage.buttons import ShowMatrix
from bot.chat.cards.coverage.measured import verdict_text, week_line
from bot.chat.cards.coverage.words import line_name, state_text, task_name
from bot.chat.cards.home import home_button
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import to_plain
from bot.chat.screen import Button, Screen, Toast
from bot.chat.text import T, Text
from bot.config import Config, Metric, Task
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.features.coverage.matrix import Line, Matrix, Square, matrix
from bot.features.coverage.measured import MonthShare, ShareSeries, WeekSeries, measured
from bot.features.coverage.rules import Cell
from bot.features.coverage.share import Verdict
from bot.features.making.service import FileOrder
from bot.render.limits import Job

KIND = "matrix_book"
"""The kind of file that the workbook is."""
ORDER = FileOrder(KIND)
"""The order of the workbook."""

_TEXT, _NUMBER, _DATE = "text", "number", "date"
_MONTH = "%Y-%m"
_ROWS_IN_FRAME = 100
_MARKED = {Cell.unassigned: "#F4A6A6", Cell.overdue: "#FBD9A5"}
_OPEN = frozenset({Cell.unassigned, Cell.overdue, Cell.none})


def started_screen() -> Screen:
    """Say that the workbook is under way; it follows as a message of its own."""
    ways = [[Button(T("coverage.back"), ShowMatrix(None)), home_button()]]
    file = Screen(T("coverage.book_caption"), ways, order=ORDER)
    return Screen(T("coverage.making_book"), ways, also=[file])


def under_way() -> Toast:
    """Say that the same workbook is being made already."""
    return Toast(T("coverage.under_way"), alert=True)


@makes(KIND, Job.xlsx)
def draw(making: Making) -> Blueprint:
    """Say what the workbook holds. Raises NotAllowed for who may see it no more."""
    making.actor.check(Role.coordinator, Role.supervisor)
    config, today = making.config, local_day(making.view.now, making.config.time.zone_info)
    name = T("coverage.book_file", district=config.campaign.district, day=today.isoformat())
    return Blueprint(to_plain(name, making.voice), _sheets(making))


def _sheets(making: Making) -> Iterator[object]:
    found = matrix(making.view, making.config)
    book = _Book(making)
    yield from book.matrix(found)
    yield from book.gaps(found)
    for series in measured(making.view, making.config):
        if isinstance(series, ShareSeries):
            yield from book.shares(series)
        else:
            yield from book.weeks(series)


class _Book:
    """The sheets, in one reader's language."""

    def __init__(self, making: Making) -> None:
        self._config: Config = making.config
        self._voice = making.voice

    def plain(self, text: Text) -> str:
        """Return `text` without mark-up."""
        return to_plain(text, self._voice)

    def matrix(self, found: Matrix) -> Iterator[object]:
        """Return a row for each unit and task of it, a column for each month."""
        months = [[month.strftime(_MONTH), _TEXT] for month in found.months]
        head = self._head(T("coverage.title"), self._first_columns(), months)
        yield {**head, "marks": self._marks()}
        held = _held(found)
        yield from _framed(
            [*self._first(line, task), *self._states(found, line, task)] for task, line in held
        )

    def gaps(self, found: Matrix) -> Iterator[object]:
        """Return a row for each unit, task and month in which something is open."""
        columns: list[tuple[Text, str]] = [
            (T("coverage.column_month"), _TEXT),
            (T("coverage.column_state"), _TEXT),
        ]
        head = self._head(T("coverage.gaps_title"), [*self._first_columns(), *columns])
        yield {**head, "marks": self._marks()}
        yield from _framed(
            [*self._first(line, task), month.strftime(_MONTH), self.plain(state_text(square))]
            for task, line in _held(found)
            for month in found.months
            if (square := found.at(line, task, month)).cell in _OPEN
        )

    def shares(self, series: ShareSeries) -> Iterator[object]:
        """Return a row for each month that has a share."""
        target = series.target
        columns: list[tuple[Text, str]] = [
            (T("coverage.column_month"), _TEXT),
            (_metric(target.part), _NUMBER),
            (_metric(target.whole), _NUMBER),
            (T("coverage.column_percent"), _NUMBER),
            (T("coverage.column_result"), _TEXT),
            (T("coverage.column_short", unit=target.part.counted_in), _NUMBER),
        ]
        yield self._head(T("coverage.share_sheet", task=target.task.id), columns)
        yield from _framed(self._share(one, target.at_least) for one in series.months)

    def weeks(self, series: WeekSeries) -> Iterator[object]:
        """Return a row for each week."""
        columns: list[tuple[Text, str]] = [
            (T("coverage.column_first"), _DATE),
            (T("coverage.column_last"), _DATE),
            (_metric(series.target.metric), _NUMBER),
            (T("coverage.column_result"), _TEXT),
        ]
        yield self._head(T("coverage.weeks_sheet", task=series.target.task.id), columns)
        yield from _framed(
            [
                week.first.isoformat(),
                week.last.isoformat(),
                f"{week.aired:f}",
                self.plain(week_line(series, week)),
            ]
            for week in series.weeks
        )

    def _share(self, one: MonthShare, at_least: Decimal) -> list[object]:
        share = one.share
        percent = one.told if share is None else share.percent
        return [
            one.month.strftime(_MONTH),
            None if share is None else f"{share.part:f}",
            None if share is None else f"{share.whole:f}",
            None if percent is None else f"{percent:f}",
            self.plain(verdict_text(one, at_least)),
            None
            if share is None or share.verdict is not Verdict.short
            else str(share.by_replacing),
        ]

    def _marks(self) -> dict[str, str]:
        """Return the colours of the states that somebody must do something about."""
        return {self.plain(state_text(Square(cell))): colour for cell, colour in _MARKED.items()}

    def _first_columns(self) -> list[tuple[Text, str]]:
        return [
            (T("coverage.column_section"), _TEXT),
            (T("coverage.column_task"), _TEXT),
            (T("coverage.column_unit"), _TEXT),
        ]

    def _first(self, line: Line, task: Task) -> list[object]:
        section = self._config.section(task.section)
        return [
            self.plain(T("coverage.section_name", number=section.number, title=section.title)),
            self.plain(task_name(task)),
            self.plain(line_name(line)),
        ]

    def _states(self, found: Matrix, line: Line, task: Task) -> list[object]:
        return [self.plain(state_text(found.at(line, task, month))) for month in found.months]

    def _head(
        self,
        title: Text,
        columns: Sequence[tuple[Text, str]],
        more: Sequence[Sequence[str]] = (),
    ) -> dict[str, Any]:
        named = [[self.plain(name), kind] for name, kind in columns]
        return {"sheet": self.plain(title), "columns": [*named, *more]}


def _metric(metric: Metric) -> Text:
    return T("coverage.column_metric", name=metric.name, unit=metric.counted_in)


def _held(found: Matrix) -> Iterator[tuple[Task, Line]]:
    """Return each task with each unit that holds it, in the document's order."""
    return ((task, line) for task in found.tasks for line in found.lines if task.id in line.tasks)


def _framed(rows: Iterator[list[object]]) -> Iterator[dict[str, Any]]:
    while some := list(islice(rows, _ROWS_IN_FRAME)):
        yield {"rows": some}
