"""Finding when the activity of a paragraph was (REP-09): a day is never invented."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.core.errors import BusinessError
from bot.core.text import one_line
from bot.features.reports.errors import DateInFuture, DateTooEarly, NoSuchDay
from bot.features.reports.reading.dates import Limits, Precision, When, read_date
from bot.features.reports.reading.plain import Plain
from bot.features.reports.reading.result import Dated, Grain, ReadingWarning, WarningKind
from bot.features.reports.reading.words import read_words

_LOOK_BACK = 8
"""Characters before a date that may say that it is another thing's: 截至, 纪念."""

_VAGUE = frozenset({Grain.period, Grain.season, Grain.festival, Grain.recurring})
_REFUSED: Mapping[type[BusinessError], WarningKind] = {
    NoSuchDay: WarningKind.date_not_in_calendar,
    DateInFuture: WarningKind.date_in_future,
    DateTooEarly: WarningKind.date_too_early,
}


@dataclass(frozen=True)
class DayWords:
    """What days.yaml says."""

    forms: tuple[Mapping[str, str], ...]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    rank: Mapping[str, int]
    own_year: re.Pattern[str]
    needs_today: re.Pattern[str]
    same_day: re.Pattern[str]


@cache
def day_words() -> DayWords:
    """Return how dates are written inside a paragraph."""
    return read_words(DayWords, "days.yaml")


@cache
def _forms() -> Sequence[tuple[Grain, str, re.Pattern[str]]]:
    """Return each form with the characters of which a text must have one to hold it."""
    return [
        (Grain(one["grain"]), one["needs"], re.compile(one["form"])) for one in day_words().forms
    ]


@dataclass(frozen=True)
class DayFound:
    """Words that say a time; `aside` when they are said of something other than the activity."""

    start: int
    end: int
    grain: Grain
    aside: bool


@dataclass(frozen=True)
class Today:
    """What a date is read against.

    `known` tells whether `limits.today` is the day on which the paragraph was written: without it
    今天 says nothing. `previous` is the day of the activity before, which 当日 means; None without.
    """

    limits: Limits
    known: bool = True
    previous: date | None = None


def find_days(plain: Plain) -> list[DayFound]:
    """Return every time that `plain` names, in its order; those in quotation marks are names."""
    free = bytearray(b"\1" * len(plain.text))
    found = []
    held = set(plain.text)
    for grain, needs, form in _forms():
        for match in form.finditer(plain.text) if held.intersection(needs) else ():
            start, end = match.span()
            if all(free[start:end]) and not plain.is_quoted(start, end):
                free[start:end] = bytes(end - start)
                found.append(DayFound(start, end, grain, _is_aside(plain.text, start, end)))
    return sorted(found, key=lambda one: one.start)


def read_when(
    plain: Plain, days: Sequence[DayFound], today: Today
) -> tuple[Dated, list[ReadingWarning]]:
    """Return when the activity was, and what is to be asked about it."""
    rank = day_words().rank
    fitting = [one for one in days if not one.aside and _may_be(plain, one, today)]
    if not fitting:
        return Dated(), [ReadingWarning(WarningKind.date_missing)]
    chosen = min(fitting, key=lambda one: (rank[one.grain], one.start))
    said = plain.said(chosen.start, chosen.end)
    dated = Dated(grain=chosen.grain, said=said)
    try:
        when = _when(plain.text[chosen.start : chosen.end], chosen.grain, today)
    except BusinessError as error:
        kind = _REFUSED.get(type(error), WarningKind.date_vague)
        return replace(dated, grain=Grain.none), [ReadingWarning(kind, said)]
    if when.text:
        when = replace(when, text=one_line(said.raw))
    others = _other_days(plain, fitting, chosen, today)
    return replace(dated, when=when), [*_asked(chosen, when, dated), *others]


def _is_aside(text: str, start: int, end: int) -> bool:
    words = day_words()
    before = text[max(0, start - _LOOK_BACK) : start]
    after = text[end : end + _LOOK_BACK]
    return words.not_after.search(before) is not None or words.not_before.match(after) is not None


def _may_be(plain: Plain, one: DayFound, today: Today) -> bool:
    """Tell whether a year is a time at all: in 2023年先进集体 it is part of a name."""
    if one.grain is not Grain.year:
        return True
    text = plain.text[one.start : one.end]
    stands_alone = day_words().own_year.match(plain.text[one.end : one.end + 1]) is not None
    return stands_alone or text.startswith(str(today.limits.today.year))


def _when(text: str, grain: Grain, today: Today) -> When:
    words = day_words()
    if grain is Grain.blank:
        return When(Precision.words, text=text)
    if grain is Grain.relative:
        if today.previous is not None and words.same_day.fullmatch(text):
            return When(Precision.day, today.previous, text)
        return When(Precision.words, text=text)
    if not today.known and words.needs_today.match(text):
        return When(Precision.words, text=text)
    if grain in _VAGUE:
        return When(Precision.words, text=text)
    return read_date(text, today.limits)


def _asked(chosen: DayFound, when: When, dated: Dated) -> Iterator[ReadingWarning]:
    if when.precision is not Precision.words:
        return
    kinds = {Grain.relative: WarningKind.date_relative, Grain.blank: WarningKind.date_blank}
    yield ReadingWarning(kinds.get(chosen.grain, WarningKind.date_vague), dated.said)


def _other_days(
    plain: Plain, fitting: Sequence[DayFound], chosen: DayFound, today: Today
) -> Iterator[ReadingWarning]:
    """Yield the days that were not taken: a second activity, or a contradiction."""
    text = plain.text[chosen.start : chosen.end]
    for one in fitting:
        other = plain.text[one.start : one.end]
        exact = one.grain in {Grain.day, Grain.period}
        if one is not chosen and exact and not _same_day(text, other, today):
            yield ReadingWarning(
                WarningKind.several_dates,
                plain.said(one.start, one.end),
                {"taken": one_line(plain.said(chosen.start, chosen.end).raw)},
            )


def _same_day(one: str, other: str, today: Today) -> bool:
    try:
        return read_date(one, today.limits).day == read_date(other, today.limits).day
    except BusinessError:
        return one == other
