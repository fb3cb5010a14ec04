"""How complete the reports on each task are, for the office (ARC-03)."""

from collections.abc import Sequence

from bot.chat.cards.archive.buttons import ShowCompleteness
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import ListReports
from bot.chat.cards.reports.words import task_text
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import Config
from bot.features.reports.content import NO_TASK
from bot.features.reports.gaps import Completeness

_PAGE = 10
_WIDTH = 3


def completeness_screen(found: Sequence[Completeness], *, config: Config, number: int) -> Screen:
    """Return page `number` of the tasks with the share of reports that lack nothing."""
    page = page_of(found, number, size=_PAGE)
    lines: list[Text] = [_line(one, config) for one in page.items]
    rows: list[Row] = [
        [_button(one) for one in page.items[at : at + _WIDTH]]
        for at in range(0, len(page.items), _WIDTH)
    ]
    rows.append(pager(page.number, page.pages, ShowCompleteness))
    rows.append([home_button()])
    head = T("archive.complete_head")
    if not found:
        return Screen(Lines(head, T("archive.complete_none")), rows)
    return Screen(Lines(head, T("archive.complete_hint"), BLANK, *lines), rows)


def _line(one: Completeness, config: Config) -> Text:
    return T(
        "archive.complete_line",
        task=task_text(config, one.task_id),
        percent=one.percent,
        whole=one.whole,
        reports=one.reports,
    )


def _button(one: Completeness) -> Button:
    label = T("report.no_task") if one.task_id is None else Plain(one.task_id)
    return Button(T("archive.see_task", task=label), ListReports(task=one.task_id or NO_TASK))
