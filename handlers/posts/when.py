"""The questions about a post's day and hours (VOL-01)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.chat.calendar import is_blank, month_rows, read_month
from bot.chat.calendar import read_day as read_cell
from bot.chat.call import Call
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Plain, T, Text
from bot.config import TimeBand
from bot.core.dates import last_day_of_month, local_day
from bot.features.posts.errors import (
    DayIsPast,
    DayIsTooFar,
    EndsAsItStarts,
    NotADay,
    NotATime,
    StartsInPast,
)
from bot.features.posts.hours import Hours
from bot.features.posts.typed import read_day, read_span, words
from handlers.posts.answers import day_given, hours_given
from handlers.posts.steps import quoted, typed

_DAYS_AHEAD = 365
_ACROSS = 2
_OVER = "over"
_AGAIN = "again"


def _ask_day(call: Call, answers: Answers) -> Ask:
    today = local_day(call.now, call.config.time.zone_info)
    last = today + timedelta(days=_DAYS_AHEAD)
    given = day_given(answers) or today
    month = date.fromisoformat(answers["_month"]) if "_month" in answers else given
    shown = min(max(month, today), last).replace(day=1)
    marks = day_marks(call.work, shown, last_day_of_month(shown))
    return Ask(T("posts.ask_day"), month_rows(shown, first=today, last=last, mark=marks))


def _read_day(call: Call, reply: Reply, _: Answers) -> Any:
    if is_blank(reply.choice):
        return Stay()
    month = read_month(reply.choice)
    if month is not None:
        return Stay(_month=month.isoformat())
    today = local_day(call.now, call.config.time.zone_info)
    day = read_cell(reply.choice) or read_day(typed(reply), today=today)
    if day is None:
        raise NotADay(given=quoted(reply))
    if day < today:
        raise DayIsPast(day=day)
    if day > today + timedelta(days=_DAYS_AHEAD):
        raise DayIsTooFar(days=_DAYS_AHEAD)
    return day.isoformat()


def _show_day(_: Call, answers: Answers) -> Text | None:
    day = day_given(answers)
    return None if day is None else T("posts.day", day=day)


def _ask_hours(call: Call, answers: Answers) -> Ask:
    begun = _begun(answers)
    if begun is None:
        picks = [Pick(band_name(band), f"b{band.slug}") for band in call.config.time_bands]
        rows = [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)]
        return Ask(T("posts.ask_hours"), rows)
    again = Pick(T("posts.other_hours"), _AGAIN)
    if "end" in begun:
        over = Pick(T("posts.until_next_day", end=begun["end"]), _OVER)
        return Ask(
            T("posts.ask_overnight", start=begun["start"], end=begun["end"]), [[again], [over]]
        )
    lengths: Sequence[str] = words()["hours_long"]
    picks = [Pick(T("posts.hours_long", hours=length), f"h{length}") for length in lengths]
    return Ask(T("posts.ask_end", start=begun["start"]), [picks, [again]])


def _read_hours(call: Call, reply: Reply, answers: Answers) -> Any:
    begun = _begun(answers) or {}
    choice = reply.choice or ""
    if choice == _AGAIN:
        return Stay(_hours=None)
    if choice == _OVER and "end" in begun:
        return _checked(
            call,
            answers,
            Hours(
                time.fromisoformat(begun["start"]), time.fromisoformat(begun["end"]), overnight=True
            ),
        )
    start, end = _chosen(call, choice, begun) if choice else _typed_hours(reply, begun)
    if end is None:
        return _stay(answers, start=start)
    if start == end:
        raise EndsAsItStarts
    if end < start:
        return _stay(answers, start=start, end=end)
    return _checked(call, answers, Hours(start, end))


def band_name(band: TimeBand) -> Text:
    """Return what a band of config.yaml is called, with its times (TIME-16)."""
    return T("posts.band", name=band.name, start=f"{band.start:%H:%M}", end=f"{band.end:%H:%M}")


def _chosen(call: Call, choice: str, begun: Answers) -> tuple[time, time]:
    slug = choice.removeprefix("b")
    for band in call.config.time_bands:
        if choice.startswith("b") and band.slug == slug:
            return band.start, band.end
    length = choice.removeprefix("h")
    if "start" not in begun or length not in words()["hours_long"]:
        raise NotATime(given="…")
    start = time.fromisoformat(begun["start"])
    end = datetime.combine(date.min, start) + timedelta(hours=float(length))
    return start, end.time()


def _typed_hours(reply: Reply, begun: Answers) -> tuple[time, time | None]:
    span = read_span(typed(reply))
    if span is None:
        raise NotATime(given=quoted(reply))
    start, end = span
    if end is None and "start" in begun and "end" not in begun:
        return time.fromisoformat(begun["start"]), start
    return start, end


def _checked(call: Call, answers: Answers, hours: Hours) -> str:
    day = day_given(answers)
    if day is not None and hours.on(day, call.config.time.zone_info)[0] <= call.now:
        raise StartsInPast
    return hours.kept()


def _stay(answers: Answers, **begun: time) -> Stay:
    kept = {key: f"{value:%H:%M}" for key, value in begun.items()}
    return Stay(_hours={**kept, "instead_of": answers.get("time")})


def _begun(answers: Answers) -> Answers | None:
    """Return the start (and an end before it) that wait for more; None where nothing does.

    What was begun for an answer before no longer counts.
    """
    begun: Answers | None = answers.get("_hours")
    if begun is None or begun["instead_of"] != answers.get("time"):
        return None
    return begun


def _show_hours(_: Call, answers: Answers) -> Text | None:
    hours = hours_given(answers)
    if hours is None:
        return None
    times = {"start": f"{hours.start:%H:%M}", "end": f"{hours.end:%H:%M}"}
    if hours.overnight:
        return T("posts.hours_over_midnight", **times)
    return Plain("{start}–{end}".format(**times))


DAY = Step("date", T("posts.field_day"), _ask_day, _read_day, _show_day)
HOURS = Step("time", T("posts.field_hours"), _ask_hours, _read_hours, _show_hours)
