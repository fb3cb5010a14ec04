"""What the copy of a person's data holds of attendance."""

from bot.chat.call import Call
from bot.chat.cards.attendance.words import state_name
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.text import T
from bot.features.attendance.queries import everything_of


@my_data(41)
def own_attendance(call: Call) -> DataPart:
    """Tell where the actor came, from when until when, and where not."""
    zone = call.config.time.zone_info
    return DataPart(
        T("attendance.data_title"),
        [
            T(
                "attendance.data_row",
                place=post.place,
                at=exact(one.in_at or post.starts_at, zone),
                until=exact(one.out_at, zone) if one.out_at else "…",
                state=state_name(one.state),
            )
            for post, one in everything_of(call.work, call.actor.person_id)
        ],
    )
