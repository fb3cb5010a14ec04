"""When and where."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.reports.words import when_text
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Clipped, Month, Plain, T, Text
from bot.core.errors import StaleButton
from bot.features.reports import rules
from bot.features.reports.access import access_report
from bot.features.reports.content import when_of, when_to_plain
from bot.features.reports.queries import recent_places
from bot.features.reports.reading.dates import (
    UNKNOWN,
    Limits,
    Precision,
    When,
    checked,
    read_date,
)
from handlers.reports.reading import line_of, own_unit, words_of

_TODAY, _YESTERDAY, _MONTH, _UNKNOWN, _CALENDAR, _QUICK = "t", "y", "mo", "n", "c", "q"
_SHOWN_MONTH = "_month"
_MOST_PLACES = 4
_PLACE_UNITS = 30


def _ask_date(call: Call, answers: Answers) -> Ask:
    limits = rules.date_limits(call.config, call.now)
    shown = answers.get(_SHOWN_MONTH)
    if shown is None:
        return Ask(T("report.ask_date"), _quick(limits.today))
    month = date.fromisoformat(shown)
    rows = month_rows(month, first=limits.first, last=limits.today)
    return Ask(T("report.ask_day"), [*rows, [Pick(T("report.other_way"), _QUICK)]])


def _quick(today: date) -> Sequence[Sequence[Pick]]:
    return [
        [
            Pick(T("report.today", day=today), _TODAY),
            Pick(T("report.yesterday", day=today - timedelta(days=1)), _YESTERDAY),
        ],
        [Pick(T("report.choose_day"), _CALENDAR)],
        [
            Pick(T("report.only_month", month=Month(today)), _MONTH),
            Pick(T("report.date_unknown"), _UNKNOWN),
        ],
    ]


def _read_date(call: Call, reply: Reply, answers: Answers) -> dict[str, object] | Stay:
    limits = rules.date_limits(call.config, call.now)
    if reply.choice is None:
        words = words_of(reply, answers)
        when: When | Stay = words if isinstance(words, Stay) else read_date(words, limits)
    else:
        when = _pressed(reply.choice, limits)
    if isinstance(when, Stay):
        return when
    answers.pop(_SHOWN_MONTH, None)
    return when_to_plain(when)


def _pressed(choice: str, limits: Limits) -> When | Stay:
    today = limits.today
    if is_blank(choice):
        return Stay()
    if choice == _CALENDAR:
        return Stay(None, **{_SHOWN_MONTH: today.replace(day=1).isoformat()})
    if choice == _QUICK:
        return Stay(None, **{_SHOWN_MONTH: None})
    named = {
        _TODAY: When(Precision.day, today),
        _YESTERDAY: When(Precision.day, today - timedelta(days=1)),
        _MONTH: When(Precision.month, today.replace(day=1)),
        _UNKNOWN: UNKNOWN,
    }
    if choice in named:
        return named[choice]
    month = read_month(choice)
    if month is not None and limits.first.replace(day=1) <= month <= today:
        return Stay(None, **{_SHOWN_MONTH: month.isoformat()})
    day = read_day(choice)
    if day is None:
        raise StaleButton
    return checked(When(Precision.day, day), limits, day.isoformat())


def _show_date(call: Call, answers: Answers) -> Text | None:
    if "date" not in answers:
        return None
    today = rules.date_limits(call.config, call.now).today
    return when_text(when_of(answers["date"]), today=today)


def _ask_place(call: Call, answers: Answers) -> Ask:
    places = recent_places(call.work, own_unit(call, answers), most=_MOST_PLACES)
    rows = [[Pick(Clipped(place, _PLACE_UNITS), str(report_id))] for report_id, place in places]
    return Ask(T("report.ask_place"), rows)


def _read_place(call: Call, reply: Reply, answers: Answers) -> str | Stay:
    if reply.choice is None:
        return line_of(reply, answers, most=rules.MOST_PLACE)
    place = access_report(call.work, read_id(reply.choice), actor=call.actor).place
    if place is None:
        raise StaleButton
    return place


def _show_place(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers["place"]) if answers.get("place") else None


DATE = Step("date", T("report.label_date"), _ask_date, _read_date, _show_date)
PLACE = Step("place", T("report.label_place"), _ask_place, _read_place, _show_place, optional=True)
