"""Moving a deadline for all: the day, how many hear of it, and done (TIME-17)."""

from datetime import date, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call, Sent
from bot.chat.cards.deadlines.buttons import MOVE
from bot.chat.cards.deadlines.words import last_day, title
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, T, Text, tn
from bot.core.dates import last_day_of_month
from bot.core.errors import StaleButton
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.board import boards
from bot.features.deadlines.errors import NotMoved
from bot.features.deadlines.moving import move_deadline
from bot.features.deadlines.periods import Deadline
from bot.features.posts.typed import read_day as read_typed
from handlers.deadlines.feature import feature, holidays_of, today_of
from handlers.deadlines.missing import moved_board

_KEY, _DAY, _MONTH = "_key", "day", "_month"
_YEAR_AHEAD = timedelta(days=366)


def _begin(call: Call, arg: str | None) -> Answers:
    obligation, found, period = (arg or "").partition("~")
    if not found:
        raise StaleButton
    get_deadline(call.work, call.config, obligation, period)
    return {_KEY: [obligation, period]}


def _deadline(call: Call, answers: Answers) -> Deadline:
    return get_deadline(call.work, call.config, *answers[_KEY])


def _ask(call: Call, answers: Answers) -> Ask:
    deadline, today = _deadline(call, answers), today_of(call)
    chosen = answers.get(_MONTH)
    month = date.fromisoformat(chosen) if chosen else max(today, deadline.last_day)
    marks = day_marks(call.work, month.replace(day=1), last_day_of_month(month))
    day = last_day(deadline, holidays_of(call, [deadline]))
    return Ask(
        T("deadlines.ask_move", title=title(deadline), day=day),
        month_rows(month, first=today, last=today + _YEAR_AHEAD, mark=marks),
    )


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    today = today_of(call)
    if reply.message is not None:
        typed = reply.message.text if reply.message.sent is Sent.text else ""
        day = read_typed(typed, today=today)
    elif (month := read_month(reply.choice)) is not None:
        return Stay(**{_MONTH: month.isoformat()})
    elif is_blank(reply.choice):
        return Stay()
    else:
        day = read_day(reply.choice)
    before = _deadline(call, answers).last_day
    if day is None or day == before or not today <= day <= today + _YEAR_AHEAD:
        raise NotMoved
    return day.isoformat()


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return T("deadlines.day", day=_day(answers)) if _DAY in answers else None


def _day(answers: Answers) -> date:
    return date.fromisoformat(answers[_DAY])


def _preview(call: Call, answers: Answers) -> Text:
    deadline = _deadline(call, answers)
    board = boards(call.work, call.config, [deadline])[0]
    people = {
        one.person_id
        for slot in board.missing
        for one in board.contacts.get(slot.unit.id, ())
        if one.reachable
    }
    moved = deadline.on(_day(answers), call.config)
    holidays = holidays_of(call, [deadline, moved])
    return Lines(
        T(
            "deadlines.move_preview",
            title=title(deadline),
            before=last_day(deadline, holidays),
            day=last_day(moved, holidays),
        ),
        tn("deadlines.move_told", len(people)),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    obligation, period = answers[_KEY]
    move_deadline(call.work, call.config, (obligation, period), _day(answers), actor=call.actor)
    return moved_board(call, obligation, period)


move = feature.converse(
    Conversation(
        name=MOVE,
        needs=OFFICE_ONLY,
        steps=(Step(_DAY, T("deadlines.label_move"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("deadlines.move_sure"),
    )
)
