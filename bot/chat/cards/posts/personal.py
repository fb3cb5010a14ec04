"""What the copy of a person's data holds of posts."""

from bot.chat.call import Call
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.text import T, Text
from bot.features.posts.models import SignupState
from bot.features.posts.own import everything_of

_STATES: dict[SignupState, Text] = {
    SignupState.confirmed: T("posts.data_confirmed"),
    SignupState.offered: T("waiting.data_offered"),
    SignupState.waiting: T("posts.data_waiting"),
    SignupState.left: T("posts.data_left"),
    SignupState.removed: T("posts.data_removed"),
}


@my_data(40)
def own_signups(call: Call) -> DataPart:
    """Tell for which posts the actor signed up, and what became of it."""
    return DataPart(
        T("posts.data_title"),
        [
            T(
                "posts.data_row",
                at=exact(post.starts_at, call.config.time.zone_info),
                place=post.place,
                state=_STATES[signup.state],
            )
            for post, signup in everything_of(call.work, call.actor.person_id)
        ],
    )
