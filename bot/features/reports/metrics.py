"""Finding the metric that somebody means (REP-07): unknown words are asked, never guessed."""

from collections.abc import Sequence

from bot.config import Config, Metric
from bot.features.reports.reading.numerals import normalised

_FEWEST_SHARED = 2


def find_metrics(config: Config, words: str) -> list[Metric]:
    """Return the metrics whose name `words` mean, in the configuration's order.

    A metric of exactly that name stands alone; else those whose name holds the words, or is held
    by them; else those whose name holds their characters in this order. None when nothing fits.
    """
    sought = normalised(words).casefold()
    if not sought:
        return []
    names = [(metric, normalised(metric.name).casefold()) for metric in config.metrics]
    exact = [metric for metric, name in names if name == sought]
    if exact:
        return exact
    holding = [metric for metric, name in names if sought in name or name in sought]
    if holding or len(sought) < _FEWEST_SHARED:
        return holding
    return [metric for metric, name in names if _in_order(sought, name)]


def counted_as(found: list[Metric], number: str | None, *, own: Sequence[Metric]) -> list[Metric]:
    """Return those of `found` that are counted in what `number` is written in (200余份: 份).

    When none is, a name that merely looks alike must not swallow the number: then the task's `own`
    metrics that are counted so are offered as well.
    """
    if number is None:
        return found
    written = normalised(number)
    same = [metric for metric in found if written.endswith(normalised(metric.counted_in))]
    if same or not written or written[-1].isdigit():
        return same or found
    return [
        *(metric for metric in own if written.endswith(normalised(metric.counted_in))),
        *found,
    ]


def _in_order(sought: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in sought)
