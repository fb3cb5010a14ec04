"""A unit's plan, and looking at what was filed."""

from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import OpenFiling, SendFile, ShowPlan
from bot.chat.screen import Screen
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.deadlines.board import find_slot, own_slots
from handlers.deadlines.feature import READERS, UNIT_PEOPLE, feature, holidays_of, today_of
from handlers.deadlines.filed import access_card, parts_of


@feature.press(ShowPlan, UNIT_PEOPLE)
def show(call: Call, data: ShowPlan) -> Screen:
    """Show the plan of a unit."""
    units = {*call.actor.unit_ids, *call.actor.headed_unit_ids}
    slots = own_slots(call.work, call.config, units)
    slot = find_slot(slots, data.obligation, data.period, data.unit_id)
    if slot is None:
        raise NotFound
    return cards.plan_screen(
        slot,
        config=call.config,
        today=today_of(call),
        holidays=holidays_of(call, [slot.deadline]),
        may_file=data.unit_id in call.actor.unit_ids,
    )


@feature.press(OpenFiling, READERS)
def open_filing(call: Call, data: OpenFiling) -> Screen:
    """Show what was filed."""
    return shown(call, data.submission_id)


@feature.press(SendFile, READERS)
def send_file(call: Call, data: SendFile) -> Screen:
    """Send the file that was filed, by Telegram's id of it."""
    message = cards.file_message(access_card(call, data.submission_id))
    if message is None:
        raise NotFound
    return message


def shown(call: Call, submission_id: int) -> Screen:
    """Return the card of a filing for whoever looks at it."""
    card = access_card(call, submission_id)
    reader = cards.Reader(
        reviews=call.actor.may({Role.coordinator}),
        files=card.unit.id in call.actor.unit_ids,
    )
    return cards.filing_screen(
        card, reader, holidays=holidays_of(call, [card.deadline]), month=parts_of(call, card)
    )
