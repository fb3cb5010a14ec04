"""Finding whom the unit worked with (REP-10): units of the register, or the words written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.config import Config
from bot.features.reports.reading.plain import Plain, plain_of
from bot.features.reports.reading.result import PartnerRead, PartnerRole
from bot.features.reports.reading.words import read_words

_FEWEST = 2
_SHORT_NAME = 4
"""水利、环保等部门: names of branches, without the 局."""


@dataclass(frozen=True)
class PartnerWords:
    """What partners.yaml says."""

    forms: tuple[Mapping[str, Any], ...]
    split: re.Pattern[str]
    tail: re.Pattern[str]
    trim_start: re.Pattern[str]
    trim_end: re.Pattern[str]
    vague: re.Pattern[str]
    most: int
    most_name: int


@cache
def partner_words() -> PartnerWords:
    """Return how partners are named."""
    return read_words(PartnerWords, "partners.yaml")


@dataclass(frozen=True)
class _Form:
    """One way to name partners; `leads` where the names are who acts, the unit itself first."""

    role: PartnerRole
    leads: bool
    form: re.Pattern[str]


@cache
def _forms() -> Sequence[_Form]:
    return [
        _Form(PartnerRole(one["role"]), one.get("leads", False), re.compile(one["form"]))
        for one in partner_words().forms
    ]


class Register:
    """The units of the campaign by the names that a paragraph may call them."""

    def __init__(self, config: Config) -> None:
        """Take the names and full names of the units of `config`."""
        self._slugs = {
            plain_of(name).text: unit.slug
            for unit in config.units
            for name in (unit.name, unit.expanded_name)
            if name is not None
        }

    def slug_of(self, name: str) -> str | None:
        """Return the slug of the unit that `name` names exactly; None for any other."""
        return self._slugs.get(plain_of(name).text)


def read_partners(plain: Plain, register: Register, *, own: str | None) -> list[PartnerRead]:
    """Return the partners in the order of the text, each once.

    `own` is the slug of the unit that reports; None when it is in no register: then the first of
    A、B联合 is taken for it.
    """
    found: dict[str, PartnerRead] = {}
    for form in _forms():
        for match in form.form.finditer(plain.text):
            for one in _named(plain, match, form, register, own):
                found.setdefault(plain_of(one.name).text, one)
    return sorted(found.values(), key=lambda one: one.said.start)[: partner_words().most]


def _named(
    plain: Plain, match: re.Match[str], form: _Form, register: Register, own: str | None
) -> Iterator[PartnerRead]:
    spans = [*_spans(plain.text, *match.span("names"))]
    slugs = [register.slug_of(plain.text[start:end]) for start, end in spans]
    for place, ((start, end), slug) in enumerate(zip(spans, slugs, strict=True)):
        is_own = slug == own if own is not None and own in slugs else form.leads and place == 0
        name = plain.text[start:end]
        if not is_own and (slug is not None or _is_name(name, form.role)):
            said = plain.said(start, end)
            yield PartnerRead(" ".join(said.raw.split()), slug, form.role, said)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = partner_words()
    for first, last in _parts(text, start, end):
        begin, stop = first, last
        if (match := words.trim_end.search(text[begin:stop])) is not None:
            stop = begin + match.start()
        if (match := words.trim_start.match(text[begin:stop])) is not None:
            begin += match.end()
        if begin < stop:
            yield begin, stop


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in partner_words().split.finditer(text, start, end):
        yield first, match.start()
        first = match.end()
    yield first, end


def _is_name(name: str, role: PartnerRole) -> bool:
    words = partner_words()
    if not _FEWEST <= len(name) <= words.most_name or words.vague.search(name) is not None:
        return False
    return words.tail.search(name) is not None or (
        role is PartnerRole.named and len(name) <= _SHORT_NAME
    )
