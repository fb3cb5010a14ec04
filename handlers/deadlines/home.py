"""What deadlines put on the home screen."""

from bot.chat.access import CONTACT_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.deadlines.board import counts_line
from bot.chat.cards.deadlines.buttons import ShowBoards, ShowCurrentMonth, ShowDues
from bot.chat.cards.deadlines.dues import due_lines
from bot.chat.cards.deadlines.reminder import file_button
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.documents.buttons import ShowDocuments, ShowSlots
from bot.chat.feature import HomePart
from bot.chat.screen import Button
from bot.chat.text import T, Text, tn
from bot.core.roles import Role
from bot.features.deadlines.board import current_boards, open_slots
from handlers.deadlines.feature import OVERSEERS, feature, holidays_of, today_of

_ORDER = 10
_MOST_LINES = 3


@feature.home(_ORDER, CONTACT_ONLY)
def contact_part(call: Call) -> HomePart:
    """Return what is still to be filed, and the buttons that file it."""
    slots = open_slots(call.work, call.config, call.actor)
    holidays = holidays_of(call, [slot.deadline for slot in slots])
    lines: list[Text] = []
    buttons: list[Button] = []
    if slots:
        lines.append(tn("deadlines.dues_head", len(slots)))
        lines += due_lines(slots[:_MOST_LINES], today=today_of(call), holidays=holidays)
    if len(slots) > 1:
        buttons.append(Button(tn("deadlines.see_dues", len(slots)), ShowDues()))
    elif slots:
        buttons.append(file_button(slots[0]))
    buttons.append(Button(T("deadlines.month"), ShowCurrentMonth()))
    if call.config.documents:
        buttons.append(Button(T("documents.own"), ShowDocuments()))
    return HomePart(lines, buttons)


@feature.home(_ORDER, needs(Role.unit_head))
def head_part(call: Call) -> HomePart:
    """Let a head look at the month; who is contact as well has the button already."""
    if call.actor.unit_ids:
        return HomePart()
    return HomePart(buttons=[Button(T("deadlines.month"), ShowCurrentMonth())])


@feature.home(_ORDER, OVERSEERS)
def overseer_part(call: Call) -> HomePart:
    """Return how many have filed what is open now."""
    boards = current_boards(call.work, call.config)
    lines = [
        T("deadlines.home_board", title=title(board.deadline), counts=counts_line(board))
        for board in boards[:_MOST_LINES]
    ]
    buttons = [Button(T("deadlines.who_is_missing"), ShowBoards())]
    if call.config.documents:
        buttons.append(Button(T("documents.of_units"), ShowSlots()))
    return HomePart(lines, buttons)
