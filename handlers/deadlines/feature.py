"""The feature that the modules of this package add to."""

from collections.abc import Iterable
from datetime import date

from bot.chat.access import Needs, needs
from bot.chat.call import Call
from bot.chat.feature import Feature
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.features.deadlines.periods import Deadline
from bot.features.workdays.queries import holiday_names

feature = Feature("deadlines")

UNIT_PEOPLE: Needs = needs(Role.contact, Role.unit_head)
"""Contacts, who file, and heads, who look."""
OVERSEERS: Needs = needs(Role.coordinator, Role.supervisor)
"""The 文明办, which acts, and the 创建办, which looks."""
READERS: Needs = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)


def today_of(call: Call) -> date:
    """Return the campaign's day."""
    return local_day(call.now, call.config.time.zone_info)


def holidays_of(call: Call, deadlines: Iterable[Deadline]) -> dict[date, str]:
    """Return the names of those last days that are holidays."""
    return holiday_names(call.work, [one.last_day for one in deadlines])
