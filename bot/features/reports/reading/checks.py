"""Whether the numbers of a report go together (REP-12, REP-13)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.config import Config
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.result import Counted, ReadingWarning, WarningKind


@dataclass(frozen=True)
class Odd:
    """A `part` that is more than its `whole`, or (`part` None) a whole that its parts do not give.

    Both are slugs of metrics; `difference` is the whole less the sum of its parts.
    """

    whole: str
    part: str | None = None
    difference: Decimal = Decimal(0)


def odd_parts(config: Config, given: Mapping[str, Amount]) -> Iterator[Odd]:
    """Yield what does not go together in `given`, by the metrics' `part_of`.

    A sum says something only where every part of a whole is there, counted like it, and all are
    exact.
    """
    shares: dict[str, list[str]] = defaultdict(list)
    for metric in config.metrics:
        if metric.part_of is not None and metric.part_of in given:
            shares[metric.part_of].append(metric.slug)
    for whole, parts in shares.items():
        there = {part: given[part] for part in parts if part in given}
        for part, amount in there.items():
            if amount.value > given[whole].value:
                yield Odd(whole, part)
        if len(there) == len(parts) > 1 and _sum_tells(config, whole, given[whole], there):
            difference = given[whole].value - sum(one.value for one in there.values())
            if difference:
                yield Odd(whole, difference=difference)


def check_parts(config: Config, values: Sequence[Counted]) -> Iterator[ReadingWarning]:
    """Yield a warning for everything odd in the numbers of a paragraph."""
    said = {one.metric: one.said for one in values}
    for odd in odd_parts(config, {one.metric: one.amount for one in values}):
        if odd.part is not None:
            data = {"whole": odd.whole, "part": odd.part}
            yield ReadingWarning(WarningKind.part_exceeds_whole, said[odd.part], data)
        else:
            data = {"whole": odd.whole, "difference": f"{odd.difference:.2f}"}
            yield ReadingWarning(WarningKind.sum_differs, said[odd.whole], data)


def _sum_tells(config: Config, whole: str, amount: Amount, parts: Mapping[str, Amount]) -> bool:
    units = {config.metric(slug).counted_in for slug in (whole, *parts)}
    exact = not any(one.approx or one.bound is not None for one in (amount, *parts.values()))
    return len(units) == 1 and exact
