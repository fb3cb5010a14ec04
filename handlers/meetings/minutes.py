"""The minutes of a meeting: into the archive, and to those invited if wanted (BUL-06)."""

from dataclasses import asdict
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.meetings.buttons import MINUTES
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, T, Text
from bot.chat.textfiles import as_incoming
from bot.core.errors import StaleButton
from bot.features.archive.service import Incoming
from bot.features.deadlines.errors import FileNeeded
from bot.features.deadlines.rules import check_plan_file
from bot.features.meetings import service
from handlers.meetings.feature import feature
from handlers.meetings.office import shown

_MEETING, _FILE, _SEND = "_meeting", "file", "send"
_CHOICES = {"yes": T("meetings.send_minutes"), "no": T("meetings.file_only")}


def _begin(call: Call, arg: str | None) -> Answers:
    meeting = service.access_meeting(call.work, actor=call.actor, meeting_id=read_id(arg))
    return {_MEETING: meeting.id}


def _ask_file(call: Call, given: Answers) -> Ask:
    del call, given
    return Ask(T("meetings.ask_minutes"))


def _read_file(call: Call, reply: Reply, given: Answers) -> Any:
    del call, given
    if reply.message is None or reply.message.file is None:
        raise FileNeeded
    return asdict(check_plan_file(as_incoming(reply.message.file)))


def _show_file(call: Call, given: Answers) -> Text | None:
    del call
    if not given.get(_FILE):
        return None
    file = Incoming(**given[_FILE])
    return file_text(file.name, file.kind)


def _ask_send(call: Call, given: Answers) -> Ask:
    del call, given
    return Ask(T("meetings.ask_send"), [[Pick(text, key) for key, text in _CHOICES.items()]])


def _read_send(call: Call, reply: Reply, given: Answers) -> Any:
    del call, given
    return reply.choice if reply.choice in _CHOICES else Stay(T("meetings.choose_send"))


def _show_send(call: Call, given: Answers) -> Text | None:
    del call
    return _CHOICES.get(given.get(_SEND, ""))


def _preview(call: Call, given: Answers) -> Text:
    return Lines(_show_file(call, given), _show_send(call, given))


def _submit(call: Call, given: Answers) -> Screen:
    meeting_id = given.get(_MEETING)
    if not isinstance(meeting_id, int):
        raise StaleButton
    send = given[_SEND] == "yes"
    service.file_minutes(
        call.work,
        call.config,
        actor=call.actor,
        meeting_id=meeting_id,
        file=Incoming(**given[_FILE]),
        send=send,
    )
    note = T("meetings.minutes_sent") if send else T("meetings.minutes_kept")
    return shown(call, meeting_id, page=1, note=note)


feature.converse(
    Conversation(
        name=MINUTES,
        needs=OFFICE_ONLY,
        steps=(
            Step(_FILE, T("deadlines.label_file"), _ask_file, _read_file, _show_file),
            Step(_SEND, T("meetings.label_send"), _ask_send, _read_send, _show_send),
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
