"""Who is missing: /missing, and reminding exactly them (screens 12)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.burden.month import with_burden
from bot.chat.cards.deadlines import board as cards
from bot.chat.cards.deadlines.buttons import ListFiled, OpenBoard, RemindMissing, ShowBoards
from bot.chat.screen import Screen
from bot.chat.text import T, Text
from bot.core.roles import Role
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.board import Board, boards, current_boards, waiting_for_review
from bot.features.deadlines.chasing import remind_missing, was_reminded
from bot.features.deadlines.extending import waiting_extensions
from bot.features.deadlines.owing import undecided_deadlines
from handlers.deadlines.feature import OVERSEERS, feature, holidays_of, today_of


@feature.command("missing", OVERSEERS)
def show_missing(call: Call, _: str) -> Screen:
    """Show, for each deadline, how many have filed."""
    return _overview(call)


@feature.press(ShowBoards, OVERSEERS)
def show_boards(call: Call, _: ShowBoards) -> Screen:
    """Show, for each deadline, how many have filed."""
    return _overview(call)


@feature.press(OpenBoard, OVERSEERS)
def open_board(call: Call, data: OpenBoard) -> Screen:
    """Show a page of those who have not filed."""
    return _shown(call, _board(call, data.obligation, data.period), number=data.page)


@feature.press(ListFiled, OVERSEERS)
def list_filed(call: Call, data: ListFiled) -> Screen:
    """Show a page of those who have filed."""
    return cards.filed_screen(_board(call, data.obligation, data.period), number=data.page)


@feature.press(RemindMissing, OFFICE_ONLY)
def remind(call: Call, data: RemindMissing) -> Screen:
    """Remind exactly those who have not filed, once a day."""
    chase = remind_missing(
        call.work, data.obligation, data.period, actor=call.actor, config=call.config
    )
    board = _board(call, data.obligation, data.period)
    return _shown(call, board, number=1, note=cards.chased(chase))


def moved_board(call: Call, obligation: str, period: str) -> Screen:
    """Return the board of a deadline that was moved just now."""
    board = _board(call, obligation, period)
    return _shown(call, board, number=1, note=T("deadlines.moved_now"))


def _overview(call: Call) -> Screen:
    found = current_boards(call.work, call.config)
    return cards.boards_screen(
        found,
        waiting=len(waiting_for_review(call.work)),
        holidays=holidays_of(call, [one.deadline for one in found]),
        may_review=call.actor.may({Role.coordinator}),
        wishes=len(waiting_extensions(call.work)),
        undecided=undecided_deadlines(call.work, call.config),
    )


def _board(call: Call, obligation: str, period: str) -> Board:
    deadline = get_deadline(call.work, call.config, obligation, period)
    return boards(call.work, call.config, [deadline])[0]


def _shown(call: Call, board: Board, *, number: int, note: Text | None = None) -> Screen:
    screen = cards.board_screen(
        board,
        number=number,
        holidays=holidays_of(call, [board.deadline]),
        may_remind=call.actor.may({Role.coordinator}),
        reminded=was_reminded(call.work, *board.deadline.key, today_of(call)),
        note=note,
    )
    if not call.actor.may({Role.coordinator}):
        return screen
    return with_burden(call, screen, [slot.unit.id for slot in board.missing])
