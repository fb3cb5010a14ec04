"""The report of a notice, by unit, on the screen and as a workbook; sending again what failed."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.cards.receipts.buttons import (
    MakeReport,
    RequeueFailed,
    ShowMissing,
    ShowReplies,
    ShowReport,
)
from bot.chat.cards.receipts.confirming import first_words
from bot.chat.making import Blueprint, Making, makes
from bot.chat.pager import page_count, pager
from bot.chat.render import to_plain
from bot.chat.screen import Button, Row, Screen, Style, Toast
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.core.errors import NotFound
from bot.features.making.service import FileOrder
from bot.features.notices.models import Notice
from bot.features.outbox.models import State
from bot.features.receipts.report import Figures, PersonLine, all_people, by_unit, check_reader
from bot.features.receipts.standing import wants_receipt
from bot.render.limits import Job

PAGE = 12
"""Units on one page."""
KIND = "notice_report"
"""The kind of file that a coordinator orders."""
_ROWS_IN_FRAME = 100
_TEXT, _NUMBER = "text", "number"
_UNIT_COLUMNS: list[tuple[Text, str]] = [
    (T("receipts.column_unit"), _TEXT),
    (T("receipts.column_total"), _NUMBER),
    (T("receipts.column_sent"), _NUMBER),
    (T("receipts.column_blocked"), _NUMBER),
    (T("receipts.column_failed"), _NUMBER),
    (T("receipts.column_unknown"), _NUMBER),
    (T("receipts.column_confirmed"), _NUMBER),
]
_PEOPLE_COLUMNS: list[tuple[Text, str]] = [
    (T("receipts.column_unit"), _TEXT),
    (T("receipts.column_name"), _TEXT),
    (T("receipts.column_state"), _TEXT),
    (T("receipts.column_confirmed_at"), _TEXT),
]
_STATES = {
    State.sent: T("receipts.delivered"),
    State.unknown: T("receipts.state_unknown"),
    State.blocked: T("receipts.state_blocked"),
    State.failed: T("receipts.state_failed"),
    State.cancelled: T("receipts.state_cancelled"),
}


def report_screen(
    notice: Notice,
    whole: Figures,
    units: Sequence[Figures],
    *,
    page: int,
    pages: int,
    replies: int,
    failed: int,
    note: Text | None = None,
) -> Screen:
    """Return the figures of `notice` and a page of the units."""
    return Screen(
        Lines(
            note,
            T("receipts.report_heading", number=str(notice.id), words=first_words(notice)),
            _figures(whole),
            T("receipts.confirmed_of", confirmed=whole.confirmed, total=whole.total)
            if wants_receipt(notice)
            else None,
            T("receipts.blocked_hint", blocked=whole.blocked) if whole.blocked else None,
            BLANK,
            *(_unit_line(notice, one) for one in units),
        ),
        [
            _acting(notice, failed),
            pager(page, pages, lambda turned: ShowReport(notice.id, turned)),
            _ways(notice, replies),
            [Button(T("receipts.to_notice"), OpenNotice(notice.id)), home_button()],
        ],
    )


def ask_requeue(notice: Notice, failed: int) -> Screen:
    """Ask whether to send again what failed."""
    return Screen(
        T("receipts.ask_requeue", count=failed),
        [
            [
                Button(T("receipts.back"), ShowReport(notice.id, 1)),
                Button(
                    T("receipts.requeue_sure", count=failed),
                    RequeueFailed(notice.id, sure=True),
                    Style.primary,
                ),
            ]
        ],
    )


def order_of(notice_id: int) -> FileOrder:
    """Return the order of the workbook."""
    return FileOrder(KIND, {"notice": notice_id})


def started(notice: Notice) -> Screen:
    """Say that the workbook is under way; it follows as a message of its own."""
    back: list[Row] = [[Button(T("receipts.to_report"), ShowReport(notice.id, 1)), home_button()]]
    caption = T("receipts.file_caption", number=str(notice.id), words=first_words(notice))
    file = Screen(caption, [[home_button()]], order=order_of(notice.id))
    return Screen(T("receipts.file_started"), back, also=[file])


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("export.under_way"), alert=True)


@makes(KIND, Job.xlsx)
def draw(making: Making) -> Blueprint:
    """Say what the workbook holds. Raises NotAllowed, and NotFound where there is no notice."""
    check_reader(making.actor)
    notice = making.view.session.get(Notice, making.params["notice"])
    if notice is None:
        raise NotFound
    name = to_plain(T("receipts.file_name", number=str(notice.id)), making.voice)
    return Blueprint(name, _book(making, notice))


def _book(making: Making, notice: Notice) -> Iterator[object]:
    yield _head(making, T("receipts.sheet_units"), _UNIT_COLUMNS)
    units = by_unit(making.view, notice.id, most=10_000)
    yield from _framed([_unit_cells(making, one) for one in units])
    yield _head(making, T("receipts.sheet_people"), _PEOPLE_COLUMNS)
    people = all_people(making.view, notice.id)
    yield from _framed(_person_cells(making, one) for one in people)


def _unit_cells(making: Making, one: Figures) -> list[object]:
    numbers = (one.total, one.sent, one.blocked, one.failed, one.unknown, one.confirmed)
    return [_unit(making, one.unit), *(str(number) for number in numbers)]


def _person_cells(making: Making, one: PersonLine) -> list[object]:
    state = None if one.state is None else _STATES.get(one.state)
    confirmed: Text = Plain("")
    if one.confirmed_at is not None:
        key = "receipts.cell_late" if one.late else "receipts.cell_confirmed"
        confirmed = T(key, at=one.confirmed_at)
    return [
        _unit(making, one.unit),
        one.name,
        to_plain(state or T("receipts.state_waiting"), making.voice),
        to_plain(confirmed, making.voice),
    ]


def _unit(making: Making, name: str | None) -> str:
    return to_plain(T("receipts.no_unit"), making.voice) if name is None else name


def _head(making: Making, title: Text, columns: list[tuple[Text, str]]) -> dict[str, Any]:
    return {
        "sheet": to_plain(title, making.voice),
        "columns": [[to_plain(name, making.voice), kind] for name, kind in columns],
    }


def _framed(rows: Sequence[list[object]] | Iterator[list[object]]) -> Iterator[dict[str, Any]]:
    left = iter(rows)
    while some := list(islice(left, _ROWS_IN_FRAME)):
        yield {"rows": some}


def _figures(whole: Figures) -> Text:
    return Lines(
        T(
            "receipts.figures",
            total=whole.total,
            sent=whole.sent,
            blocked=whole.blocked,
            failed=whole.failed,
        ),
        T("receipts.figure_unknown", unknown=whole.unknown) if whole.unknown else None,
        T("receipts.figure_cancelled", cancelled=whole.cancelled) if whole.cancelled else None,
        T("receipts.figure_waiting", waiting=whole.waiting) if whole.waiting else None,
    )


def _unit_line(notice: Notice, one: Figures) -> Text:
    unit = T("receipts.no_unit") if one.unit is None else Plain(one.unit)
    if wants_receipt(notice):
        return T(
            "receipts.report_row_confirmed",
            unit=unit,
            sent=one.sent,
            total=one.total,
            confirmed=one.confirmed,
        )
    return T("receipts.report_row", unit=unit, sent=one.sent, total=one.total)


def _acting(notice: Notice, failed: int) -> Row:
    row = [Button(T("receipts.export"), MakeReport(notice.id))]
    if failed:
        again = Button(T("receipts.requeue", count=failed), RequeueFailed(notice.id, sure=False))
        row.insert(0, again)
    return row


def _ways(notice: Notice, replies: int) -> Row:
    row = []
    if wants_receipt(notice):
        row.append(Button(T("receipts.to_missing"), ShowMissing(notice.id, 1)))
    if replies:
        label = T("receipts.replies_button", count=replies)
        row.append(Button(label, ShowReplies(notice.id, 1)))
    return row


def pages_of(units: int) -> int:
    """Return how many pages `units` fill."""
    return page_count(units, size=PAGE)
