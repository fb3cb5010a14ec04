"""The office's week: understaffed posts first, places not covered (VOL-01, VOL-10)."""

from datetime import date

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import board as cards
from bot.chat.cards.planning.buttons import ShowBoard, ShowPlans, ShowUncovered
from bot.chat.screen import Answer
from bot.features.planning.plans import open_plans
from bot.features.posts.board import drafts_waiting, monday_of, this_monday, uncovered, week_board
from handlers.posts.feature import feature


@feature.command("board", OFFICE_ONLY)
def board(call: Call, _: str) -> Answer:
    """Show the present week."""
    return show_board(call, ShowBoard(None, 1))


@feature.press(ShowBoard, OFFICE_ONLY)
def show_board(call: Call, pressed: ShowBoard) -> Answer:
    """Show a page of a week."""
    monday, zone = _monday(call, pressed.monday), call.config.time.zone_info
    found = week_board(call.work, monday, zone=zone, page=pressed.page, size=cards.PAGE)
    places, lacking = uncovered(call.work, monday, zone=zone, page=1, size=cards.NAMED)
    return cards.week(
        call,
        monday,
        found,
        cards.Beside(places, lacking, drafts_waiting(call.work)),
        page=pressed.page,
    )


@feature.press(ShowUncovered, OFFICE_ONLY)
def show_uncovered(call: Call, pressed: ShowUncovered) -> Answer:
    """Show a page of the places without a post in a week."""
    monday = _monday(call, pressed.monday)
    places, total = uncovered(
        call.work, monday, zone=call.config.time.zone_info, page=pressed.page, size=cards.PAGE
    )
    return cards.uncovered_places(call, monday, places, total=total, page=pressed.page)


@feature.press(ShowPlans, OFFICE_ONLY)
def show_plans(call: Call, _: ShowPlans) -> Answer:
    """Show what teams plan, to make posts for it (VOL-08)."""
    return cards.plans(call, open_plans(call.work, zone=call.config.time.zone_info))


def _monday(call: Call, monday: date | None) -> date:
    if monday is None:
        return this_monday(call.work, call.config.time.zone_info)
    return monday_of(monday)
