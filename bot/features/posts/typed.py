"""Reading times, days and numbers of places as people type them; the words are in typed.json.

`7:30`, `7点半`, `下午2点到4点`, `19.30-21`; `6月15日`, `6-15`, `明天`, `下周六`; `8人`, `十二`.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

_MOST_DIGITS = 4
_NOON = 12
_HOURS = 24
_MINUTES = 60
_WEEK = 7
_MOST_SPLIT = 40


@cache
def words() -> dict[str, Any]:
    """Return the words and the usual values."""
    text = resources.files(__package__).joinpath("typed.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def read_span(text: str) -> tuple[time, time | None] | None:
    """Return the start and the end that `text` names; the end is None where only one time stands.

    None for what is no time. A period of the start (下午) holds for an end without one.
    """
    for word in words()["next_day"]:
        text = text.replace(word, "")
    parts = [part for part in re.split(_any(words()["between"]), plain(text)) if part]
    if not 1 <= len(parts) <= 2:  # noqa: PLR2004 - a start and an end
        return None
    first = _read_time(parts[0], "")
    if first is None:
        return None
    start, period = first
    if len(parts) == 1:
        return start, None
    last = _read_time(parts[1], "")
    if last is None:
        return None
    end, own_period = last
    if not own_period and period == "afternoon" and end.hour < _NOON and end <= start:
        end = end.replace(hour=end.hour + _NOON)
    return start, end


def read_number(text: str) -> int | None:
    """Return the whole number that `text` is, such as 8, 8人 or 十二; None for anything else.

    Vague numbers (10余, 1万) are none: a post has an exact number of places.
    """
    said = plain(text)
    for mark in words()["people_marks"]:
        said = said.removesuffix(mark)
    return _number(said)


def read_day(text: str, *, today: date) -> date | None:
    """Return the day that `text` names, seen from `today`; None for what is no day.

    A day without a year is the one nearest to today.
    """
    said = plain(text)
    days = words()["days"]
    if said in days:
        return today + timedelta(days=days[said])
    return _weekday(said, today) or _calendar_day(said, today)


def read_day_and_time(text: str, *, today: date) -> tuple[date, time] | None:
    """Return the day and the time that stand one after the other in `text`; None for anything else.

    Where there are blanks it is one of them that parts the two, and it has to be clear where.
    """
    said = " ".join(text.split())
    blanks = [place for place, letter in enumerate(said) if letter == " "]
    found = []
    for place in blanks or range(1, min(len(said), _MOST_SPLIT)):
        day, span = read_day(said[:place], today=today), read_span(said[place:])
        if day is not None and span is not None and span[1] is None:
            found.append((day, span[0]))
    return found[0] if len(found) == 1 else None


def _weekday(said: str, today: date) -> date | None:
    for weeks, marks in ((1, words()["next_week_marks"]), (0, words()["week_marks"])):
        for mark in marks:
            number = words()["weekdays"].get(said.removeprefix(mark))
            if said.startswith(mark) and number is not None:
                monday = today - timedelta(days=today.weekday())
                day: date = monday + timedelta(days=number + _WEEK * weeks)
                return day if day >= today else day + timedelta(days=_WEEK)
    return None


def _calendar_day(said: str, today: date) -> date | None:
    marks = words()
    for mark in (*marks["year_marks"], *marks["month_marks"], "/", "."):
        said = said.replace(mark, "-")
    for mark in marks["day_marks"]:
        said = said.removesuffix(mark)
    numbers = [_number(part) for part in said.split("-")]
    if not 2 <= len(numbers) <= 3 or None in numbers:  # noqa: PLR2004 - with or without a year
        return None
    given = [number for number in numbers if number is not None]
    years = given[:-2] or [today.year - 1, today.year, today.year + 1]
    days = [day for year in years if (day := _date(year, given[-2], given[-1])) is not None]
    return min(days, key=lambda day: abs(day - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_time(text: str, period: str) -> tuple[time, str] | None:
    for word, meaning in words()["periods"].items():
        if text.startswith(word) or text.endswith(word):
            text, period = text.removeprefix(word).removesuffix(word), meaning
            break
    found = _hour_and_minute(text)
    if found is None:
        return None
    hour, minute = found
    if period == "afternoon" and hour < _NOON:
        hour += _NOON
    if (hour, minute) == (_HOURS, 0):
        hour = 0
    if not (0 <= hour < _HOURS and 0 <= minute < _MINUTES):
        return None
    return time(hour, minute), period


def _hour_and_minute(text: str) -> tuple[int, int] | None:
    if text.isascii() and text.isdigit() and len(text) in {_MOST_DIGITS - 1, _MOST_DIGITS}:
        return int(text[:-2]), int(text[-2:])
    hour_text, mark, rest = _split_at(text, words()["hour_marks"])
    hour = _number(hour_text)
    if hour is None:
        return None
    minute = _minute(rest) if mark else 0
    return None if minute is None else (hour, minute)


def _minute(text: str) -> int | None:
    quarters: dict[str, int] = words()["quarters"]
    for mark in words()["minute_marks"]:
        text = text.removesuffix(mark)
    if not text:
        return 0
    if text in words()["half"]:
        return _MINUTES // 2
    return quarters[text] if text in quarters else _number(text)


def _split_at(text: str, marks: Sequence[str]) -> tuple[str, str, str]:
    for mark in marks:
        if mark in text:
            return text.partition(mark)
    return text, "", ""


def _number(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= _MOST_DIGITS else None
    digits, ten = words()["digits"], words()["ten"]
    if ten in text:
        tens, _, ones = text.partition(ten)
        if (tens and tens not in digits) or (ones and ones not in digits):
            return None
        return int(digits.get(tens, 1)) * 10 + int(digits.get(ones, 0))
    if not text or any(char not in digits for char in text) or len(text) > _MOST_DIGITS:
        return None
    return int("".join(str(digits[char]) for char in text))


def plain(text: str) -> str:
    """Return `text` in one form of signs and letters, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _any(marks: Sequence[str]) -> str:
    return "|".join(re.escape(mark) for mark in marks)
