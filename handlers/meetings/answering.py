"""Answering an invitation: 参加 at once, 请假 with a reason, 代会 with a name (BUL-06)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.chat.access import REGISTERED
from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.meetings import guest as cards
from bot.chat.cards.meetings.buttons import LEAVE, STAND_IN, Attend
from bot.chat.cards.meetings.calendarfile import calendar_message
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.errors import StaleButton
from bot.features.deadlines.errors import WordsNeeded
from bot.features.deadlines.rules import check_words
from bot.features.meetings import answers, service
from bot.features.meetings.models import Coming
from handlers.meetings.feature import feature

_MEETING, _SAID = "_meeting", "said"
_MOST_NAME_UNITS, _MOST_REASON_UNITS = 80, 200


@feature.press(Attend, REGISTERED)
def attend(call: Call, data: Attend) -> Screen:
    """Answer that one comes; the file for the calendar follows, once."""
    _, before = answers.access_guest(call.work, actor=call.actor, meeting_id=data.meeting_id)
    already = before.answer is Coming.comes
    meeting, guest = answers.reply(
        call.work, actor=call.actor, meeting_id=data.meeting_id, answer=Coming.comes
    )
    screen = cards.answered(meeting, guest)
    return screen if already else replace(screen, also=[calendar_message(meeting)])


def _begin(call: Call, arg: str | None) -> Answers:
    meeting, _ = answers.access_guest(call.work, actor=call.actor, meeting_id=read_id(arg))
    service.check_coming(call.work, meeting)
    return {_MEETING: meeting.id}


def _ask(question: Text, call: Call, given: Answers) -> Ask:
    meeting, _ = answers.access_guest(call.work, actor=call.actor, meeting_id=_meeting_id(given))
    return Ask(Lines(cards.about(meeting), question))


def _read(most_units: int, call: Call, reply: Reply, given: Answers) -> str:
    del call, given
    if reply.message is None or reply.message.sent is not Sent.text:
        raise WordsNeeded
    return check_words(reply.message.text, most_units=most_units)


def _show(call: Call, given: Answers) -> Text | None:
    del call
    return Plain(given[_SAID]) if given.get(_SAID) else None


def _preview(call: Call, given: Answers) -> Text:
    return _show(call, given) or T("meetings.without_reason")


def _leave(call: Call, given: Answers) -> Screen:
    meeting, guest = answers.reply(
        call.work,
        actor=call.actor,
        meeting_id=_meeting_id(given),
        answer=Coming.leave,
        reason=given.get(_SAID) or None,
    )
    return cards.answered(meeting, guest)


def _stand_in(call: Call, given: Answers) -> Screen:
    meeting, guest = answers.reply(
        call.work,
        actor=call.actor,
        meeting_id=_meeting_id(given),
        answer=Coming.stand_in,
        stand_in=given[_SAID],
    )
    return cards.answered(meeting, guest)


def _meeting_id(given: Answers) -> int:
    found = given.get(_MEETING)
    if not isinstance(found, int):
        raise StaleButton
    return found


def _conversation(
    name: str,
    question: Text,
    submit: Callable[[Call, Answers], Screen],
    *,
    most_units: int,
    optional: bool,
) -> Conversation:
    return Conversation(
        name=name,
        needs=REGISTERED,
        steps=[
            Step(
                _SAID,
                T(f"flow.{name}"),
                partial(_ask, question),
                partial(_read, most_units),
                _show,
                optional=optional,
            )
        ],
        preview=_preview,
        submit=submit,
        begin=_begin,
        direct=True,
    )


feature.converse(
    _conversation(
        LEAVE, T("meetings.ask_reason"), _leave, most_units=_MOST_REASON_UNITS, optional=True
    )
)
feature.converse(
    _conversation(
        STAND_IN, T("meetings.ask_name"), _stand_in, most_units=_MOST_NAME_UNITS, optional=False
    )
)
