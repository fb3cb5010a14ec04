"""Who has filed and who is missing (screens 12)."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.cards.coverage.buttons import ShowMatrix
from bot.chat.cards.deadlines.buttons import (
    MOVE,
    WORKDAY,
    ListFiled,
    ListOrders,
    NextExtension,
    NextWaiting,
    OpenBoard,
    OpenFiling,
    RemindMissing,
    ShowBoards,
)
from bot.chat.cards.deadlines.words import Holidays, due_line, standing_word, title, undecided_line
from bot.chat.cards.home import home_button
from bot.chat.cards.inviting import Invite
from bot.chat.cards.months.buttons import DistrictFigures
from bot.chat.cards.units import OpenUnit
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.core.roles import Role
from bot.features.deadlines.board import Board, Standing, is_returned, standing_of
from bot.features.deadlines.chasing import Chase
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import Undecided, is_monthly
from bot.features.people.queries import Binding

PAGE = 10
"""Units on one page."""
_BETWEEN = " · "
_COUNTED = (
    (Standing.no_activity, "deadlines.count_no_activity"),
    (Standing.explained, "deadlines.count_explained"),
    (Standing.overdue, "deadlines.count_overdue"),
    (Standing.missing, "deadlines.count_missing"),
)


def boards_screen(
    boards: Sequence[Board],
    *,
    waiting: int,
    holidays: Holidays,
    may_review: bool,
    wishes: int = 0,
    undecided: Sequence[Undecided] = (),
) -> Screen:
    """Return, for each deadline, how many have filed; what has no day yet says what to do."""
    if not boards and not undecided:
        orders = [Button(T("orders.open"), ListOrders())] if may_review else []
        return Screen(T("deadlines.no_boards"), [orders, [home_button()]])
    rows: list[Row] = [
        [
            Button(
                T("deadlines.open_board", title=title(board.deadline), missing=len(board.missing)),
                OpenBoard(*board.deadline.key),
            )
        ]
        for board in boards
    ]
    if waiting and may_review:
        rows.append([Button(tn("deadlines.see_waiting", waiting), NextWaiting())])
    if wishes and may_review:
        rows.append([Button(tn("extensions.see_waiting", wishes), NextExtension())])
    matrix = Button(T("coverage.open"), ShowMatrix(None))
    rows.append([matrix, Button(T("orders.open"), ListOrders())] if may_review else [matrix])
    if may_review:
        rows.append([Button(T("workdays.open"), Begin(WORKDAY))])
    parts = [
        part
        for board in boards
        for part in (
            BLANK,
            T("deadlines.board_title", title=title(board.deadline)),
            due_line(board.deadline, holidays),
            counts_line(board),
            rates_line(board),
        )
    ]
    open_questions = [part for one in undecided for part in (BLANK, undecided_line(one))]
    return Screen(
        Lines(T("deadlines.boards_head"), *parts, *open_questions), [*rows, [home_button()]]
    )


def board_screen(
    board: Board,
    *,
    number: int,
    holidays: Holidays,
    may_remind: bool,
    reminded: bool,
    note: Text | None = None,
) -> Screen:
    """Return a page of those who have not filed, with their contacts; 无人绑定 stands out."""
    page = page_of(board.missing, number, size=PAGE)
    key = board.deadline.key
    text = Lines(
        note,
        None if note is None else BLANK,
        T("deadlines.board_title", title=title(board.deadline)),
        due_line(board.deadline, holidays),
        counts_line(board),
        rates_line(board),
        BLANK,
        *(_missing_line(slot, board) for slot in page.items),
        T("deadlines.nobody_missing") if not board.missing else None,
        *_without_members(board),
    )
    rows: list[Row] = [pager(page.number, page.pages, lambda to: OpenBoard(*key, to))]
    if may_remind:
        rows += _office_rows(board, page.items, reminded=reminded)
        rows.append([Button(T("deadlines.move"), Begin(MOVE, "~".join(key)))])
    looks = [Button(tn("deadlines.see_filed", len(board.filed)), ListFiled(*key))]
    if board.deadline.month is not None:
        looks.append(Button(T("coverage.open"), ShowMatrix(board.deadline.month)))
    rows.append(looks)
    rows.append([Button(T("deadlines.back"), ShowBoards()), home_button()])
    return Screen(text, rows)


def filed_screen(board: Board, *, number: int) -> Screen:
    """Return a page of those who have filed, each a button that opens what they filed."""
    page = page_of(board.filed, number, size=PAGE)
    key = board.deadline.key
    rows: list[Row] = [[_filed_button(slot, board.now)] for slot in page.items]
    text = Lines(
        T("deadlines.board_title", title=title(board.deadline)),
        counts_line(board) if board.filed else T("deadlines.nobody_filed"),
        rates_line(board) if board.filed else None,
    )
    if is_monthly(board.deadline.obligation) and board.filed:
        rows.append([Button(T("months.see_district"), DistrictFigures(*key))])
    return Screen(
        text,
        [
            *rows,
            pager(page.number, page.pages, lambda to: ListFiled(*key, to)),
            [Button(T("deadlines.back"), OpenBoard(*key)), home_button()],
        ],
    )


def chased(chase: Chase) -> Text:
    """Return who was reminded just now, and who could not be."""
    parts = [
        T("deadlines.chased", units=chase.units, people=chase.people)
        if chase.people
        else T("deadlines.chased_nobody"),
        tn("deadlines.chase_unbound", chase.unbound) if chase.unbound else None,
        tn("deadlines.chase_unreachable", chase.unreachable) if chase.unreachable else None,
        tn("deadlines.chase_snoozed", chase.snoozed) if chase.snoozed else None,
    ]
    return Lines(*parts)


def counts_line(board: Board) -> Text:
    """Return how many units stand how: 已报 15/18 · 无活动 1 · 已说明 1 · 逾期 1 (TIME-04)."""
    filed = board.count(Standing.filed)
    parts = [T("deadlines.count_filed", filed=filed, total=len(board.slots))]
    for standing, key in _COUNTED:
        count = board.count(standing)
        if count:
            parts.append(T(key, count=count))
    if board.returned:
        parts.append(T("deadlines.count_returned", count=board.returned))
    return Listed(parts, between=_BETWEEN)


def rates_line(board: Board) -> Text:
    """Return completeness and timeliness, each with what it is out of (TIME-04).

    A unit whose excuse still runs is in neither; what came late is in the first only.
    """
    excused = board.count(Standing.explained)
    return Listed(
        [
            T("deadlines.complete", filed=board.complete, total=board.expected),
            T("deadlines.in_time", filed=board.on_time, total=board.expected),
            *([T("deadlines.not_expected", count=excused)] if excused else []),
        ],
        between=_BETWEEN,
    )


def missing_names(slots: Sequence[Slot], *, most: int) -> Text:
    """Return the names of units, at most `most` of them, and how many more there are."""
    names = Listed([Plain(slot.unit.name) for slot in slots[:most]])
    more = len(slots) - most
    return tn("deadlines.names_and_more", more, names=names) if more > 0 else names


def remind_button(board: Board, *, named: bool = False) -> Button:
    """Return the button that reminds exactly those who have not filed; `named`: of what."""
    count = board.can_be_reminded
    label = (
        T("deadlines.remind_missing_of", title=title(board.deadline), count=count)
        if named
        else T("deadlines.remind_missing", count=count)
    )
    return Button(label, RemindMissing(*board.deadline.key), Style.primary)


def _missing_line(slot: Slot, board: Board) -> Text:
    contacts = board.contacts.get(slot.unit.id, ())
    who = _contacts(contacts)
    if is_returned(slot):
        return T("deadlines.missing_line_returned", unit=slot.unit.name, who=who)
    if slot.deadline.extensions:
        day = slot.deadline.last_day
        return T("extensions.missing_line", unit=slot.unit.name, day=day, who=who)
    return T("deadlines.missing_line", unit=slot.unit.name, who=who)


def _contacts(contacts: Sequence[Binding]) -> Text:
    if not contacts:
        return T("deadlines.unbound")
    names = [
        Plain(one.name) if one.reachable else T("deadlines.unreachable", name=one.name)
        for one in contacts
    ]
    return T("deadlines.contacts", names=Listed(names))


def _without_members(board: Board) -> list[Text]:
    if not board.empty_groups:
        return []
    names = Listed([Plain(unit.name) for unit in board.empty_groups])
    return [BLANK, T("deadlines.without_members", names=names)]


def _office_rows(board: Board, shown: Sequence[Slot], *, reminded: bool) -> list[Row]:
    rows: list[Row] = []
    if reminded and board.missing:
        rows.append([Button(T("deadlines.reminded_today"), RemindMissing(*board.deadline.key))])
    elif board.can_be_reminded:
        rows.append([remind_button(board)])
    rows += [
        [Button(T("deadlines.invite_for", unit=slot.unit.name), Invite(Role.contact, slot.unit.id))]
        for slot in shown
        if not board.contacts.get(slot.unit.id)
    ]
    rows += [
        [Button(T("deadlines.add_members", unit=unit.name), OpenUnit(unit.id, 1))]
        for unit in board.empty_groups
    ]
    return rows


def _filed_button(slot: Slot, now: datetime) -> Button:
    filing = slot.filing
    if filing is None:
        raise ValueError(slot)
    return Button(
        T(
            "deadlines.filed_row",
            unit=slot.unit.name,
            standing=standing_word(standing_of(slot, now)),
            at=filing.filed_at,
            late=T("deadlines.late_mark") if slot.is_late else Plain(""),
        ),
        OpenFiling(filing.submission_id),
    )


def days_of(boards: Sequence[Board]) -> list[date]:
    """Return the last days of deadlines, to look up which of them are holidays."""
    return [board.deadline.last_day for board in boards]
