"""The question on which day something is due that the office asks for."""

import re
from datetime import date, timedelta
from typing import Any

from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call
from bot.chat.cards.deadlines import orders as cards
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay
from bot.chat.text import T, Text
from bot.config import Frequency, Weekday
from bot.core.dates import last_day_of_month
from bot.features.obligations.errors import DayGone, NoSuchDay
from bot.features.obligations.service import check_due_day
from bot.features.posts.typed import read_day as read_typed
from handlers.deadlines.feature import today_of
from handlers.deadlines.order_steps import DUE, frequency_of, text_of

_MONTH = "_month"
_YEAR_AHEAD = timedelta(days=366)
_OFFERED = {
    Frequency.weekly: (*(one.value for one in list(Weekday)[:5]), "last-workday", "last"),
    Frequency.monthly: ("last", "last-workday", "25", "31", "end+3", "end+5"),
    Frequency.quarterly: ("last", "last-workday", "end+5", "end+10"),
    Frequency.yearly: ("12-10", "12-20", "last", "end+5"),
    Frequency.phase: ("last", "last-workday", "end+3", "end+5"),
}
_NUMBER = re.compile(r"\s*([0-9]{1,2})[^0-9+-]?\s*")
_DAY_OF_YEAR = re.compile(r"\s*([0-9]{1,2})[^0-9]([0-9]{1,2})[^0-9]?\s*")


def ask_due(call: Call, answers: Answers) -> Ask:
    """Ask for the due day: a date of what is owed once, else a day of each period."""
    frequency = frequency_of(answers)
    if frequency is Frequency.once:
        return _ask_date(call, answers)
    picks = [Pick(cards.due_words(frequency, one), one) for one in _OFFERED[frequency]]
    key = {
        Frequency.monthly: "orders.ask_due_month",
        Frequency.yearly: "orders.ask_due_year",
    }.get(frequency, "orders.ask_due")
    return Ask(T(key), [picks[at : at + 2] for at in range(0, len(picks), 2)])


def read_due(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the due day as it is kept. Raises NoSuchDay, DayGone or WordsNeeded."""
    frequency = frequency_of(answers)
    if frequency is Frequency.once:
        return _read_date(call, reply)
    if reply.choice is not None:
        return check_due_day(reply.choice, frequency)
    return check_due_day(_written(text_of(reply), frequency), frequency)


def show_due(call: Call, answers: Answers) -> Text | None:
    """Return on which day it is due."""
    del call
    given = answers.get(DUE)
    if given is None:
        return None
    frequency = frequency_of(answers)
    if frequency is Frequency.once:
        return T("deadlines.day", day=date.fromisoformat(given))
    return cards.due_words(frequency, given)


def _written(text: str, frequency: Frequency) -> str | None:
    """Return what was typed as a due day: 25, 25日, 12月20日; None for nothing of the kind."""
    number = _NUMBER.fullmatch(text)
    if number is not None and frequency in {Frequency.monthly, Frequency.quarterly}:
        return str(int(number[1]))
    day = _DAY_OF_YEAR.fullmatch(text)
    if day is not None and frequency is Frequency.yearly:
        return f"{int(day[1]):02d}-{int(day[2]):02d}"
    return None


def _ask_date(call: Call, answers: Answers) -> Ask:
    today = today_of(call)
    last = today + _YEAR_AHEAD
    chosen = answers.get(_MONTH)
    month = date.fromisoformat(chosen) if chosen else today
    marks = day_marks(call.work, month.replace(day=1), last_day_of_month(month))
    return Ask(T("orders.ask_date"), month_rows(month, first=today, last=last, mark=marks))


def _read_date(call: Call, reply: Reply) -> Any:
    today = today_of(call)
    if reply.choice is None:
        return _checked(read_typed(text_of(reply), today=today), today)
    month = read_month(reply.choice)
    if month is not None:
        return Stay(**{_MONTH: month.isoformat()})
    if is_blank(reply.choice):
        return Stay()
    return _checked(read_day(reply.choice), today)


def _checked(day: date | None, today: date) -> str:
    if day is None or day > today + _YEAR_AHEAD:
        raise NoSuchDay
    if day < today:
        raise DayGone
    return day.isoformat()
