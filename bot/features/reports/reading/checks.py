"""Whether the numbers of a paragraph go together (REP-12, REP-13)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.config import Config
from bot.features.reports.reading.result import Counted, ReadingWarning, WarningKind


def check_parts(config: Config, values: Sequence[Counted]) -> Iterator[ReadingWarning]:
    """Yield where a part is more than its whole, or where parts in money are not the whole.

    Parts counted otherwise need not be all of the whole, so their sum says nothing.
    """
    given = {one.metric: one for one in values}
    parts: dict[str, list[Counted]] = defaultdict(list)
    for one in values:
        whole = config.metric(one.metric).part_of
        if whole is not None and whole in given:
            parts[whole].append(one)
    for slug, ones in parts.items():
        yield from _exceeding(given[slug], ones)
        shares = {one.slug for one in config.metrics if one.part_of == slug}
        if shares == {one.metric for one in ones} and _same_unit(config, slug, ones):
            yield from _differing(given[slug], ones)


def _exceeding(whole: Counted, parts: Sequence[Counted]) -> Iterator[ReadingWarning]:
    for one in parts:
        if one.amount.value > whole.amount.value:
            data = {"whole": whole.metric, "part": one.metric}
            yield ReadingWarning(WarningKind.part_exceeds_whole, one.said, data)


def _differing(whole: Counted, parts: Sequence[Counted]) -> Iterator[ReadingWarning]:
    difference = whole.amount.value - sum(one.amount.value for one in parts)
    exact = not any(one.amount.approx for one in (whole, *parts))
    if difference and exact:
        data = {"whole": whole.metric, "difference": f"{difference:.2f}"}
        yield ReadingWarning(WarningKind.sum_differs, whole.said, data)


def _same_unit(config: Config, whole: str, parts: Sequence[Counted]) -> bool:
    units = {config.metric(one.metric).counted_in for one in parts}
    return units == {config.metric(whole).counted_in} and len(parts) > 1
