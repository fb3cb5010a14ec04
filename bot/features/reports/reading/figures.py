"""Finding the numbers of a paragraph with their measure words (REP-07, REP-08).

A figure is a number that may be one of a metric: dates, ordinals, ages, house numbers, document
numbers and what stands in a name are no figures.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.features.reports.reading.plain import Plain
from bot.features.reports.reading.words import amount_words, read_words

_LOOK_BACK = 24
"""Characters before a number in which 每户 or 其中 still belongs to it."""

_HUNDRED = 100


@dataclass(frozen=True)
class FigureWords:
    """What figures.yaml says."""

    people: frozenset[str]
    counters: tuple[str, ...]
    money: tuple[str, ...]
    percent: str
    not_unit: Mapping[str, str]
    formal: str
    within: str
    before: str
    percent_before: str
    after: str
    range_sign: str
    minus: str
    vague: str
    total: re.Pattern[str]
    each: re.Pattern[str]
    each_word: str
    part: re.Pattern[str]
    article: str
    decoys: tuple[re.Pattern[str], ...]


@cache
def figure_words() -> FigureWords:
    """Return how numbers and their measure words are written."""
    return read_words(FigureWords, "figures.yaml")


class FigureKind(StrEnum):
    """One number, a stretch of numbers (3至5场), one that says no number (数百), or below zero."""

    plain = "plain"
    range = "range"
    vague = "vague"
    negative = "negative"


@dataclass(frozen=True)
class Figure:
    """A number of the plain text: `text[start:end]` is all of it, 约 and 以上 included.

    `each` tells that it is counted for each of something (每户 2份), `total` that it is called a
    sum (共), `part` that it is part of another number (其中), `spelled` that it is in Chinese.
    """

    start: int
    end: int
    unit: str
    kind: FigureKind
    each: bool = False
    total: bool = False
    part: bool = False
    spelled: bool = False


def find_figures(
    plain: Plain, units: re.Pattern[str], taken: Iterable[tuple[int, int]]
) -> list[Figure]:
    """Return the figures of `plain` in their order, whose measure word `units` matches.

    `taken` are stretches that are something else, the dates. `units` comes from `figure_pattern`.
    """
    masked = bytearray(len(plain.text))
    for start, end in (*taken, *_decoys(plain.text)):
        masked[start:end] = b"\1" * (end - start)
    return [
        _figure(plain.text, match)
        for match in units.finditer(plain.text)
        if 1 not in masked[match.start() : match.end()]
        and not _is_idiom(match)
        and not plain.is_quoted(match.start(), match.end())
    ]


def figure_pattern(units: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of numbers that are counted in one of `units`."""
    words = figure_words()
    amounts = amount_words()
    digits = "".join(char for char in amounts.digits if char not in words.formal)
    magnitudes = "".join(char for char in amounts.magnitudes if char not in words.formal)
    arabic = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    scaled = rf"(?:[{words.within}]?[{magnitudes}])*(?:(?<=[{magnitudes}])\d+[{magnitudes}])*"
    spelled = rf"[{digits}{magnitudes}]+(?:[{words.within}][{magnitudes}]+)?"
    in_full = rf"[{words.formal}]{{2,}}"
    body = rf"(?:(?<![\d.,]){arabic}{scaled}|(?<![{digits}{magnitudes}]){spelled}|{in_full})"
    unit = "|".join(_unit(one) for one in sorted(set(units), key=len, reverse=True))
    percent = rf"{words.percent_before}{body}"
    return re.compile(
        rf"(?P<before>(?:{words.before})*)"
        rf"(?:(?P<vague>{words.vague})(?={unit}|[{words.within}])"
        rf"|(?P<low>{body}(?:{unit})?{words.range_sign}+)?(?P<sign>{words.minus})?(?P<body>{body}))"
        rf"(?P<within>[{words.within}])?"
        rf"(?P<unit>{unit})(?:{words.after})?"
        rf"|(?P<share>{percent})(?:{words.after})?"
    )


def _unit(word: str) -> str:
    last = figure_words().not_unit.get(word, "")
    return re.escape(word) + (f"(?![{last}])" if last else "")


def _decoys(text: str) -> Iterator[tuple[int, int]]:
    for form in figure_words().decoys:
        for match in form.finditer(text):
            yield match.span()


def _is_idiom(match: re.Match[str]) -> bool:
    """Tell whether a bare 百, 千 or 万 stands there for "many": 百首歌曲."""
    words = amount_words()
    body = match["body"] or ""
    many = words.magnitudes.get(body[:1], 0) >= _HUNDRED
    return many and not match["before"] and not match["within"]


def _figure(text: str, match: re.Match[str]) -> Figure:
    words = figure_words()
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    body = match["body"] or match["share"] or ""
    return Figure(
        start=match.start(),
        end=match.end(),
        unit=match["unit"] or words.percent,
        kind=_kind(match),
        each=match["unit"] != words.percent and words.each.search(before) is not None,
        total=words.total.search(before) is not None,
        part=words.part.search(before) is not None,
        spelled=not any(char.isdigit() for char in body),
    )


def _kind(match: re.Match[str]) -> FigureKind:
    if match["vague"]:
        return FigureKind.vague
    if match["low"]:
        return FigureKind.range
    return FigureKind.negative if match["sign"] else FigureKind.plain
