"""The words that numbers and dates are written with, loaded from the .yaml files beside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

Words = TypeVar("Words")


@dataclass(frozen=True)
class AmountWords:
    """What amounts.yaml says; lists of words are sorted with the longest first."""

    digits: Mapping[str, int]
    magnitudes: Mapping[str, int]
    lead_in: tuple[str, ...]
    approximate_before: tuple[str, ...]
    approximate_within: tuple[str, ...]
    approximate_after: tuple[str, ...]
    at_least_before: tuple[str, ...]
    at_least_after: tuple[str, ...]
    at_most_before: tuple[str, ...]
    at_most_after: tuple[str, ...]
    percent_before: tuple[str, ...]
    percent: tuple[str, ...]
    money: Mapping[str, int]
    money_units: Mapping[str, int]


@dataclass(frozen=True)
class DateWords:
    """What dates.yaml says, with its forms compiled."""

    today: frozenset[str]
    yesterday: frozenset[str]
    day_before: frozenset[str]
    this_month: frozenset[str]
    last_month: frozenset[str]
    this_year: frozenset[str]
    last_year: frozenset[str]
    unknown: frozenset[str]
    day: tuple[re.Pattern[str], ...]
    day_with_tail: tuple[re.Pattern[str], ...]
    month: tuple[re.Pattern[str], ...]
    year: tuple[re.Pattern[str], ...]
    within: re.Pattern[str]
    span: re.Pattern[str]
    vague: tuple[str, ...]


@cache
def amount_words() -> AmountWords:
    """Return the words of numbers."""
    data = _data("amounts.yaml")
    words: dict[str, Any] = {
        name: value if isinstance(value, dict) else _longest_first(value)
        for name, value in data.items()
    }
    return AmountWords(**words)


@cache
def date_words() -> DateWords:
    """Return the words and forms of dates."""
    data = _data("dates.yaml")
    tail = data.pop("tail")
    return DateWords(
        day=_compiled(data.pop("day")),
        day_with_tail=_compiled(f"(?:{form}){tail}" for form in _data("dates.yaml")["day"]),
        month=_compiled(data.pop("month")),
        year=_compiled(data.pop("year")),
        within=re.compile(data.pop("within")),
        span=re.compile(data.pop("span")),
        vague=tuple(data.pop("vague")),
        **{name: frozenset(value) for name, value in data.items()},
    )


def _data(name: str) -> dict[str, Any]:
    file = resources.files(__package__).joinpath(name)
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data


def _compiled(forms: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form) for form in forms)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def read_words(kind: type[Words], name: str) -> Words:
    """Return the dataclass `kind` filled from the file `name` beside this module.

    Fields that are patterns are compiled here, lists become tuples or frozen sets.
    """
    data = _data(name)
    return kind(**{key: _as(hint, data[key]) for key, hint in get_type_hints(kind).items()})


def _as(hint: Any, value: Any) -> Any:
    if hint == re.Pattern[str]:
        return re.compile(value)
    if get_origin(hint) is tuple:
        return tuple(_as(get_args(hint)[0], one) for one in value)
    return frozenset(value) if get_origin(hint) is frozenset else value
