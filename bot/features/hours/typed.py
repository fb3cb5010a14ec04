"""Reading how long somebody served as people type it; the words are in typed.json.

`2`, `1.5小时`, `1小时30分`, `一个半小时`, `90分钟`, `1:30`; a bare number counts hours.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib import resources

from bot.features.hours.errors import NoDuration
from bot.features.posts.typed import read_number

_AN_HOUR = 60
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,2})?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


def read_minutes(text: str) -> int:
    """Return the minutes that `text` says. Raises NoDuration."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    if plain in _words()["half_hour"]:
        return _AN_HOUR // 2
    if clock := _CLOCK.fullmatch(plain):
        return int(clock[1]) * _AN_HOUR + int(clock[2])
    hours, mark, rest = _split_at(plain, _words()["hours"])
    if not mark:
        minutes, mark, behind = _split_at(plain, _words()["minutes"])
        return _hours(plain) if not mark or behind else _whole(minutes)
    for word in _words()["and"]:
        rest = rest.removeprefix(word)
    for word in _words()["minutes"]:
        rest = rest.removesuffix(word)
    if rest in _words()["half"]:
        return _hours(hours) + _AN_HOUR // 2
    return _hours(hours) + (_whole(rest) if rest else 0)


@cache
def _words() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("typed.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


def _hours(text: str) -> int:
    for word in _words()["half"]:
        if text.endswith(word):
            return _hours(text.removesuffix(word)) + _AN_HOUR // 2
    if _NUMBER.fullmatch(text):
        return int(Decimal(text) * _AN_HOUR)
    return _whole(text) * _AN_HOUR


def _whole(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise NoDuration
    return number


def _split_at(text: str, marks: Sequence[str]) -> tuple[str, str, str]:
    for mark in marks:
        if mark in text:
            return text.partition(mark)
    return text, "", ""
