"""Reports as a file for the office: /export (SYS-08)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.exports.menu import (
    AskExport,
    Export,
    ask_screen,
    order_of,
    started_screen,
    under_way,
)
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T
from bot.core.dates import local_day
from bot.features.making.service import is_under_way
from bot.features.reports.queries import months

feature = Feature("export")

_ORDER = 86


@feature.command("export", OFFICE_ONLY)
def ask(call: Call, _: str) -> Screen:
    """Ask which month to export."""
    return _ask(call)


@feature.press(AskExport, OFFICE_ONLY)
def ask_again(call: Call, _: AskExport) -> Screen:
    """Ask which month to export."""
    return _ask(call)


@feature.press(Export, OFFICE_ONLY)
def export(call: Call, asked: Export) -> Answer:
    """Order the file; it comes when it is made. Pressed twice, it is made once."""
    if is_under_way(call.work, order_of(asked), person_id=call.actor.person_id):
        return under_way()
    return started_screen(asked, local_day(call.now, call.config.time.zone_info))


@feature.home(_ORDER, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer the export."""
    del call
    return HomePart(buttons=[Button(T("export.button"), AskExport())])


def _ask(call: Call) -> Screen:
    return ask_screen(months(call.work), local_day(call.now, call.config.time.zone_info))
