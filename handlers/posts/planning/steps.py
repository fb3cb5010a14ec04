"""The questions about a series: places, days and hours, several of each (VOL-01, TIME-16)."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.chat.call import Call
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.pager import page_count, pager
from bot.chat.text import Listed, Plain, T, Text
from bot.core.dates import last_day_of_month
from bot.features.places.queries import get_place, places_called
from bot.features.places.rules import key_of, read_name
from bot.features.posts.board import offered_places
from bot.features.posts.errors import DayIsPast, DayIsTooFar, EndsAsItStarts, NotATime
from bot.features.posts.hours import Hours, hours_of
from bot.features.posts.planerrors import (
    EndsBeforeStart,
    HoursOverlap,
    NoDays,
    NoSpan,
    NothingChosen,
)
from bot.features.posts.series import Days
from bot.features.posts.typed import words
from bot.features.posts.typedseries import read_days_span, read_hours, read_weekdays
from handlers.posts.planning.given import (
    check_days,
    number_after,
    span_given,
    today,
    week_after,
    weekdays_given,
)
from handlers.posts.steps import quoted, typed
from handlers.posts.when import band_name

_PLACES = 8
_DAYS_AHEAD = 365
_DONE = "done"
_SPANS = ("week", "next", "two", "month")
_WEEKDAYS = {f"w{number}": number for number in range(7)}
_WHICH: dict[str, Any] = {
    "all": list(_WEEKDAYS.values()),
    "weekend": [5, 6],
    "working": Days.working.value,
    "off": Days.off.value,
}


def ticked(text: Text, *, on: bool) -> Text:
    """Return `text` with a tick where it is chosen."""
    return T("planning.chosen", what=text) if on else text


def toggle(chosen: Sequence[Any], value: Any) -> list[Any]:
    """Return `chosen` with `value`, or without it where it was there."""
    return [one for one in chosen if one != value] if value in chosen else [*chosen, value]


def done(chosen: Sequence[Any]) -> list[Pick]:
    """Return the row that ends choosing several."""
    return [Pick(T("planning.done", number=len(chosen)), _DONE)] if chosen else []


def chosen_of(answers: Answers, key: str) -> list[Any]:
    """Return what is ticked so far at a step that takes several answers."""
    kept: list[Any] | None = answers.get(f"_{key}", answers.get(key))
    return list(kept or ())


def _ask_places(call: Call, answers: Answers) -> Ask:
    chosen, page = chosen_of(answers, "places"), int(answers.get("_page", 1))
    places, total = offered_places(call.work, page=page, size=_PLACES)
    names = [place.name for place in places]
    picks = [
        Pick(ticked(Plain(place.name), on=place.name in chosen), f"l{place.id}") for place in places
    ]
    typed_in = [name for name in chosen if name not in names]
    pages = page_count(total, size=_PLACES)
    turns = [
        Pick(button.text, f"n{button.press}")
        for button in pager(min(page, pages), pages, lambda number: number)
    ]
    question = T("planning.ask_places")
    if typed_in:
        question = T("planning.ask_more_places", places=Listed([Plain(one) for one in typed_in]))
    rows = [picks[at : at + 2] for at in range(0, len(picks), 2)]
    return Ask(question, [*rows, turns, done(chosen)])


def _read_places(call: Call, reply: Reply, answers: Answers) -> Any:
    chosen, choice = chosen_of(answers, "places"), reply.choice
    if choice == _DONE:
        if not chosen:
            raise NothingChosen(given="")
        return chosen
    if choice is None:
        return Stay(_places=_with_typed(call, chosen, reply))
    if choice.startswith("n"):
        return Stay(_page=number_after(choice, "n"))
    place = get_place(call.work, number_after(choice, "l"))
    return Stay(_places=toggle(chosen, place.name))


def _with_typed(call: Call, chosen: list[str], reply: Reply) -> list[str]:
    marks = "|".join(re.escape(mark) for mark in words()["part_marks"])
    names = [read_name(one) for one in re.split(marks, typed(reply)) if one.strip()]
    if not names:
        read_name("")
    there = places_called(call.work, names)
    known = [there[key].name if (key := key_of(name)) in there else name for name in names]
    return list(dict.fromkeys([*chosen, *known]))


def _show_places(_: Call, answers: Answers) -> Text | None:
    given = answers.get("places")
    return Listed([Plain(name) for name in given]) if given else None


def _ask_span(call: Call, answers: Answers) -> Ask:
    del call, answers
    names = {
        "week": T("planning.span_week"),
        "next": T("planning.span_next"),
        "two": T("planning.span_two"),
        "month": T("planning.span_month"),
    }
    picks = [Pick(names[one], one) for one in _SPANS]
    return Ask(T("planning.ask_span"), [picks[:2], picks[2:]])


def _read_span(call: Call, reply: Reply, answers: Answers) -> Any:
    now = today(call)
    spans = {
        "week": (now, week_after(now) - timedelta(days=1)),
        "next": (week_after(now), week_after(now, 2) - timedelta(days=1)),
        "two": (now, now + timedelta(days=13)),
        "month": (now, last_day_of_month(now)),
    }
    span = spans.get(reply.choice or "") or read_days_span(typed(reply), today=now)
    if span is None or span[1] < span[0]:
        raise NoSpan(given=quoted(reply))
    if span[1] < now:
        raise DayIsPast(day=span[1])
    if span[1] > now + timedelta(days=_DAYS_AHEAD):
        raise DayIsTooFar(days=_DAYS_AHEAD)
    which = weekdays_given(answers)
    if which is not None:
        check_days(call, span, which)
    return [span[0].isoformat(), span[1].isoformat()]


def _show_span(_: Call, answers: Answers) -> Text | None:
    span = span_given(answers)
    return None if span is None else T("planning.span", first=span[0], last=span[1])


def _ask_days(_: Call, answers: Answers) -> Ask:
    chosen = answers.get("_days", [])
    quick = [
        Pick(T("planning.days_all"), "all"),
        Pick(T("planning.days_weekend"), "weekend"),
        Pick(T("planning.days_working"), "working"),
        Pick(T("planning.days_off"), "off"),
    ]
    week = [
        Pick(ticked(T(f"calendar.weekday_{number}"), on=number in chosen), value)
        for value, number in _WEEKDAYS.items()
    ]
    return Ask(T("planning.ask_days"), [quick[:2], quick[2:], week[:4], week[4:], done(chosen)])


def _read_days(call: Call, reply: Reply, answers: Answers) -> Any:
    chosen, choice = list(answers.get("_days", [])), reply.choice
    if choice in _WEEKDAYS:
        return Stay(_days=toggle(chosen, _WEEKDAYS[choice]))
    if choice == _DONE:
        which: Any = sorted(chosen)
    elif choice is not None:
        which = _WHICH.get(choice)
    else:
        named = read_weekdays(typed(reply))
        which = named.value if isinstance(named, Days) else sorted(named or ())
    if not which:
        raise NothingChosen(given=quoted(reply))
    span = span_given(answers)
    if span is not None:
        check_days(call, span, Days(which) if isinstance(which, str) else frozenset(which))
    return which


def _show_days(_: Call, answers: Answers) -> Text | None:
    which = weekdays_given(answers)
    if which is None:
        return None
    if isinstance(which, Days):
        return T("planning.days_working") if which is Days.working else T("planning.days_off")
    if len(which) == len(_WHICH["all"]):
        return T("planning.days_all")
    names = [T(f"calendar.weekday_{number}") for number in sorted(which)]
    return T("planning.weekdays", days=Listed(names))


def _ask_hours(call: Call, answers: Answers) -> Ask:
    chosen = chosen_of(answers, "hours")
    picks = []
    for band in call.config.time_bands:
        on = Hours(band.start, band.end, overnight=band.end <= band.start).kept() in chosen
        picks.append(Pick(ticked(band_name(band), on=on), f"b{band.slug}"))
    rows = [picks[at : at + 2] for at in range(0, len(picks), 2)]
    return Ask(T("planning.ask_hours"), [*rows, done(chosen)])


def _read_hours(call: Call, reply: Reply, answers: Answers) -> Any:
    chosen, choice = chosen_of(answers, "hours"), reply.choice
    if choice == _DONE:
        return _checked_hours([hours_of(kept) for kept in chosen])
    if choice is None:
        found = read_hours(typed(reply))
        if found is None:
            raise NotATime(given=quoted(reply))
        return _checked_hours(found)
    for band in call.config.time_bands:
        if choice == f"b{band.slug}":
            hours = Hours(band.start, band.end, overnight=band.end <= band.start)
            return Stay(_hours=toggle(chosen, hours.kept()))
    raise NotATime(given="…")


def _checked_hours(hours: Sequence[Hours]) -> list[str]:
    if not hours:
        raise NothingChosen(given="")
    for one in hours:
        if one.start == one.end:
            raise EndsAsItStarts
        if one.end < one.start and not one.overnight:
            raise EndsBeforeStart(start=f"{one.start:%H:%M}", end=f"{one.end:%H:%M}")
    found = sorted(hours)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if one.overlaps(other):
                raise HoursOverlap(first=said(one), second=said(other))
    return [one.kept() for one in found]


def said(hours: Hours) -> str:
    """Return a stretch as a refusal names it."""
    return f"{hours.start:%H:%M}-{hours.end:%H:%M}"


def _show_hours(_: Call, answers: Answers) -> Text | None:
    given = answers.get("hours")
    return Listed([Plain(said(hours_of(one))) for one in given]) if given else None


def _ask_overlap(_: Call, answers: Answers) -> Ask:
    del answers
    picks = [Pick(T("planning.overlap_leave_out"), "n"), Pick(T("planning.overlap_make"), "y")]
    return Ask(T("planning.ask_overlap"), [picks])


def _read_overlap(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice not in {"n", "y"}:
        raise NothingChosen(given=quoted(reply))
    return reply.choice == "y"


def _show_overlap(_: Call, answers: Answers) -> Text | None:
    make = answers.get("overlap")
    return T("planning.overlap_make") if make else T("planning.overlap_leave_out")


def days_from(dates: Sequence[date]) -> list[str]:
    """Return days as a draft keeps them. Raises NoDays for none."""
    if not dates:
        raise NoDays(given="")
    return [day.isoformat() for day in sorted(dates)]


PLACES = Step("places", T("posts.field_place"), _ask_places, _read_places, _show_places)
SPAN = Step("span", T("planning.field_span"), _ask_span, _read_span, _show_span)
DAYS = Step("days", T("planning.field_days"), _ask_days, _read_days, _show_days)
HOURS = Step("hours", T("posts.field_hours"), _ask_hours, _read_hours, _show_hours)
OVERLAP = Step("overlap", T("planning.field_overlap"), _ask_overlap, _read_overlap, _show_overlap)
