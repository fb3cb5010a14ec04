"""A unit's month: what it was asked for, what it gave, what it was sent."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.burden.month import ShowUnitMonth, unit_month_screen
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import OFFICE, Role
from bot.features.burden.queries import burdens
from bot.features.units.queries import units_by_id

feature = Feature("burden")


@feature.press(ShowUnitMonth, needs(Role.contact, Role.unit_head, *OFFICE))
def show(call: Call, asked: ShowUnitMonth) -> Screen:
    """Show the month of a unit: the own one, or any to the office."""
    own = (*call.actor.unit_ids, *call.actor.headed_unit_ids)
    unit_id = asked.unit_id if asked.unit_id is not None else next(iter(own), 0)
    if unit_id not in own and not call.actor.may(OFFICE):
        raise NotFound
    unit = units_by_id(call.work, [unit_id]).get(unit_id)
    if unit is None:
        raise NotFound
    today = local_day(call.now, call.config.time.zone_info)
    month = (asked.month or today).replace(day=1)
    found = burdens(call.work, call.config, [unit_id], month)[unit_id]
    return unit_month_screen(unit.name, found, month)
