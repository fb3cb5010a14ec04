"""A paragraph made plain for the rules, with the way back to the words as they were written.

Full width becomes half width, traditional becomes simplified; spaces, quotation marks and what
cannot be seen are left out. `Plain.said` finds the original words of a stretch again.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.features.reports.reading.result import Said
from bot.features.reports.reading.words import read_words

_WRAPPED_LINE = 30
"""A line this long without a full stop at its end was broken by a program, not by its writer."""

_LONGEST_QUOTATION = 40
"""What is longer is no name: somebody has put the whole paragraph in quotation marks."""

STRUCK = "\ue000"
"""Stands for each digit of a run that is too long to be a number: no text holds it."""


@dataclass(frozen=True)
class PlainWords:
    """What plain.yaml says: quotation marks, signs that are alike, how commas are told apart."""

    opening: str
    closing: str
    either: str
    alike: Mapping[str, str]
    comma: str
    list_comma: re.Pattern[str]
    letter_one: re.Pattern[str]
    long_run: re.Pattern[str]
    sentence_ends: str


@cache
def plain_words() -> PlainWords:
    """Return the signs."""
    return read_words(PlainWords, "plain.yaml")


@dataclass(frozen=True)
class Plain:
    """`text` is read; `at[i]` is where its character i stands in `raw`.

    `quoted` has a 1 for each character of `text` that stood in quotation marks or 《》.
    """

    raw: str
    text: str
    at: tuple[int, ...]
    quoted: bytes

    def said(self, start: int, end: int) -> Said:
        """Return the original words of `text[start:end]`, with the quotation marks they need."""
        marks = plain_words()
        first, last = self.at[start], self.at[end - 1] + 1
        inside = self.raw[first:last]
        opened = sum(inside.count(mark) for mark in marks.opening)
        closed = sum(inside.count(mark) for mark in marks.closing)
        if closed > opened and first and self.raw[first - 1] in marks.opening:
            first -= 1
        elif opened > closed and last < len(self.raw) and self.raw[last] in marks.closing:
            last += 1
        return Said(self.raw[first:last], first, last)

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether the whole stretch stood inside quotation marks."""
        return all(self.quoted[start:end])


def plain_of(raw: str) -> Plain:
    """Return `raw` made plain. Time and memory grow with its length and no faster."""
    builder = _Builder()
    builder.take(raw)
    words = plain_words()
    text = words.long_run.sub(_struck, "".join(builder.shown))
    text = words.list_comma.sub(words.comma, text)
    text = words.letter_one.sub("1", text)
    return Plain(raw, text, tuple(builder.at), builder.quoted())


def _struck(match: re.Match[str]) -> str:
    return STRUCK * len(match.group())


class _Builder:
    def __init__(self) -> None:
        self.shown: list[str] = []
        self.at: list[int] = []
        self._quoted: list[tuple[int, int]] = []
        self._open: list[int] = []
        self._line_start = 0
        self._space: int | None = None

    def take(self, raw: str) -> None:
        marks = _marks()
        for place, char in enumerate(raw):
            if char == "\n":
                self._break(place)
            elif char.isspace():
                self._space = place
            elif char in marks:
                self._mark(char)
            else:
                shown = _shown(char)
                if self._space is not None and shown:
                    self._keep_apart(shown)
                self.shown += shown
                self.at += [place] * len(shown)

    def _keep_apart(self, shown: str) -> None:
        """Keep a space between digits: 1 200 is one number, 3 20 are two."""
        between = self.shown and self.shown[-1].isdigit() and shown[0].isdigit()
        if between and self._space is not None:
            self.shown.append(" ")
            self.at.append(self._space)
        self._space = None

    def _break(self, place: int) -> None:
        last = self.shown[-1] if self.shown else "\n"
        wrapped = len(self.shown) - self._line_start >= _WRAPPED_LINE and last.isalnum()
        if last != "\n" and not wrapped:
            self.shown.append("\n")
            self.at.append(place)
        self._line_start = len(self.shown)
        self._space = None

    def _mark(self, char: str) -> None:
        marks = plain_words()
        opens = char in marks.opening or (char in marks.either and not self._open)
        if opens:
            self._open.append(len(self.shown))
        elif self._open:
            self._quoted.append((self._open.pop(), len(self.shown)))

    def quoted(self) -> bytes:
        marked = bytearray(len(self.shown))
        for start, end in self._quoted:
            if end - start <= _LONGEST_QUOTATION:
                marked[start:end] = b"\1" * (end - start)
        return bytes(marked)


@lru_cache(maxsize=8192)
def _shown(char: str) -> str:
    """Return what is read for `char`: nothing for what cannot be seen, a comma for a picture."""
    if unicodedata.category(char) in {"Cf", "Mn", "Cs", "Co"}:
        return ""
    alike, simplified = plain_words().alike, _simplified()
    if char in alike:
        return alike[char]
    if unicodedata.category(char) == "So" and unicodedata.normalize("NFKC", char) == char:
        return plain_words().comma
    plain = unicodedata.normalize("NFKC", char)
    return "".join(alike.get(one, simplified.get(one, one)) for one in plain).strip()


@cache
def _marks() -> frozenset[str]:
    words = plain_words()
    return frozenset(words.opening + words.closing + words.either)


@cache
def _simplified() -> Mapping[str, str]:
    words = read_words(_Traditional, "traditional.yaml")
    return dict(zip(words.written, words.read, strict=True))


@dataclass(frozen=True)
class _Traditional:
    written: str
    read: str
