"""Chinese and Arabic numerals, alone or mixed: 2.5万, 一百二十, 1万2千."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_SECTION = 10_000
_HUNDRED = 100


@dataclass(frozen=True)
class Numeral:
    """A part of a number: its value, and whether it multiplies what stands before it (千, 万)."""

    value: Decimal
    multiplies: bool = False
    spelled: bool = False


def normalised(text: str) -> str:
    """Return `text` with full-width characters as ASCII and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def value_of(parts: Sequence[Numeral]) -> Decimal | None:
    """Return what the numerals say together; None when they say nothing.

    Spelled digits side by side are read one by one (二〇二四), and a digit after a hundred or
    more counts as the next power below (一百二 is 120).
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    power = Decimal(1)
    for part in parts:
        if not part.multiplies:
            if current is not None and not part.spelled:
                return None
            current = part.value if current is None else current * 10 + part.value
            continue
        if part.value >= _SECTION:
            alone = current is None and not section
            total += (1 if alone else section + (current or 0)) * part.value
            section = Decimal(0)
        else:
            section += (1 if current is None else current) * part.value
        current, power = None, part.value
    if current is not None and _is_next_power(parts, power):
        current *= power / 10
    return total + section + (current or 0) if parts else None


def _is_next_power(parts: Sequence[Numeral], power: Decimal) -> bool:
    """Tell whether the last digit stands for the power below the last multiplier."""
    last_two = parts[-2:]
    return (
        power >= _HUNDRED
        and len(last_two) > 1
        and last_two[0].multiplies
        and not last_two[1].multiplies
        and last_two[1].value < 10  # noqa: PLR2004 - a digit
        and last_two[1].value != 0
    )


def as_digits(text: str, digits: Mapping[str, int], magnitudes: Mapping[str, int]) -> str:
    """Return `text` with every run of Chinese numerals below ten thousand as Arabic digits."""
    shown: list[str] = []
    run: list[Numeral] = []
    for char in [*text, ""]:
        if char in digits:
            run.append(Numeral(Decimal(digits[char]), spelled=True))
        elif char in magnitudes and magnitudes[char] < _SECTION:
            run.append(Numeral(Decimal(magnitudes[char]), multiplies=True))
        else:
            shown += [str(value_of(run)) if run else "", char]
            run = []
    return "".join(shown)
