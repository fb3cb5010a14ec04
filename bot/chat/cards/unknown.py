"""What cannot be done with a message outside any conversation (SYS-05)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.said import words_arg
from bot.chat.screen import Button, Screen
from bot.chat.text import T, Text

_A_GREETING = 9
"""Characters: nothing is reported or told to others in so few."""

_NOT_READ: dict[Sent, Text] = {
    Sent.text: T("unknown.text"),
    Sent.photo: T("unknown.photo"),
    Sent.document: T("unknown.document"),
    Sent.video: T("unknown.video"),
    Sent.voice: T("unknown.voice"),
    Sent.audio: T("unknown.voice"),
    Sent.sticker: T("unknown.sticker"),
    Sent.location: T("unknown.location"),
    Sent.contact: T("unknown.contact"),
    Sent.other: T("unknown.other"),
}


def not_understood(call: Call, message: Incoming) -> Screen:
    """Say that a message was not taken, and the way on.

    A contact's may be an activity, the office's a notice: one press takes its words for it.
    """
    if message.sent is Sent.text and message.text.startswith("/"):
        return Screen(T("unknown.command"), [[home_button()]])
    ways = [home_button()]
    if message.sent is not Sent.text:
        return Screen(_NOT_READ[message.sent], [ways])
    is_whole = len(message.text) > _A_GREETING and not message.edited
    words = words_arg(call) if is_whole else None
    if call.actor.unit_ids:
        ways.insert(0, Button(T("unknown.report_it"), Begin("report", words)))
    if OFFICE_ONLY.met_by(call.actor):
        ways.insert(0, Button(T("notices.new"), Begin("notice", words)))
    go_along = words is not None and len(ways) > 1
    return Screen(T("unknown.text_goes_along") if go_along else T("unknown.text"), [ways])
