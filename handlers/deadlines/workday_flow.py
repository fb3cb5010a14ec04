"""Correcting which days people work on: the day, what moves by it, and done (TIME-17)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call, Sent
from bot.chat.cards.deadlines.buttons import WORKDAY, ShowBoards
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Begin, Conversation, Reply, Stay, Step
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.dates import last_day_of_month
from bot.features.deadlines.errors import DayNotOpen
from bot.features.deadlines.workday_moves import DayMove, correct_day, moves_by, other_kind
from bot.features.posts.typed import read_day as read_typed
from bot.features.workdays.models import DayKind
from handlers.deadlines.feature import feature, today_of

_DAY, _MONTH, _KIND = "day", "_month", "_kind"
_YEAR_AHEAD = timedelta(days=366)
_KINDS = {
    DayKind.working: T("workdays.working"),
    DayKind.rest: T("workdays.rest"),
    DayKind.holiday: T("workdays.rest"),
}


def _ask(call: Call, answers: Answers) -> Ask:
    today = today_of(call)
    chosen = answers.get(_MONTH)
    month = date.fromisoformat(chosen) if chosen else today
    marks = day_marks(call.work, month.replace(day=1), last_day_of_month(month))
    return Ask(
        T("workdays.ask"), month_rows(month, first=today, last=today + _YEAR_AHEAD, mark=marks)
    )


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.message is not None:
        typed = reply.message.text if reply.message.sent is Sent.text else ""
        day = read_typed(typed, today=today_of(call))
    elif (month := read_month(reply.choice)) is not None:
        return Stay(**{_MONTH: month.isoformat()})
    elif is_blank(reply.choice):
        return Stay()
    else:
        day = read_day(reply.choice)
    if day is None:
        raise DayNotOpen
    answers[_KIND] = other_kind(call.work, call.config, day).value
    return day.isoformat()


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return T("deadlines.day", day=_day(answers)) if _DAY in answers else None


def _day(answers: Answers) -> date:
    return date.fromisoformat(answers[_DAY])


def _kind(answers: Answers) -> DayKind:
    return DayKind(answers[_KIND])


def _preview(call: Call, answers: Answers) -> Text:
    day, kind = _day(answers), _kind(answers)
    moves = moves_by(call.work, call.config, day, kind)
    return Lines(
        T("workdays.becomes", day=day, kind=_KINDS[kind]),
        BLANK,
        *(_move_lines(moves) or [T("workdays.nothing_moves")]),
        T("workdays.told") if moves else None,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    day, kind = _day(answers), _kind(answers)
    moves = correct_day(call.work, call.config, day, kind, actor=call.actor)
    return Screen(
        Lines(T("workdays.corrected", day=day, kind=_KINDS[kind]), *_move_lines(moves)),
        [
            [Button(T("workdays.another"), Begin(WORKDAY))],
            [Button(T("deadlines.back"), ShowBoards()), home_button()],
        ],
    )


def _move_lines(moves: Sequence[DayMove]) -> list[Text]:
    return [
        T(
            "workdays.move",
            title=title(one.before),
            before=one.before.last_day,
            day=one.after.last_day,
        )
        for one in moves
    ]


workday = feature.converse(
    Conversation(
        name=WORKDAY,
        needs=OFFICE_ONLY,
        steps=(Step(_DAY, T("workdays.label_day"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        submit_label=T("workdays.sure"),
    )
)
