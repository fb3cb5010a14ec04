"""Posts near a sent location (VOL-02): a location outside a conversation only searches."""

from datetime import timedelta

from bot.chat.access import ANYONE
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.posts import nearby as cards
from bot.chat.cards.posts.buttons import NearMe
from bot.chat.feature import Feature
from bot.chat.screen import Answer
from bot.features.posts.nearby import posts_near

feature = Feature("nearby")

_DAYS = 7
_MOST = 6


@feature.press(NearMe, ANYONE)
def ask(_: Call, __: NearMe) -> Answer:
    """Ask for a location."""
    return cards.ask_location()


@feature.message(Sent.location, needs=ANYONE)
def search(call: Call, message: Incoming) -> Answer:
    """Show the posts nearest to a location, own or forwarded; it is kept nowhere."""
    if message.latitude is None or message.longitude is None:
        return cards.ask_location()
    found = posts_near(
        call.work,
        latitude=message.latitude,
        longitude=message.longitude,
        until=call.now + timedelta(days=_DAYS),
        reader_id=call.actor.person_id,
        most=_MOST,
    )
    return cards.near_list(call, found, days=_DAYS)
