"""Whether every task has its unit and every unit its reports: /matrix (TASK-19)."""

from datetime import date

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.coverage import book, picture
from bot.chat.cards.coverage.buttons import DrawSection, MakeBook, ShowGaps, ShowMatrix
from bot.chat.cards.coverage.screens import gaps_screen, matrix_screen, no_matrix
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.coverage.gaps import gaps_of
from bot.features.coverage.matrix import matrix, month_deadlines
from bot.features.making.service import is_under_way

feature = Feature("coverage")

_OVERSEERS = needs(Role.coordinator, Role.supervisor)
_ORDER = 61


@feature.command("matrix", _OVERSEERS)
def show_this_month(call: Call, _: str) -> Screen:
    """Show how units stand with their tasks this month."""
    return _matrix(call, None)


@feature.press(ShowMatrix, _OVERSEERS)
def show(call: Call, asked: ShowMatrix) -> Screen:
    """Show how units stand with their tasks in a month."""
    return _matrix(call, asked.month)


@feature.press(ShowGaps, _OVERSEERS)
def show_gaps(call: Call, asked: ShowGaps) -> Screen:
    """Show a page of what is missing in a month, with the way to reminding of it."""
    found = matrix(call.work, call.config, until=asked.month, most=1)
    if asked.month not in found.months:
        raise NotFound
    keys = {one.month: one.deadline.key for one in month_deadlines(call.work, call.config)}
    return gaps_screen(
        gaps_of(found, asked.month),
        number=asked.page,
        today=_today(call),
        board=keys.get(asked.month),
    )


@feature.press(DrawSection, _OVERSEERS)
def draw(call: Call, asked: DrawSection) -> Answer:
    """Order a section's pictures; pressed twice, they are drawn once."""
    section = call.config.section(asked.section)
    order = picture.order_of(section.id, asked.month, 1)
    if is_under_way(call.work, order, person_id=call.actor.person_id):
        return picture.under_way()
    drawn = picture.pictures(call.work, call.config, section.id, asked.month)
    return picture.started_screen(drawn, section=section, month=asked.month, today=_today(call))


@feature.press(MakeBook, _OVERSEERS)
def make_book(call: Call, _: MakeBook) -> Answer:
    """Order the workbook; pressed twice, it is made once."""
    if is_under_way(call.work, book.ORDER, person_id=call.actor.person_id):
        return book.under_way()
    return book.started_screen()


@feature.home(_ORDER, _OVERSEERS)
def home(call: Call) -> HomePart:
    """Offer the matrix."""
    del call
    return HomePart(buttons=[Button(T("coverage.open"), ShowMatrix(None))])


def _matrix(call: Call, month: date | None) -> Screen:
    months = [one.month for one in month_deadlines(call.work, call.config)]
    if not months:
        return no_matrix()
    shown = months[-1] if month is None else month
    if shown not in months:
        raise NotFound
    found = matrix(call.work, call.config, until=shown, most=1)
    return matrix_screen(call.config, found, months, today=_today(call))


def _today(call: Call) -> date:
    return local_day(call.now, call.config.time.zone_info)
