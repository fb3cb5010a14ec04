"""What the copy of a person's data holds of cover."""

from bot.chat.call import Call
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.text import T, Text
from bot.features.cover.models import AskState
from bot.features.cover.queries import everything_asked

_STATES: dict[AskState, Text] = {
    AskState.open: T("cover.data_open"),
    AskState.accepted: T("cover.data_accepted"),
    AskState.declined: T("cover.data_declined"),
    AskState.resting: T("cover.data_declined"),
    AskState.closed: T("cover.data_closed"),
    AskState.unreached: T("cover.data_closed"),
}


@my_data(45)
def asks_to_me(call: Call) -> DataPart:
    """Tell to which posts the actor was asked to come, and what they answered."""
    zone = call.config.time.zone_info
    return DataPart(
        T("cover.data_title"),
        [
            T("cover.data_row", at=exact(ask.at, zone), place=place, state=_STATES[ask.state])
            for ask, place in everything_asked(call.work, call.actor.person_id)
        ],
    )
