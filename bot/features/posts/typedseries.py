"""Reading what a series needs as people type it; the words are in typed.json.

`引导 4 人 + 发放 2-3 人`; `周六周日`, `工作日`; `6月8日到6月30日`; `7:30-9:00、17:30-19:00`.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from bot.features.posts.hours import Hours
from bot.features.posts.series import Days, RolePart
from bot.features.posts.typed import plain, read_day, read_number, read_span, words

_ALL_DAYS = frozenset(range(7))
_WEEKEND = frozenset({5, 6})


def read_parts(text: str) -> list[RolePart] | None:
    """Return how many people a post takes, by role where roles are named; None for no number.

    One number is the places, two are the fewest and the most people.
    """
    pieces = [one for one in re.split(_any(words()["part_marks"]), text) if one.strip()]
    parts = [_part(one) for one in pieces]
    read = [part for part in parts if part is not None]
    if not read or len(read) < len(parts):
        return None
    unnamed = any(part.role is None for part in read)
    return None if unnamed and len(read) > 1 else read


def read_weekdays(text: str) -> AbstractSet[int] | Days | None:
    """Return the weekdays that `text` names (Monday is 0), or working days; None for none."""
    said = plain(text)
    for key, meaning in (
        ("every_day", _ALL_DAYS),
        ("weekend", _WEEKEND),
        ("working_days", Days.working),
        ("days_off", Days.off),
    ):
        if said in words()[key]:
            return meaning
    names: dict[str, int] = words()["weekdays"]
    for mark in (*words()["week_marks"], *words()["part_marks"], *words()["each_marks"]):
        said = said.replace(mark, "")
    if not said or any(char not in names for char in said):
        return None
    return frozenset(names[char] for char in said)


def read_days_span(text: str, *, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that `text` names; one day is both. None for none."""
    said = plain(text)
    for mark in words()["between"]:
        first, found, last = said.partition(mark)
        if found:
            days = (read_day(first, today=today), read_day(last, today=today))
            if days[0] is not None and days[1] is not None:
                return days[0], days[1]
    day = read_day(said, today=today)
    return None if day is None else (day, day)


def read_hours(text: str) -> list[Hours] | None:
    """Return the stretches that `text` names, each with its end; None for what is none.

    The end of a stretch is on the next day only where that is said (次日).
    """
    found = []
    for piece in re.split(_any(words()["part_marks"]), text):
        if not piece.strip():
            continue
        span = read_span(piece)
        if span is None or span[1] is None:
            return None
        over = any(word in piece for word in words()["next_day"])
        found.append(Hours(span[0], span[1], overnight=over))
    return found or None


def _part(text: str) -> RolePart | None:
    said = plain(text)
    low, mark, high = _halves(said)
    if mark:
        role, fewest = _named(low)
        most = read_number(high)
    else:
        role, most = _named(said)
        fewest = None if most is None else min(1, most)
    if most is None or fewest is None:
        return None
    return RolePart(role or None, fewest, most)


def _halves(said: str) -> tuple[str, str, str]:
    for mark in words()["between"]:
        if mark in said:
            return said.partition(mark)
    return said, "", ""


def _named(said: str) -> tuple[str, int | None]:
    """Return the words before a number at the end, and the number."""
    for mark in words()["people_marks"]:
        said = said.removesuffix(mark)
    numerals = "".join(words()["digits"]) + words()["ten"]
    found = re.fullmatch(rf"(.*?)([0-9]+|[{numerals}]+)", said)
    if found is None or re.search(r"[0-9]", found[1]):
        return said, None
    return found[1], read_number(found[2])


def _any(marks: Sequence[str]) -> str:
    return "|".join(re.escape(mark) for mark in marks)
