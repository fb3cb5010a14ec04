"""The matrix as text: the counts of each section, and the list of what is missing (TASK-19)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from bot.chat.cards.coverage.buttons import DrawSection, MakeBook, ShowGaps, ShowMatrix
from bot.chat.cards.coverage.words import (
    counts_text,
    line_name,
    month_text,
    names_text,
    task_name,
)
from bot.chat.cards.deadlines.buttons import OpenBoard
from bot.chat.cards.home import home_button
from bot.chat.pager import page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text
from bot.config import Config
from bot.features.coverage.gaps import Gaps, TaskGap
from bot.features.coverage.matrix import Matrix
from bot.features.coverage.rules import Cell

PAGE = 14
"""Lines of the gap list on one page."""
_MOST_NAMES = 6
_IN_A_ROW = 2
_HEADS: Mapping[Cell | None, Text] = {
    Cell.unassigned: T("coverage.gaps_unassigned"),
    Cell.overdue: T("coverage.gaps_overdue"),
    Cell.none: T("coverage.gaps_none"),
    None: T("coverage.gaps_unbound"),
}


def matrix_screen(config: Config, found: Matrix, months: Sequence[date], *, today: date) -> Screen:
    """Return how many cells of each section are in which state in the last month of `found`.

    `months` are all that can be turned to.
    """
    month = found.months[-1]
    parts: list[Text] = [
        T("coverage.head", month=month_text(month, today)),
        counts_text(found.counts(month)),
    ]
    for section in config.sections:
        part = found.section(section.id)
        parts += [
            BLANK,
            T("coverage.section", number=section.number, title=section.title),
            counts_text(part.counts(month)),
        ]
    pictures = [
        Button(T("coverage.draw", section=one.id), DrawSection(one.id, month))
        for one in config.sections
    ]
    return Screen(
        Lines(*parts),
        [
            *rows_of(pictures, width=_IN_A_ROW),
            [
                Button(T("coverage.see_gaps"), ShowGaps(month)),
                Button(T("coverage.make_book"), MakeBook()),
            ],
            _turns(months, month, today),
            [home_button()],
        ],
    )


def no_matrix() -> Screen:
    """Say that no month has begun yet."""
    return Screen(T("coverage.no_months"), [[home_button()]])


def gaps_screen(gaps: Gaps, *, number: int, today: date, board: tuple[str, str] | None) -> Screen:
    """Return a page of what is missing; `board` names the deadline where units are reminded."""
    head = T("coverage.gaps_head", month=month_text(gaps.month, today))
    way_back = Button(T("coverage.back"), ShowMatrix(gaps.month))
    if gaps.is_empty:
        return Screen(Lines(head, T("coverage.no_gaps")), [[way_back, home_button()]])
    page = page_of(list(_gap_lines(gaps)), number, size=PAGE)
    rows: list[Row] = [pager(page.number, page.pages, lambda to: ShowGaps(gaps.month, to))]
    if board is not None:
        rows.append([Button(T("coverage.see_board"), OpenBoard(*board))])
    rows.append([way_back, home_button()])
    parts: list[Text] = [head]
    for kind, lines in groupby(page.items, key=itemgetter(0)):
        parts += [BLANK, _HEADS[kind], *(line for _, line in lines)]
    return Screen(Lines(*parts), rows)


def open_points(gaps: Gaps, *, today: date) -> list[Text]:
    """Return what is missing on a task in the month of `gaps`, or that nothing is."""
    month = month_text(gaps.month, today)
    lines: list[Text] = [T("coverage.task_unassigned", who=_who(one)) for one in gaps.unassigned]
    lines += [
        T("coverage.task_overdue", month=month, units=names_text(one.lines, most=_MOST_NAMES))
        for one in gaps.overdue
    ]
    lines += [
        T("coverage.task_none", month=month, units=names_text(one.lines, most=_MOST_NAMES))
        for one in gaps.none
    ]
    if gaps.unbound:
        units = names_text(gaps.unbound, most=_MOST_NAMES)
        lines.append(T("coverage.task_unbound", units=units))
    return lines or [T("coverage.task_complete", month=month)]


def _gap_lines(gaps: Gaps) -> Iterator[tuple[Cell | None, Text]]:
    """Yield each line with the kind of gap that it is; None: units without a contact."""
    for one in gaps.unassigned:
        yield Cell.unassigned, T("coverage.gap", task=task_name(one.task), units=_who(one))
    for cell, found in ((Cell.overdue, gaps.overdue), (Cell.none, gaps.none)):
        for one in found:
            units = names_text(one.lines, most=_MOST_NAMES)
            yield cell, T("coverage.gap", task=task_name(one.task), units=units)
    if gaps.unbound:
        yield None, names_text(gaps.unbound, most=_MOST_NAMES)


def _who(gap: TaskGap) -> Text:
    """Return why a task is nobody's."""
    if not gap.lines:
        return T("coverage.no_unit")
    groups = Listed([line_name(line) for line in gap.lines])
    return T("coverage.no_members", units=groups)


def _turns(months: Sequence[date], month: date, today: date) -> Row:
    before = [one for one in months if one < month]
    after = [one for one in months if one > month]
    turns = []
    if before:
        label = T("coverage.month_before", month=month_text(before[-1], today))
        turns.append(Button(label, ShowMatrix(before[-1])))
    if after:
        label = T("coverage.month_after", month=month_text(after[0], today))
        turns.append(Button(label, ShowMatrix(after[0])))
    return turns
