"""A person's own hours, reached from their posts (/mine)."""

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.cards.hours import own as cards
from bot.chat.cards.hours import personal
from bot.chat.cards.hours.buttons import MyHours
from bot.chat.screen import Answer
from bot.core.dates import local_day
from bot.features.hours.pending import own_open_requests
from bot.features.hours.queries import own_entries, own_hours
from handlers.hours.feature import IN_CHARGE, feature

__all__ = ["personal", "show_own"]


@feature.press(MyHours, REGISTERED)
def show_own(call: Call, pressed: MyHours) -> Answer:
    """Show totals by kind and a page of entries."""
    person_id = call.actor.person_id
    today = local_day(call.now, call.config.time.zone_info)
    entries, total = own_entries(call.work, person_id, page=pressed.page, size=cards.PAGE)
    return cards.my_hours(
        own_hours(call.work, person_id, today=today),
        entries,
        total=total,
        page=pressed.page,
        waiting=own_open_requests(call.work, person_id),
        judges=IN_CHARGE.met_by(call.actor),
    )
