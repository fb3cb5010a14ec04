"""Asking for more time (申请延期): why, until when, and done (TIME-15)."""

from datetime import date, timedelta
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call, Sent
from bot.chat.cards.deadlines.buttons import EXTEND, ShowDues, read_slot
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.cards.home import home_button
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.core.dates import last_day_of_month
from bot.core.errors import StaleButton
from bot.features.deadlines.extending import (
    MOST_EXTENDED_DAYS,
    ask_extension,
    check_may_ask,
    check_wanted,
)
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.rules import MOST_PART_UNITS
from bot.features.posts.typed import read_day as read_typed
from handlers.deadlines.feature import feature, holidays_of, today_of
from handlers.deadlines.reading import SLOT, check_own, picked_or_words, slot_of, where_of

_REASON, _WANTED, _MONTH = "reason", "wanted", "_month"
_OFFERED_DAYS = (3, 7, 14)
_REASONS = {
    "later": T("extensions.reason_later"),
    "collecting": T("extensions.reason_collecting"),
    "away": T("extensions.reason_away"),
    "approval": T("extensions.reason_approval"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    where, section = read_slot(arg)
    if section is not None:
        raise StaleButton
    check_own(call, arg or "")
    check_may_ask(call.work, call.config, where)
    return {SLOT: arg}


def _ask_reason(call: Call, answers: Answers) -> Ask:
    picks = [Pick(text, value) for value, text in _REASONS.items()]
    text = Lines(_head(call, answers), T("extensions.ask_reason", most=MOST_PART_UNITS))
    return Ask(text, [picks[:2], picks[2:]])


def _read_reason(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    return picked_or_words(call, reply, _REASONS)


def _show_reason(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_REASON]) if _REASON in answers else None


def _ask_wanted(call: Call, answers: Answers) -> Ask:
    last = slot_of(call, answers).deadline.last_day
    first, end = last + timedelta(days=1), last + timedelta(days=MOST_EXTENDED_DAYS)
    text = Lines(_head(call, answers), T("extensions.ask_wanted"))
    chosen = answers.get(_MONTH)
    if chosen:
        month = date.fromisoformat(chosen)
        marks = day_marks(call.work, month, last_day_of_month(month))
        return Ask(text, month_rows(month, first=first, last=end, mark=marks))
    offered = [last + timedelta(days=days) for days in _OFFERED_DAYS]
    return Ask(
        text,
        [
            *([Pick(T("deadlines.day", day=day), f"d{day.isoformat()}")] for day in offered),
            [Pick(T("deadlines.choose_day"), f"m{first.replace(day=1).isoformat()}")],
        ],
    )


def _read_wanted(call: Call, reply: Reply, answers: Answers) -> Any:
    slot = slot_of(call, answers)
    if reply.message is not None:
        typed = reply.message.text if reply.message.sent is Sent.text else ""
        day = read_typed(typed, today=today_of(call))
    elif (month := read_month(reply.choice)) is not None:
        return Stay(None, **{_MONTH: month.isoformat()})
    elif is_blank(reply.choice):
        return Stay()
    else:
        day = read_day(reply.choice)
    return check_wanted(slot.deadline.last_day if day is None else day, slot).isoformat()


def _show_wanted(call: Call, answers: Answers) -> Text | None:
    del call
    return T("deadlines.day", day=_wanted(answers)) if _WANTED in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    return Lines(
        _head(call, answers),
        BLANK,
        T("extensions.wanted", day=_wanted(answers)),
        T("extensions.because", reason=answers[_REASON]),
        T("extensions.will_hear"),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    slot = slot_of(call, answers)
    ask_extension(
        call.work,
        where_of(answers),
        actor=call.actor,
        config=call.config,
        wanted=_wanted(answers),
        reason=answers[_REASON],
    )
    text = T("extensions.asked", unit=slot.unit.name, title=title(slot.deadline))
    look = Button(T("deadlines.see_all"), ShowDues())
    return Screen(
        Lines(text, T("extensions.until_then", day=slot.deadline.last_day)),
        [[look], [home_button()]],
        event=True,
    )


def _wanted(answers: Answers) -> date:
    return date.fromisoformat(answers[_WANTED])


def _head(call: Call, answers: Answers) -> Text:
    slot: Slot = slot_of(call, answers)
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
    )


extend = feature.converse(
    Conversation(
        name=EXTEND,
        needs=CONTACT_ONLY,
        steps=(
            Step(_REASON, T("deadlines.label_reason"), _ask_reason, _read_reason, _show_reason),
            Step(_WANTED, T("extensions.label_wanted"), _ask_wanted, _read_wanted, _show_wanted),
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
