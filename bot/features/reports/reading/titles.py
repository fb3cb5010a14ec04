"""Finding what an activity is called: a stretch of the text, no word of our own (REP-01)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.features.reports.reading.days import DayFound
from bot.features.reports.reading.plain import Plain
from bot.features.reports.reading.result import Named
from bot.features.reports.reading.words import read_words

_JOINER = "·"
_FEWEST = 3


@dataclass(frozen=True)
class TitleWords:
    """What titles.yaml says."""

    forms: tuple[re.Pattern[str], ...]
    trim_start: re.Pattern[str]
    trim_end: re.Pattern[str]
    most: int


@cache
def title_words() -> TitleWords:
    """Return how activities are named."""
    return read_words(TitleWords, "titles.yaml")


def read_title(plain: Plain, days: Sequence[DayFound]) -> Named | None:
    """Return what the activity is called, or what its first clause says; None without either."""
    span = next(_candidates(_unbroken(plain), days), None)
    if span is None:
        return None
    said = plain.said(*span)
    return Named(" ".join(said.raw.split()), said)


def _unbroken(plain: Plain) -> str:
    """Return the text without punctuation inside quotation marks: “夸媳妇，贺娘家”活动 is one."""
    return "".join(
        _JOINER if quoted and not char.isalnum() else char
        for char, quoted in zip(plain.text, plain.quoted, strict=True)
    )


def _candidates(text: str, days: Sequence[DayFound]) -> Iterator[tuple[int, int]]:
    for form in title_words().forms:
        for match in form.finditer(text):
            span = _trimmed(text, *match.span("title"), days)
            if span is not None:
                yield span


def _trimmed(text: str, start: int, end: int, days: Sequence[DayFound]) -> tuple[int, int] | None:
    """Return the stretch without a date and small words around it; None when too little is left."""
    words = title_words()
    for day in days:
        if day.start <= start < day.end:
            start = day.end
    if (match := words.trim_start.match(text[start:end])) is not None:
        start += match.end()
    end = min(end, start + words.most)
    if (match := words.trim_end.search(text[start:end])) is not None:
        end = start + match.start()
    return (start, end) if sum(char.isalpha() for char in text[start:end]) >= _FEWEST else None
