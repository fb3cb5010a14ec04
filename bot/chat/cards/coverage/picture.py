"""A section's matrix as pictures for a phone, and as text where no picture can be drawn."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.cards.coverage.buttons import ShowMatrix
from bot.chat.cards.coverage.words import (
    counts_text,
    legend,
    line_name,
    month_text,
    months_text,
    sign_of,
    state_text,
    task_name,
)
from bot.chat.cards.home import home_button
from bot.chat.making import Blueprint, Making, makes
from bot.chat.refusal import sentence
from bot.chat.render import to_plain
from bot.chat.screen import Button, Screen, Toast
from bot.chat.text import BLANK, Lines, Listed, Month, T, Text
from bot.config import Config, Task, TaskSection
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.coverage.matrix import Line, Matrix, matrix
from bot.features.coverage.rules import Cell, pages_of
from bot.features.making.service import FileOrder
from bot.render.errors import RenderError
from bot.render.limits import Job

KIND = "matrix_picture"
"""The kind of file that a picture is."""
MOST_ROWS = 24
"""Units on one picture: more are not legible on a phone."""
MOST_PICTURES = 8
"""Pictures of one section; what does not fit on them stands in the workbook."""
_MOST_COLUMNS = 15
_BETWEEN = " · "


@dataclass(frozen=True)
class Drawn:
    """What one picture shows: some lines of a section's matrix up to a month."""

    section: TaskSection
    matrix: Matrix
    month: date
    page: int
    pages: int


def order_of(section: str, month: date, page: int) -> FileOrder:
    """Return the order of one picture."""
    return FileOrder(KIND, {"section": section, "month": month.isoformat(), "page": page})


def pictures(view: View, config: Config, section_id: str, month: date) -> list[Drawn]:
    """Return what the pictures of a section show; seven statements.

    Raises NotFound for a section that is not configured and a month that has not begun.
    """
    section = config.section(section_id)
    tasks = sum(one.section == section.id for one in config.tasks)
    most = max(1, _MOST_COLUMNS // max(1, tasks))
    found = matrix(view, config, until=month, most=most).section(section.id)
    if month not in found.months:
        raise NotFound
    pages = pages_of(len(found.lines), most=MOST_ROWS)
    return [
        Drawn(section, replace(found, lines=found.lines[first:last]), month, number, len(pages))
        for number, (first, last) in enumerate(pages, 1)
    ]


def started_screen(
    drawn: Sequence[Drawn], *, section: TaskSection, month: date, today: date
) -> Screen:
    """Say that the pictures are under way; each follows as a message of its own."""
    ways = [[Button(T("coverage.back"), ShowMatrix(month)), home_button()]]
    name = T("coverage.section_name", number=section.number, title=section.title)
    if not drawn:
        return Screen(Lines(name, T("coverage.nothing")), ways)
    counts = _section_counts(drawn)
    also = [
        Screen(
            _caption(one, counts, today=today),
            ways if one is drawn[-1] or one.page == MOST_PICTURES else [],
            order=order_of(section.id, month, one.page),
        )
        for one in drawn[:MOST_PICTURES]
    ]
    return Screen(T("coverage.drawing", what=name), ways, also=also)


def under_way() -> Toast:
    """Say that the same picture is being made already."""
    return Toast(T("coverage.under_way"), alert=True)


def instead(making: Making, error: RenderError) -> Screen:
    """Return the picture's contents as text. Raises NotAllowed for who may see it no more."""
    drawn = _asked(making)
    ways = [[Button(T("coverage.back"), ShowMatrix(drawn.month)), home_button()]]
    name = T("coverage.section_name", number=drawn.section.number, title=drawn.section.title)
    lines = [_text_line(drawn.matrix, line) for line in drawn.matrix.lines]
    return Screen(
        Lines(sentence(error), T("coverage.in_words"), BLANK, name, _pages(drawn), *lines),
        ways,
    )


@makes(KIND, Job.grid, sent_as="photo", instead=instead)
def draw(making: Making) -> Blueprint:
    """Say what a picture shows. Raises NotAllowed for who may see it no more."""
    drawn = _asked(making)

    def say(text: Text) -> str:
        return to_plain(text, making.voice)

    tasks, months = drawn.matrix.tasks, drawn.matrix.months
    section = drawn.section
    subtitle = Listed(
        [
            T("coverage.title"),
            months_text(months),
            T("coverage.as_of", at=making.view.now),
            *([_pages(drawn)] if drawn.pages > 1 else []),
        ],
        between=_BETWEEN,
    )
    grid = {
        "title": say(T("coverage.section_name", number=section.number, title=section.title)),
        "subtitle": say(subtitle),
        "groups": [[task.id, [say(Month(month)) for month in months]] for task in tasks],
        "rows": [
            [
                say(line_name(line)),
                [_cell(drawn.matrix, line, task, month, say) for task in tasks for month in months],
            ]
            for line in drawn.matrix.lines
        ],
        "legend": [[cell.value, say(meaning), say(sign)] for cell, meaning, sign in legend()],
        "notes": [say(task_name(task)) for task in tasks],
    }
    name = T("coverage.picture_file", section=section.id, month=f"{drawn.month:%Y-%m}")
    return Blueprint(say(name), iter([grid]))


def _section_counts(drawn: Sequence[Drawn]) -> Text:
    """Return how many cells of all the pictures are in which state in the month."""
    counts = [one.matrix.counts(one.month) for one in drawn]
    return counts_text(sum(counts, Counter()))


def _asked(making: Making) -> Drawn:
    making.actor.check(Role.coordinator, Role.supervisor)
    params = making.params
    month = date.fromisoformat(params["month"])
    drawn = pictures(making.view, making.config, params["section"], month)
    if not drawn:
        raise NotFound
    # Units may have gone since it was ordered: then the last picture is there once more.
    return drawn[min(int(params["page"]), len(drawn)) - 1]


def _cell(
    found: Matrix, line: Line, task: Task, month: date, say: Callable[[Text], str]
) -> list[str]:
    square = found.at(line, task, month)
    return [square.cell.value, say(sign_of(square))]


def _caption(drawn: Drawn, counts: Text, *, today: date) -> Text:
    section = drawn.section
    return Lines(
        T("coverage.section", number=section.number, title=section.title),
        T("coverage.month_counts", month=month_text(drawn.month, today), counts=counts),
        _pages(drawn) if drawn.pages > 1 else None,
        T("coverage.rest_in_book")
        if drawn.pages > MOST_PICTURES and drawn.page == MOST_PICTURES
        else None,
    )


def _pages(drawn: Drawn) -> Text:
    return T("coverage.page", page=drawn.page, pages=drawn.pages)


def _text_line(found: Matrix, line: Line) -> Text:
    """Return a row of the picture in words, without the tasks that are not the unit's."""
    states = [
        T("coverage.task_month", task=task.id, month=Month(month), state=state_text(square))
        for task in found.tasks
        for month in found.months
        if (square := found.at(line, task, month)).cell is not Cell.foreign
    ]
    return T("coverage.text_line", unit=line_name(line), states=Listed(states, between=_BETWEEN))
