"""What nobody else took: one clear sentence, and the way on. The last feature of all."""

from bot.chat.access import ANYONE, needs
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards import alarms
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link_button
from bot.chat.conversation.model import Begin
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T, Text
from bot.core.errors import StaleButton
from bot.core.roles import Role

feature = Feature("fallback")

_NOT_READ: dict[Sent, Text] = {
    Sent.text: T("unknown.text"),
    Sent.photo: T("unknown.photo"),
    Sent.document: T("unknown.document"),
    Sent.video: T("unknown.video"),
    Sent.voice: T("unknown.voice"),
    Sent.sticker: T("unknown.sticker"),
    Sent.location: T("unknown.location"),
    Sent.contact: T("unknown.contact"),
    Sent.other: T("unknown.other"),
}


@feature.message(*Sent, needs=ANYONE)
def unknown(call: Call, message: Incoming) -> Screen:
    """Say what cannot be done with a message outside any conversation (SYS-05)."""
    if message.sent is Sent.text and message.text.startswith("/"):
        return Screen(T("unknown.command"), [[home_button()]])
    ways = [home_button()]
    if call.actor.unit_ids and message.sent is Sent.text:
        # Whoever reports for a unit most likely sent an activity.
        ways.insert(0, Button(T("unknown.report_it"), Begin("report")))
    return Screen(_NOT_READ[message.sent], [ways])


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
