"""A meeting as the office sees it: the answers by unit, the list at the door, the workbook."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from bot.chat.cards.home import home_button
from bot.chat.cards.meetings.buttons import (
    CALL,
    MINUTES,
    MOVE,
    CancelMeeting,
    ListMeetings,
    MakeSheet,
    OpenMeeting,
    SignIn,
    SignList,
)
from bot.chat.cards.meetings.guest import about, answer_words
from bot.chat.conversation.model import Begin
from bot.chat.making import Blueprint, Making, makes
from bot.chat.pager import page_count, pager
from bot.chat.render import to_plain
from bot.chat.screen import Button, Row, Screen, Style, Toast
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.making.service import FileOrder
from bot.features.meetings.models import Meeting
from bot.features.meetings.queries import GuestLine, Tally, guests
from bot.render.limits import Job

PAGE, GUESTS, SIGNS = 8, 20, 10
"""Meetings on a page; guests on a page of answers; guests on a page of the list at the door."""
KIND = "meeting_sheet"
"""The kind of file that a coordinator orders."""
_ROWS_IN_FRAME = 100
_MOST = 20_000
_COLUMNS = (
    T("meetings.column_unit"),
    T("meetings.column_name"),
    T("meetings.column_answer"),
    T("meetings.column_signed"),
)


def meeting_list(meetings: Sequence[Meeting], *, page: int, pages: int) -> Screen:
    """Return a page of the meetings."""
    new: Row = [Button(T("meetings.new"), Begin(CALL), Style.primary), home_button()]
    if not meetings:
        return Screen(T("meetings.none_yet"), [new])
    rows = [[Button(_label(one), OpenMeeting(one.id, 1))] for one in meetings]
    return Screen(T("meetings.list"), [*rows, pager(page, pages, ListMeetings), new])


def meeting_screen(
    meeting: Meeting,
    counted: Tally,
    lines: Sequence[GuestLine],
    *,
    page: int,
    begun: bool,
    note: Text | None = None,
) -> Screen:
    """Return a meeting with its counts and a page of the answers, by unit."""
    return Screen(
        Lines(
            note,
            about(meeting),
            T("meetings.is_off", at=meeting.cancelled_at) if meeting.cancelled_at else None,
            _counts(counted),
            BLANK,
            *_by_unit(lines),
        ),
        [
            *_acting(meeting, begun=begun),
            pager(
                page,
                page_count(counted.invited, size=GUESTS),
                lambda turned: OpenMeeting(meeting.id, turned),
            ),
            [Button(T("meetings.all"), ListMeetings(1)), home_button()],
        ],
    )


def ask_cancel(meeting: Meeting, counted: Tally) -> Screen:
    """Ask whether to call a meeting off, and say who is told."""
    told = counted.invited - counted.leave
    return Screen(
        Lines(about(meeting), T("meetings.ask_cancel", told=told)),
        [
            [
                Button(T("meetings.keep"), OpenMeeting(meeting.id, 1)),
                Button(T("meetings.cancel"), CancelMeeting(meeting.id, sure=True), Style.danger),
            ]
        ],
    )


def sign_list(meeting: Meeting, counted: Tally, lines: Sequence[GuestLine], *, page: int) -> Screen:
    """Return a page of the list at the door: a press notes who is there."""
    rows: list[Row] = [
        [Button(_door(line), SignIn(meeting.id, line.guest.person_id, page))] for line in lines
    ]
    pages = page_count(counted.invited, size=SIGNS)
    return Screen(
        Lines(
            about(meeting),
            T(
                "meetings.signed_of",
                signed=counted.signed,
                invited=counted.invited,
                late=counted.late,
            ),
            T("meetings.how_to_sign"),
        ),
        [
            *rows,
            pager(page, pages, lambda turned: SignList(meeting.id, turned)),
            [Button(T("meetings.back"), OpenMeeting(meeting.id, 1)), home_button()],
        ],
    )


def order_of(meeting_id: int) -> FileOrder:
    """Return the order of the workbook."""
    return FileOrder(KIND, {"meeting": meeting_id})


def started(meeting: Meeting) -> Screen:
    """Say that the workbook is under way; it follows as a message of its own."""
    back: Row = [Button(T("meetings.back"), OpenMeeting(meeting.id, 1)), home_button()]
    caption = T("meetings.file_caption", title=Clipped(meeting.title, 100))
    file = Screen(caption, [[home_button()]], order=order_of(meeting.id))
    return Screen(T("receipts.file_started"), [back], also=[file])


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("export.under_way"), alert=True)


@makes(KIND, Job.xlsx)
def draw(making: Making) -> Blueprint:
    """Say what the workbook holds. Raises NotAllowed, and NotFound where there is no meeting."""
    making.actor.check(Role.coordinator)
    meeting = making.view.session.get(Meeting, making.params["meeting"])
    if meeting is None:
        raise NotFound
    return Blueprint(
        to_plain(T("meetings.file_name", number=str(meeting.id)), making.voice),
        _sheet(making, meeting),
    )


def _sheet(making: Making, meeting: Meeting) -> Iterator[dict[str, Any]]:
    yield {
        "sheet": to_plain(T("meetings.sheet"), making.voice),
        "columns": [[to_plain(name, making.voice), "text"] for name in _COLUMNS],
    }
    left = iter(guests(making.view, meeting.id, most=_MOST))
    while some := list(islice(left, _ROWS_IN_FRAME)):
        yield {"rows": [_cells(making, line) for line in some]}


def _cells(making: Making, line: GuestLine) -> list[str]:
    signed: Text = Plain("")
    if line.guest.signed_at is not None:
        key = "meetings.cell_late" if line.guest.late else "meetings.cell_signed"
        signed = T(key, at=line.guest.signed_at)
    unit = T("receipts.no_unit") if line.unit is None else Plain(line.unit)
    parts = (unit, _name(line), answer_words(line.guest), signed)
    return [to_plain(part, making.voice) for part in parts]


def _label(meeting: Meeting) -> Text:
    title = Clipped(meeting.title, 24)
    key = "meetings.list_off" if meeting.cancelled_at else "meetings.list_row"
    return T(key, at=meeting.starts_at, title=title)


def _counts(counted: Tally) -> Text:
    return T(
        "meetings.counts",
        invited=counted.invited,
        comes=counted.comes,
        stand_in=counted.stand_in,
        leave=counted.leave,
        silent=counted.silent,
    )


def _by_unit(lines: Sequence[GuestLine]) -> list[Text]:
    return [
        T(
            "receipts.unit_row",
            unit=T("receipts.no_unit") if unit is None else Plain(unit),
            names=Listed([_said(line) for line in members]),
        )
        for unit, members in groupby(lines, key=lambda line: line.unit)
    ]


def _said(line: GuestLine) -> Text:
    return T("meetings.said", name=_name(line), answer=answer_words(line.guest))


def _name(line: GuestLine) -> Text:
    return Plain(line.name) if line.name else T("receipts.nameless")


def _door(line: GuestLine) -> Text:
    guest = line.guest
    name: Text = Plain(guest.stand_in) if guest.stand_in else _name(line)
    who = name if line.unit is None else T("meetings.of_unit", unit=line.unit, name=name)
    if guest.signed_at is None:
        return T("meetings.not_signed", who=who)
    return T("meetings.signed_late" if guest.late else "meetings.signed", who=who)


def _acting(meeting: Meeting, *, begun: bool) -> list[Row]:
    sheet = Button(T("receipts.export"), MakeSheet(meeting.id))
    if meeting.cancelled_at is not None:
        return [[sheet]]
    rows: list[Row] = [[Button(T("meetings.sign_in"), SignList(meeting.id, 1)), sheet]]
    if not begun:
        rows.append(
            [
                Button(T("meetings.move"), Begin(MOVE, str(meeting.id))),
                Button(T("meetings.cancel"), CancelMeeting(meeting.id, sure=False)),
            ]
        )
    elif meeting.minutes_id is None:
        rows.append([Button(T("meetings.file_minutes"), Begin(MINUTES, str(meeting.id)))])
    return rows
