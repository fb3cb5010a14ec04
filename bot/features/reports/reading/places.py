"""Finding where the activity of a paragraph was (REP-10)."""

import re
from dataclasses import dataclass
from functools import cache

from bot.features.reports.reading.plain import Plain
from bot.features.reports.reading.result import Named
from bot.features.reports.reading.words import read_words


@dataclass(frozen=True)
class PlaceWords:
    """What places.yaml says; `strong` and `weak` are numbers of `forms`."""

    forms: tuple[re.Pattern[str], ...]
    tail: re.Pattern[str]
    not_place: re.Pattern[str]
    trim_end: re.Pattern[str]
    trim_start: re.Pattern[str]
    strong: tuple[int, ...]
    weak: tuple[int, ...]
    most_short: int


@cache
def place_words() -> PlaceWords:
    """Return how places are named."""
    return read_words(PlaceWords, "places.yaml")


def read_place(plain: Plain) -> Named | None:
    """Return the place that `plain` names, by the surest form that fits; None without one."""
    for number, form in enumerate(place_words().forms):
        start = 0
        while (match := form.search(plain.text, start)) is not None:
            span = _trimmed(plain.text, *match.span("place"))
            if _is_place(plain.text[slice(*span)], number):
                said = plain.said(*span)
                return Named(" ".join(said.raw.split()), said)
            start = match.start() + 1
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = place_words()
    if (match := words.trim_start.match(text[start:end])) is not None:
        start += match.end()
    if (match := words.trim_end.search(text[start:end])) is not None:
        end = start + match.start()
    return start, end


def _is_place(name: str, form: int) -> bool:
    words = place_words()
    if len(name) <= 1 or words.not_place.search(name) is not None:
        return False
    if form in words.strong or words.tail.search(name) is not None:
        return True
    return form in words.weak and len(name) <= words.most_short
