"""Reading when an activity was, as people write it (REP-09): a day is never invented."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.text import one_line
from bot.features.reports.errors import DateInFuture, DateTooEarly, DateUnreadable, NoSuchDay
from bot.features.reports.reading.numerals import as_digits, normalised
from bot.features.reports.reading.words import amount_words, date_words

_MOST_CHARACTERS = 40
_LOOK_BACK_DAYS = 92
"""Without a year, a day that has not come yet is last year's if it was within this many days."""


class Precision(StrEnum):
    """How exactly a date is known; `words` are kept as they are, `none` is 日期不详."""

    day = "day"
    month = "month"
    year = "year"
    words = "words"
    none = "none"


@dataclass(frozen=True)
class When:
    """When something was.

    `day` is the day, or the first day of the month or year; None for words and for nothing.
    `text` holds the words where they say more than the day: 3月17日上午, 今年初.
    """

    precision: Precision
    day: date | None = None
    text: str = ""


UNKNOWN = When(Precision.none)


@dataclass(frozen=True)
class Limits:
    """The days between which reports are taken, both included."""

    first: date
    today: date


def read_date(text: str, limits: Limits) -> When:
    """Return when `text` says; the year is this one unless written.

    Raises DateUnreadable, NoSuchDay (六月三十二号), DateInFuture or DateTooEarly.
    """
    raw = one_line(text)
    if not raw or len(raw) > _MOST_CHARACTERS:
        raise DateUnreadable(text=raw[:_MOST_CHARACTERS])
    plain = as_digits(normalised(raw), amount_words().digits, _small_magnitudes())
    found = _named(plain, limits.today) or _written(plain, raw, limits)
    if found is not None:
        return checked(found, limits, raw)
    words = date_words()
    if words.span.search(plain) is not None or any(word in raw for word in words.vague):
        return When(Precision.words, text=raw)
    raise DateUnreadable(text=raw)


def checked(when: When, limits: Limits, raw: str) -> When:
    """Return `when` if it lies within `limits`; `raw` is how it was said.

    Raises DateInFuture or DateTooEarly.
    """
    if when.day is not None and when.day > limits.today:
        raise DateInFuture(text=raw)
    if when.day is not None and when.day < limits.first:
        raise DateTooEarly(text=raw, year=str(limits.first.year))
    return when


def _named(plain: str, today: date) -> When | None:
    words = date_words()
    first = today.replace(day=1)
    named = (
        (words.today, When(Precision.day, today)),
        (words.yesterday, When(Precision.day, today - timedelta(days=1))),
        (words.day_before, When(Precision.day, today - timedelta(days=2))),
        (words.this_month, When(Precision.month, first)),
        (words.last_month, When(Precision.month, (first - timedelta(days=1)).replace(day=1))),
        (words.this_year, When(Precision.year, first.replace(month=1))),
        (words.last_year, When(Precision.year, date(today.year - 1, 1, 1))),
        (words.unknown, UNKNOWN),
    )
    return next((when for names, when in named if plain in names), None)


def _written(plain: str, raw: str, limits: Limits) -> When | None:
    words = date_words()
    if (match := _full(words.day, plain)) is not None:
        return When(Precision.day, _day(match, raw, limits))
    if (match := _full(words.day_with_tail, plain)) is not None:
        return When(Precision.day, _day(match, raw, limits), text=raw)
    if (match := _full(words.month, plain)) is not None:
        return When(Precision.month, _day(match, raw, limits))
    if (match := _full(words.year, plain)) is not None:
        return When(Precision.year, _day(match, raw, limits))
    within = list(words.within.finditer(plain))
    if len(within) == 1 and words.span.search(plain) is None:
        return When(Precision.day, _day(within[0], raw, limits), text=raw)
    return None


def _full(forms: Iterable[re.Pattern[str]], plain: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.fullmatch(plain))), None)


def _day(match: re.Match[str], raw: str, limits: Limits) -> date:
    given = match.groupdict()
    month, day = int(given.get("month") or 1), int(given.get("day") or 1)
    today = limits.today
    try:
        if given.get("year") is not None:
            return date(int(given["year"]), month, day)
        if given.get("last_year") is not None:
            return date(today.year - 1, month, day)
        if given.get("next_year") is not None:
            return date(today.year + 1, month, day)
        this_year = date(today.year, month, day)
        if this_year <= today:
            return this_year
        last_year = date(today.year - 1, month, day)
    except ValueError as error:
        raise NoSuchDay(text=raw) from error
    return last_year if today - last_year <= timedelta(days=_LOOK_BACK_DAYS) else this_year


def _small_magnitudes() -> dict[str, int]:
    return {char: value for char, value in amount_words().magnitudes.items() if value <= 10}  # noqa: PLR2004 - 三十一日 needs no more than ten
