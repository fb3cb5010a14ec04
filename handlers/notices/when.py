"""When a notice goes: now, after the quiet hours, or at a day and an hour."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.chat.calendar import is_blank, month_rows, read_month
from bot.chat.calendar import read_day as read_cell
from bot.chat.call import Call
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Clipped, Lines, Plain, T, Text
from bot.core.dates import last_day_of_month, local_day
from bot.features.notices.errors import InThePast, NotADate, NotAnHour, TooFar
from bot.features.notices.service import Plan
from bot.features.posts.typed import read_day, read_day_and_time, read_span
from bot.features.workdays.queries import day_kind

STEP = "when"
NOW, NIGHT, AT = "now", "night", "at"
"""At once, or after the quiet hours where it is night; at once even then; at a time."""
DAYS_AHEAD = 365
_HOURS = range(7, 22)
_ACROSS = 5
_OTHER_DAY = "day"
_HOUR = "h"


FIRST: Answers = {"kind": NOW}
"""When a notice goes unless its author says otherwise: soon, but not into the night."""


def planned(call: Call, answers: Answers) -> Plan:
    """Return when a notice goes, as it was chosen.

    Quiet hours move it to their end, unless it was chosen in them to go at once.
    """
    chosen = answers.get(STEP) or FIRST
    if chosen["kind"] == NIGHT:
        return Plan(disturbs=call.after_quiet(None) is not None)
    if chosen["kind"] == NOW:
        return Plan(send_at=call.after_quiet(None))
    return Plan(send_at=call.after_quiet(_moment(chosen)))


def moved_by_quiet(call: Call, answers: Answers) -> bool:
    """Tell whether the chosen time lies in the quiet hours, so that it goes at their end."""
    chosen = answers.get(STEP) or {}
    return chosen.get("kind") == AT and call.after_quiet(_moment(chosen)) != _moment(chosen)


def unpublished_year(call: Call, moment: datetime | None) -> int | None:
    """Return the year of `moment` where its working days are not published yet (TIME-17)."""
    if moment is None:
        return None
    day = local_day(moment, call.config.time.zone_info)
    return day.year if day_kind(call.work, day) is None else None


def _moment(chosen: Answers) -> datetime:
    return datetime.fromisoformat(chosen["at"])


def _ask(call: Call, answers: Answers) -> Ask:
    if answers.get("_day"):
        return _ask_hour(date.fromisoformat(answers["_day"]))
    today = local_day(call.now, call.config.time.zone_info)
    last = today + timedelta(days=DAYS_AHEAD)
    turned = date.fromisoformat(answers["_month"]) if answers.get("_month") else today
    shown = min(max(turned, today), last).replace(day=1)
    marks = day_marks(call.work, shown, last_day_of_month(shown))
    quiet_until = call.after_quiet(None)
    ways = [Pick(T("notices.when_now"), NOW)]
    if quiet_until is not None:
        ways = [Pick(T("notices.when_quiet"), NOW), Pick(T("notices.when_night"), NIGHT)]
    return Ask(
        Lines(
            T("notices.ask_when"),
            T("notices.is_quiet", until=quiet_until) if quiet_until is not None else None,
        ),
        [*([way] for way in ways), *month_rows(shown, first=today, last=last, mark=marks)],
    )


def _ask_hour(day: date) -> Ask:
    picks = [Pick(Plain(f"{hour:02}:00"), f"{_HOUR}{hour:02}.00") for hour in _HOURS]
    rows = [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)]
    rows.append([Pick(T("notices.other_day"), _OTHER_DAY)])
    return Ask(T("notices.ask_hour", day=day), rows, inner=True)


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    choice = reply.choice
    if choice in {NOW, NIGHT}:
        return {"kind": choice}
    if choice == _OTHER_DAY:
        return Stay(_day=None)
    if is_blank(choice):
        return Stay()
    month = read_month(choice)
    if month is not None:
        return Stay(_month=month.isoformat())
    if choice is not None and choice.startswith(_HOUR) and answers.get("_day"):
        return _at(call, answers["_day"], _hour(choice[1:].replace(".", ":")))
    return _read_words(call, reply, answers)


def _read_words(call: Call, reply: Reply, answers: Answers) -> Any:
    """Read a pressed day, or what was typed: a day, an hour, or both."""
    today = local_day(call.now, call.config.time.zone_info)
    typed = "" if reply.message is None else reply.message.text
    day, hour = read_cell(reply.choice) or read_day(typed, today=today), None
    if day is None and answers.get("_day"):
        return _at(call, answers["_day"], _hour(typed))
    if day is None and (both := read_day_and_time(typed, today=today)) is not None:
        day, hour = both
    if day is None:
        raise NotADate(given=Clipped(" ".join(typed.split()) or "…", 20))
    if day < today:
        raise InThePast(at=day)
    if day > today + timedelta(days=DAYS_AHEAD):
        raise TooFar(days=DAYS_AHEAD)
    if hour is not None:
        return _at(call, day.isoformat(), hour)
    year = None if day_kind(call.work, day) is not None else day.year
    note: Text | None = None if year is None else T("notices.unpublished", year=str(year))
    return Stay(note, _day=day.isoformat())


def _hour(text: str) -> time:
    """Return a time of the day. Raises NotAnHour."""
    span = read_span(text)
    if span is None or span[1] is not None:
        raise NotAnHour(given=Clipped(" ".join(text.split()) or "…", 20))
    return span[0]


def _at(call: Call, day: str, hour: time) -> dict[str, str]:
    local = datetime.combine(date.fromisoformat(day), hour, tzinfo=call.config.time.zone_info)
    if local <= call.now:
        raise InThePast(at=local)
    return {"kind": AT, "at": local.isoformat()}


def _show(call: Call, answers: Answers) -> Text | None:
    plan = planned(call, answers)
    if plan.send_at is not None:
        return T("notices.goes_at", at=plan.send_at)
    return T("notices.when_night") if plan.disturbs else T("notices.when_now")


WHEN = Step(
    STEP, T("notices.label_when"), _ask, _read, _show, when=lambda _, given: "audience" in given
)
