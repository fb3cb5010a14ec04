"""What people answer who were asked to come, and whether they want to be asked at all."""

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.cards.account import more_screen
from bot.chat.cards.cover import asking as cards
from bot.chat.cards.cover.buttons import AcceptAsk, AskAgain, DeclineAsk, RestThisWeek
from bot.chat.screen import Answer
from bot.features.cover import answering
from bot.features.cover.answering import access_ask
from bot.features.posts.access import get_post
from handlers.cover.coming import taken
from handlers.cover.feature import feature


@feature.press(AcceptAsk, REGISTERED)
def accept(call: Call, pressed: AcceptAsk) -> Answer:
    """Take the place."""
    answering.accept(call.work, actor=call.actor, ask_id=pressed.ask_id, config=call.config)
    _, found = access_ask(call.work, call.actor, pressed.ask_id)
    return taken(call, found)


@feature.press(DeclineAsk, REGISTERED)
def decline(call: Call, pressed: DeclineAsk) -> Answer:
    """Note that the person cannot come."""
    found = answering.decline(call.work, actor=call.actor, ask_id=pressed.ask_id)
    return cards.declined(call, found, pressed.ask_id, get_post(call.work, found.post_id))


@feature.press(RestThisWeek, REGISTERED)
def rest(call: Call, pressed: RestThisWeek) -> Answer:
    """Let nobody ask the person this week."""
    until = answering.rest_this_week(
        call.work, actor=call.actor, config=call.config, ask_id=pressed.ask_id
    )
    return cards.resting(call, until)


@feature.press(AskAgain, REGISTERED)
def ask_again(call: Call, _: AskAgain) -> Answer:
    """Let the person be asked again."""
    answering.ask_again(call.work, actor=call.actor)
    return more_screen(call, rests_until=None)
