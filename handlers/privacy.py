"""What is kept of a person: /privacy, /mydata, /forget (design, section 7)."""

from bot.chat.access import ANYONE
from bot.chat.call import Call
from bot.chat.cards import authored
from bot.chat.cards import privacy as cards
from bot.chat.cards.personal import data_file
from bot.chat.cards.privacy import Forget, MyData, Privacy
from bot.chat.feature import Feature
from bot.chat.screen import Answer, Screen
from bot.features.people.forgetting import forget

feature = Feature("privacy")

__all__ = ["authored", "feature"]


@feature.command("privacy", ANYONE)
def privacy(call: Call, _: str) -> Screen:
    """Say what is kept and where it travels."""
    return cards.privacy_screen(call)


@feature.press(Privacy, ANYONE)
def show_privacy(call: Call, _: Privacy) -> Screen:
    """Say what is kept and where it travels."""
    return cards.privacy_screen(call)


@feature.command("mydata", ANYONE)
def my_data(call: Call, _: str) -> Screen:
    """Send everything that is kept of the actor."""
    return data_file(call)


@feature.press(MyData, ANYONE)
def send_my_data(call: Call, _: MyData) -> Screen:
    """Send everything that is kept of the actor."""
    return data_file(call)


@feature.command("forget", ANYONE)
def forget_me(call: Call, _: str) -> Screen:
    """Say what erasing means, and ask."""
    del call
    return cards.forget_question()


@feature.press(Forget, ANYONE)
def erase(call: Call, data: Forget) -> Answer:
    """Erase the actor, after a second press."""
    if not data.sure:
        return cards.forget_question()
    forget(call.work, actor=call.actor, inbox_id=call.inbox_id)
    cards.say_farewell(call)
    return None
