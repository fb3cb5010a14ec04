"""Whether a share reaches what the document asks for, in exact fractions; pure (TASK-B1, MED-05).

20.0 % is enough for 20 %, 19.99 % is not: nothing is rounded before it is compared, and what is
shown is rounded down, so that it never looks like enough when it is not.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_PERCENT = 100


class Verdict(StrEnum):
    """What became of a share.

    `empty`: there is nothing of which it could be a share. `odd`: the part is larger than the
    whole, so one of the two numbers is wrong.
    """

    met = "met"
    short = "short"
    empty = "empty"
    odd = "odd"


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, of which the document asks for `at_least` percent."""

    part: Decimal
    whole: Decimal
    at_least: Decimal

    @property
    def verdict(self) -> Verdict:
        """What becomes of it."""
        if self.part > self.whole:
            return Verdict.odd
        if not self.whole:
            return Verdict.empty
        return Verdict.met if self._enough(self.part, self.whole) else Verdict.short

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with one decimal, rounded down; None where it is of nothing."""
        if not self.whole:
            return None
        tenths = math.floor(Fraction(self.part) / Fraction(self.whole) * _PERCENT * 10)
        return Decimal(tenths) / 10

    @property
    def by_replacing(self) -> int:
        """How many of the others must become part of the share; 0 when it is enough."""
        missing = self._goal * Fraction(self.whole) - Fraction(self.part)
        return max(0, math.ceil(missing))

    @property
    def by_adding(self) -> int | None:
        """How many new ones are needed where none of the others goes; 0 when it is enough.

        None where no number would do: all are asked for, and some others are there.
        """
        missing = self._goal * Fraction(self.whole) - Fraction(self.part)
        if missing <= 0:
            return 0
        rest = 1 - self._goal
        return None if rest <= 0 else math.ceil(missing / rest)

    @property
    def _goal(self) -> Fraction:
        return Fraction(self.at_least) / _PERCENT

    def _enough(self, part: Decimal, whole: Decimal) -> bool:
        return Fraction(part) >= self._goal * Fraction(whole)


def is_enough(percent: Decimal, at_least: Decimal) -> bool:
    """Tell whether a share that was reported in percent is enough."""
    return percent >= at_least
