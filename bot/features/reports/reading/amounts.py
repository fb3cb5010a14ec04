"""Reading a number as people write it in a report (REP-08, REP-13)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.core.text import one_line
from bot.features.reports.errors import (
    AmountTooFine,
    AmountTooLarge,
    AmountUnreadable,
    UnitDiffers,
)
from bot.features.reports.reading.numerals import Numeral, normalised, value_of
from bot.features.reports.reading.words import amount_words

MOST_DECIMALS = 4
"""A value is kept exactly with four decimals: 685.18万元 needs two, a share of a share four."""
MOST = Decimal(10**12)
"""Beyond this a number is a slip of the finger."""
_MOST_CHARACTERS = 40
_MOST_UNIT_CHARACTERS = 8
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Bound(StrEnum):
    """Which way an open number is open: 85%以上 is at least 85."""

    at_least = "at_least"
    at_most = "at_most"


@dataclass(frozen=True)
class Amount:
    """A number as it was given.

    `approx` is true for 约, 余, 多 and the like, `bound` is set for 以上 and the like, `raw` is
    what was written.
    """

    value: Decimal
    approx: bool
    raw: str
    bound: Bound | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is a count."""
        return self.value == self.value.to_integral_value()


@dataclass
class _Found:
    approx: bool = False
    bound: Bound | None = None
    percent: bool = False
    numerals: list[Numeral] = field(default_factory=list)

    @property
    def scaled(self) -> bool:
        """Whether 千, 万 or the like was written."""
        return any(one.multiplies for one in self.numerals)


def read_amount(text: str, *, counted_in: str) -> Amount:
    """Return the one number that `text` says of something counted in `counted_in`.

    A metric in 万元 takes 22, 22万, 22万元 and 220000元 alike. Raises AmountUnreadable,
    AmountTooLarge, AmountTooFine, or UnitDiffers when money is given for what is no money and the
    like.
    """
    raw = one_line(text)
    rest = _THOUSANDS.sub("", normalised(raw))
    if not rest or len(raw) > _MOST_CHARACTERS:
        raise AmountUnreadable(text=raw[:_MOST_CHARACTERS])
    found = _Found()
    rest = _read_front(rest, found)
    rest = _read_numerals(rest, found)
    number = value_of(found.numerals)
    if number is None:
        raise AmountUnreadable(text=raw)
    unit = _read_end(rest, found)
    if any(char.isdigit() for char in unit) or len(unit) > _MOST_UNIT_CHARACTERS:
        raise AmountUnreadable(text=raw)
    value = _in_unit(number, found, unit, counted_in=counted_in, raw=raw)
    return Amount(_checked(value), approx=found.approx, raw=raw, bound=found.bound)


def is_plain(amount: Amount, *, counted_in: str) -> bool:
    """Tell whether what was written is the number itself, but for 约 before or 以上 behind it.

    Then nobody needs to be shown how it was read: 60, 约60人, 85%以上, but not 2.5万余 or 一次.
    """
    words = amount_words()
    rest = _THOUSANDS.sub("", normalised(amount.raw))
    rest = _without(rest, (*words.lead_in, *words.approximate_before)) or rest
    rest = _before(rest, (*words.approximate_after, *words.at_least_after)) or rest
    return rest.removesuffix(counted_in) == f"{amount.value:f}"


def split_named(text: str) -> tuple[str, str] | None:
    """Return what stands before the first number of `text`, and the number with what follows.

    悬挂横幅120 多条 is 悬挂横幅 and 120 多条. None when there is no number in Arabic digits, or
    nothing before it.
    """
    line = one_line(text)
    first = next((at for at, char in enumerate(line) if char.isdecimal()), 0)
    words = amount_words()
    name = line[:first].rstrip()
    before = (*words.approximate_before, *words.at_least_before, *words.at_most_before)
    for said in (*before, *words.lead_in):
        name = name.removesuffix(said).rstrip()
    return (name, line[len(name) :].strip()) if name else None


def _read_front(text: str, found: _Found) -> str:
    words = amount_words()
    while True:
        if (rest := _without(text, words.lead_in)) is not None:
            text = rest
        elif (rest := _without(text, words.approximate_before)) is not None:
            text, found.approx = rest, True
        elif (rest := _without(text, words.at_least_before)) is not None:
            text, found.bound = rest, Bound.at_least
        elif (rest := _without(text, words.at_most_before)) is not None:
            text, found.bound = rest, Bound.at_most
        elif (rest := _without(text, words.percent_before)) is not None:
            text, found.percent = rest, True
        else:
            return text


def _read_numerals(text: str, found: _Found) -> str:
    words = amount_words()
    while text:
        arabic = _ARABIC.match(text)
        if arabic is not None:
            found.numerals.append(Numeral(Decimal(arabic.group())))
            text = text[arabic.end() :]
        elif text[0] in words.digits:
            found.numerals.append(Numeral(Decimal(words.digits[text[0]]), spelled=True))
            text = text[1:]
        elif text[0] in words.magnitudes:
            found.numerals.append(Numeral(Decimal(words.magnitudes[text[0]]), multiplies=True))
            text = text[1:]
        elif found.numerals and (rest := _without(text, words.approximate_within)) is not None:
            text, found.approx = rest, True
        else:
            break
    return text


def _read_end(text: str, found: _Found) -> str:
    """Read what may stand behind the unit and return the unit."""
    words = amount_words()
    while True:
        if (rest := _before(text, words.approximate_after)) is not None:
            text, found.approx = rest, True
        elif (rest := _before(text, words.at_least_after)) is not None:
            text, found.bound = rest, Bound.at_least
        elif (rest := _before(text, words.at_most_after)) is not None:
            text, found.bound = rest, Bound.at_most
        elif (rest := _before(text, words.percent)) is not None:
            text, found.percent = rest, True
        else:
            break
    rest_within = _without(text, words.approximate_within)
    if rest_within is not None:
        found.approx = True
        return rest_within
    return text


def _in_unit(number: Decimal, found: _Found, unit: str, *, counted_in: str, raw: str) -> Decimal:
    words = amount_words()
    scale = _money_scale(counted_in)
    in_money = any(unit.startswith(word) for word in words.money)
    if found.percent != (counted_in in words.percent) and (found.percent or unit):
        raise UnitDiffers(text=raw, unit=counted_in)
    if in_money and scale is None:
        raise UnitDiffers(text=raw, unit=counted_in)
    if scale is None or not (in_money or found.scaled):
        return number
    return number / scale


def _money_scale(counted_in: str) -> Decimal | None:
    """Return how many 元 one `counted_in` is; None for what is no money."""
    scales = amount_words().money_units
    fitting = [word for word in scales if counted_in.startswith(word)]
    return Decimal(scales[max(fitting, key=len)]) if fitting else None


def _checked(value: Decimal) -> Decimal:
    if value >= MOST:
        raise AmountTooLarge
    exact = value.quantize(Decimal(1).scaleb(-MOST_DECIMALS))
    if exact != value:
        raise AmountTooFine(decimals=MOST_DECIMALS)
    return exact.normalize() + 0


def _without(text: str, words: Sequence[str]) -> str | None:
    return next((text[len(word) :] for word in words if text.startswith(word)), None)


def _before(text: str, words: Sequence[str]) -> str | None:
    return next((text[: -len(word)] for word in words if text.endswith(word)), None)
