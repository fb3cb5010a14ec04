"""What nobody else took: one clear sentence, and the way on. The last feature of all."""

from bot.chat.access import ANYONE, needs
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards import alarms
from bot.chat.cards.links import link_button
from bot.chat.cards.unknown import not_understood
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Answer, Screen
from bot.chat.text import T
from bot.core.errors import StaleButton
from bot.core.roles import Role

feature = Feature("fallback")


@feature.message(*Sent, needs=ANYONE)
def unknown(call: Call, message: Incoming) -> Screen:
    """Say what cannot be done with a message outside any conversation (SYS-05)."""
    return not_understood(call, message)


@feature.any_press
def stale(_: Call, __: str) -> Answer:
    """Refuse a button that no feature knows: forged, or of a version that is gone."""
    raise StaleButton


@feature.group_command
def in_group(call: Call, _: object) -> Answer:
    """Lead from a group to the private chat; what is said to another bot is none of ours."""
    command = "" if call.message is None else call.message.text.split(maxsplit=1)[0]
    _, named, bot = command.partition("@")
    if named and bot.lower() != call.bot_username.lower():
        return None
    return Screen(T("unknown.group"), [[link_button(call)]])


@feature.home(90, needs(Role.admin))
def home(call: Call) -> HomePart:
    """Tell the admin what waits in the queues."""
    line = alarms.waiting_line(call)
    return HomePart([] if line is None else [line])
