"""Saying that hours are wrong, correcting them, and declining what was asked for."""

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.hours.buttons import CORRECT_HOURS, DECLINE_HOURS, SAY_WRONG
from bot.chat.cards.hours.desk import corrected
from bot.chat.cards.hours.own import asked, entry_card, entry_text
from bot.chat.cards.hours.words import duration
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.errors import NotFound
from bot.features.hours import requests
from bot.features.hours.access import (
    access_entry_to_correct,
    access_own_entry,
    access_request,
    check_second,
)
from bot.features.hours.ledger import correct
from bot.features.hours.queries import Entry, find_entry
from handlers.hours.adding import add_hours
from handlers.hours.desk import show_request
from handlers.hours.feature import IN_CHARGE, feature
from handlers.hours.steps import MINUTES, REASON, minutes_step, reason_step

_ENTRY, _REQUEST = "_entry", "_request"
_ABOUT_REQUEST = "r"


def _begin_wrong(call: Call, arg: str | None) -> Answers:
    return {_ENTRY: access_own_entry(call.work, read_id(arg), actor=call.actor).id}


def _preview_wrong(call: Call, answers: Answers) -> Text:
    return Lines(
        T("hours.wrong_preview"),
        entry_text(_entry(call, answers)),
        BLANK,
        T("hours.asked_why", words=answers[REASON]),
    )


def _submit_wrong(call: Call, answers: Answers) -> Screen:
    requests.say_wrong(
        call.work, actor=call.actor, entry_id=int(answers[_ENTRY]), words=answers[REASON]
    )
    return asked(T("hours.wrong_sent"))


def _begin_correct(call: Call, arg: str | None) -> Answers:
    """Begin with an entry, or with `r` and the request that says that one is wrong."""
    if arg is None or not arg.startswith(_ABOUT_REQUEST):
        return {_ENTRY: access_entry_to_correct(call.work, read_id(arg), actor=call.actor).id}
    number = read_id(arg.removeprefix(_ABOUT_REQUEST))
    request = access_request(call.work, number, actor=call.actor)
    check_second(request, call.actor)
    if request.entry_id is None:
        raise NotFound
    return {_ENTRY: request.entry_id, _REQUEST: request.id}


def _preview_correct(call: Call, answers: Answers) -> Text:
    entry = _entry(call, answers)
    return Lines(
        T("hours.correct_preview"),
        entry_card(call, entry),
        BLANK,
        T(
            "hours.correct_change",
            before=duration(entry.minutes),
            after=duration(answers[MINUTES]),
        ),
        T("hours.asked_why", words=answers[REASON]),
    )


def _submit_correct(call: Call, answers: Answers) -> Screen:
    minutes, words, entry_id = int(answers[MINUTES]), answers[REASON], int(answers[_ENTRY])
    if _REQUEST in answers:
        requests.put_right(
            call.work,
            call.config,
            actor=call.actor,
            request_id=int(answers[_REQUEST]),
            minutes=minutes,
            words=words,
        )
    else:
        correct(
            call.work,
            call.config,
            actor=call.actor,
            entry_id=entry_id,
            minutes=minutes,
            reason=words,
        )
    return corrected(_entry(call, answers))


def _begin_decline(call: Call, arg: str | None) -> Answers:
    request = access_request(call.work, read_id(arg), actor=call.actor)
    check_second(request, call.actor)
    return {_REQUEST: request.id}


def _preview_decline(call: Call, answers: Answers) -> Text:
    del call
    return Lines(T("hours.decline_preview"), T("hours.asked_why", words=answers[REASON]))


def _submit_decline(call: Call, answers: Answers) -> Screen:
    number = int(answers[_REQUEST])
    requests.decline(call.work, actor=call.actor, request_id=number, words=answers[REASON])
    return show_request(call, number)


def _entry(call: Call, answers: Answers) -> Entry:
    entry = find_entry(call.work, int(answers[_ENTRY]))
    if entry is None:
        raise NotFound
    return entry


feature.converse(add_hours)
feature.converse(
    Conversation(
        name=SAY_WRONG,
        needs=REGISTERED,
        steps=[reason_step(T("hours.ask_wrong"))],
        preview=_preview_wrong,
        submit=_submit_wrong,
        begin=_begin_wrong,
        submit_label=T("hours.wrong_submit"),
    )
)
feature.converse(
    Conversation(
        name=CORRECT_HOURS,
        needs=IN_CHARGE,
        steps=[
            minutes_step(T("hours.ask_right"), or_none=T("hours.not_at_all")),
            reason_step(T("hours.ask_why")),
        ],
        preview=_preview_correct,
        submit=_submit_correct,
        begin=_begin_correct,
        submit_label=T("hours.correct_submit"),
    )
)
feature.converse(
    Conversation(
        name=DECLINE_HOURS,
        needs=IN_CHARGE,
        steps=[reason_step(T("hours.ask_why_not"))],
        preview=_preview_decline,
        submit=_submit_decline,
        begin=_begin_decline,
        submit_label=T("hours.decline"),
    )
)
