"""The numbers of a paragraph as values under metrics, and what is odd about them (REP-07, 08)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.config import Config
from bot.core.errors import BusinessError
from bot.features.reports.errors import AmountTooFine, AmountTooLarge
from bot.features.reports.reading.amounts import Amount, read_amount
from bot.features.reports.reading.figures import Figure, FigureKind, figure_words, find_figures
from bot.features.reports.reading.lexicon import Lexicon
from bot.features.reports.reading.naming import name_figures
from bot.features.reports.reading.plain import STRUCK, Plain
from bot.features.reports.reading.result import Counted, ReadingWarning, WarningKind

_UNLIKELY = Decimal(10_000_000)
"""No unit of a district counts that much of anything."""
_WHOLE_SHARE = Decimal(100)

_REFUSED = {
    FigureKind.range: WarningKind.number_range,
    FigureKind.vague: WarningKind.number_range,
    FigureKind.negative: WarningKind.number_negative,
}


@dataclass(frozen=True)
class Numbers:
    """The values, each metric once, and the warnings, both in the order of the text."""

    values: tuple[Counted, ...]
    warnings: tuple[ReadingWarning, ...]


def read_numbers(
    plain: Plain, config: Config, lexicon: Lexicon, taken: Sequence[tuple[int, int]]
) -> Numbers:
    """Return the numbers of `plain`; `taken` are its dates."""
    figures = find_figures(plain, lexicon.figures, taken)
    names = name_figures(plain.text, figures, lexicon)
    warnings = [*_struck(plain)]
    given: dict[str, list[Counted]] = {}
    for figure, metric in zip(figures, names, strict=True):
        if metric is None:
            warnings += _unknown(plain, figure)
            continue
        value, odd = _value(plain, config, figure, metric)
        warnings += odd
        if value is not None:
            given.setdefault(metric, []).append(value)
    values = []
    for counted in given.values():
        taken_one = next((one for one in counted if one.total), counted[0])
        values.append(taken_one)
        warnings += _repeated(taken_one, counted)
    return Numbers(tuple(sorted(values, key=lambda one: one.said.start)), tuple(warnings))


def _struck(plain: Plain) -> Iterator[ReadingWarning]:
    for match in re.finditer(f"{STRUCK}+", plain.text):
        yield ReadingWarning(WarningKind.number_too_large, plain.said(*match.span()))


def _unknown(plain: Plain, figure: Figure) -> Iterator[ReadingWarning]:
    """Yield that a number has no metric; small words such as 一个 are no numbers to ask about."""
    if not figure.spelled and not figure.each and not figure.part:
        yield ReadingWarning(WarningKind.number_unknown, plain.said(figure.start, figure.end))


def _value(
    plain: Plain, config: Config, figure: Figure, metric: str
) -> tuple[Counted | None, list[ReadingWarning]]:
    said = plain.said(figure.start, figure.end)
    data = {"metric": metric}
    if figure.kind in _REFUSED:
        return None, [ReadingWarning(_REFUSED[figure.kind], said, data)]
    counted_in = config.metric(metric).counted_in
    try:
        amount = read_amount(plain.text[figure.start : figure.end], counted_in=counted_in)
    except BusinessError as error:
        return None, [ReadingWarning(_refused(error), said, data)]
    odd = [ReadingWarning(kind, said, data) for kind in _odd(amount, figure, counted_in)]
    if WarningKind.number_not_whole in {one.kind for one in odd}:
        return None, odd
    return Counted(metric, replace(amount, raw=said.raw), said, total=figure.total), odd


def _refused(error: BusinessError) -> WarningKind:
    if isinstance(error, AmountTooLarge):
        return WarningKind.number_too_large
    if isinstance(error, AmountTooFine):
        return WarningKind.number_too_fine
    return WarningKind.number_unknown


def _odd(amount: Amount, figure: Figure, counted_in: str) -> Iterator[WarningKind]:
    words = figure_words()
    if figure.unit in words.people and not amount.is_whole:
        yield WarningKind.number_not_whole
    if amount.value == 0:
        yield WarningKind.number_zero
    most = _WHOLE_SHARE if counted_in == words.percent else _UNLIKELY
    if amount.value > most:
        yield WarningKind.number_unlikely


def _repeated(taken: Counted, counted: Sequence[Counted]) -> Iterator[ReadingWarning]:
    data: Mapping[str, str] = {"metric": taken.metric, "taken": taken.amount.raw}
    for one in counted:
        if one is not taken and one.amount.value != taken.amount.value:
            yield ReadingWarning(WarningKind.number_repeated, one.said, data)
