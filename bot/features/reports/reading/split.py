"""Splitting a long report into the activities it tells of (REP-19)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.core.text import cleaned
from bot.features.reports.reading.dates import Precision
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import Reader
from bot.features.reports.reading.plain import Plain, plain_of
from bot.features.reports.reading.result import Grain, Proposal, ProposalKind
from bot.features.reports.reading.words import read_words

_LEAST_LISTED = 2
_DATED = frozenset({Grain.day, Grain.period, Grain.month, Grain.festival, Grain.relative})


@dataclass(frozen=True)
class SectionWords:
    """What sections.yaml says."""

    heading: re.Pattern[str]
    item: re.Pattern[str]
    ends: re.Pattern[str]
    label: re.Pattern[str]
    most_heading: int
    problems: re.Pattern[str]
    plans: re.Pattern[str]
    problem_start: re.Pattern[str]
    plan_start: re.Pattern[str]
    done: re.Pattern[str]
    not_done: re.Pattern[str]


@cache
def section_words() -> SectionWords:
    """Return how long reports are laid out."""
    return read_words(SectionWords, "sections.yaml")


@dataclass(frozen=True)
class _Sentence:
    """A sentence of the plain text; `level` is 1 under 一、, 2 under 一是, None in running text."""

    start: int
    end: int
    level: int | None


@dataclass
class _Piece:
    """What will be a proposal; `dated` tells that it is an activity of a known time."""

    kind: ProposalKind
    start: int
    end: int
    headings: tuple[str, ...]
    dated: bool = False


def split(
    text: str, reader: Reader, *, today: Today, unit_slug: str | None = None
) -> list[Proposal]:
    """Return the pieces of `text` in their order; together they hold every sentence of it.

    An activity has its reading; 当日 in it means the day of the activity before. What is no
    activity is prose for the month's report, a heading, 问题 or 下步打算.
    """
    plain = plain_of(cleaned(text))
    splitting = _Splitting(plain, reader, today, [*_sentences(plain.text)])
    return [*_proposals(plain, splitting.pieces(), reader, today, unit_slug)]


def is_listed(text: str) -> bool:
    """Tell whether a text is laid out as a list: lines of it begin with 一、, 二、 or （一）."""
    lines = (line.strip() for line in plain_of(cleaned(text)).text.splitlines())
    return sum(section_words().heading.match(line) is not None for line in lines) >= _LEAST_LISTED


def _sentences(text: str) -> Iterator[_Sentence]:
    words = section_words()
    start = 0
    for end in (*(match.end() for match in words.ends.finditer(text)), len(text)):
        shown = text[start:end]
        if any(char.isalnum() for char in shown):
            start += len(shown) - len(shown.lstrip())
            yield _Sentence(start, end, _level(text, start))
        start = end


def _level(text: str, start: int) -> int | None:
    words = section_words()
    if words.heading.match(text, start) is not None:
        return 1
    return 2 if words.item.match(text, start) is not None else None


class _Splitting:
    """One pass over the sentences, with the headings and the section that it stands in."""

    def __init__(
        self, plain: Plain, reader: Reader, today: Today, sentences: Sequence[_Sentence]
    ) -> None:
        self._plain = plain
        self._sentences = sentences
        self._readings = [
            reader.read(plain.said(one.start, one.end).raw, today=today) for one in sentences
        ]
        self._headings: dict[int, str] = {}
        self._section: ProposalKind | None = None

    def pieces(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        for place, one in enumerate(self._sentences):
            kind = self._kind(place, one)
            headings = tuple(self._headings[level] for level in sorted(self._headings))
            dated = self._readings[place].date.grain in _DATED
            if pieces and one.level is None and _goes_on(pieces[-1], kind, dated=dated):
                pieces[-1].end = one.end
            else:
                pieces.append(_Piece(kind, one.start, one.end, headings, dated=dated))
        return pieces

    def _kind(self, place: int, one: _Sentence) -> ProposalKind:
        text = self._plain.text[one.start : one.end]
        if one.level is not None:
            self._enter(one.level, text)
            if self._is_heading(place, one, text):
                return ProposalKind.heading
        if (said := _said_of(text)) is not None:
            self._section = said
        if self._section is not None:
            return self._section
        return ProposalKind.activity if self._is_activity(place, text) else ProposalKind.prose

    def _enter(self, level: int, text: str) -> None:
        """Stand under a new heading: what stood under the one before is left."""
        words = section_words()
        self._headings = {one: name for one, name in self._headings.items() if one < level}
        label = words.label.match(text)
        self._headings[level] = text if label is None else label.group()
        if level == 1:
            self._section = _section_of(self._headings[1])

    def _is_heading(self, place: int, one: _Sentence, text: str) -> bool:
        """Tell whether a sentence only announces what follows it."""
        short = len(text) <= section_words().most_heading
        if not short or self._is_counted(place) or place + 1 == len(self._sentences):
            return False
        return one.level == 1 or self._sentences[place + 1].level is None

    def _is_counted(self, place: int) -> bool:
        reading = self._readings[place]
        return bool(reading.values) or reading.date.grain in _DATED

    def _is_activity(self, place: int, text: str) -> bool:
        words = section_words()
        if self._is_counted(place):
            return True
        return words.done.search(text) is not None and words.not_done.match(text) is None


def _goes_on(last: _Piece, kind: ProposalKind, *, dated: bool) -> bool:
    """Tell whether a sentence belongs to the piece before it.

    After an activity with a date everything does that has no date of its own; after one without,
    only what is no activity.
    """
    if last.kind is ProposalKind.activity:
        return kind is ProposalKind.prose or (
            kind is ProposalKind.activity and last.dated and not dated
        )
    return kind is last.kind and kind is not ProposalKind.heading


def _section_of(heading: str) -> ProposalKind | None:
    words = section_words()
    if words.problems.search(heading) is not None:
        return ProposalKind.problems
    return ProposalKind.plans if words.plans.search(heading) is not None else None


def _said_of(text: str) -> ProposalKind | None:
    words = section_words()
    if words.plan_start.search(text) is not None:
        return ProposalKind.plans
    return ProposalKind.problems if words.problem_start.search(text) is not None else None


def _proposals(
    plain: Plain,
    pieces: Sequence[_Piece],
    reader: Reader,
    today: Today,
    unit_slug: str | None,
) -> Iterator[Proposal]:
    now = today
    for piece in pieces:
        said = plain.said(piece.start, piece.end)
        reading = None
        if piece.kind is ProposalKind.activity:
            reading = reader.read(said.raw, today=now, unit_slug=unit_slug)
            if reading.date.when.precision is Precision.day:
                now = replace(now, previous=reading.date.when.day)
        yield Proposal(piece.kind, said, piece.headings, reading)
