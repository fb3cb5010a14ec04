"""Who is not reached, for the office: it is opened from the register of units (ORG-06)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.reachability import screens as cards
from bot.chat.cards.reachability.buttons import ListGap, ListLost, ShowReach
from bot.chat.feature import Feature
from bot.chat.pager import Page, page_count
from bot.chat.screen import Screen
from bot.features.reachability.queries import lost_people, overview, units_reached

feature = Feature("reachability")


@feature.press(ShowReach, OFFICE_ONLY)
def show(call: Call, _: ShowReach) -> Screen:
    """Show how many units and people are not reached."""
    return cards.overview_screen(overview(call.work))


@feature.press(ListGap, OFFICE_ONLY)
def list_gap(call: Call, asked: ListGap) -> Screen:
    """Show the units with a gap, with the way to invite a contact."""
    return cards.gap_screen(asked.gap, units_reached(call.work), asked.page)


@feature.press(ListLost, OFFICE_ONLY)
def list_lost(call: Call, asked: ListLost) -> Screen:
    """Show the people who are not reached."""
    first = max(0, asked.page - 1) * cards.PAGE
    found, total = lost_people(call.work, asked.why, first=first, most=cards.PAGE)
    pages = page_count(total, size=cards.PAGE)
    return cards.lost_screen(asked.why, Page(found, min(max(asked.page, 1), pages), pages))
