"""Finding the metric that somebody means (REP-07): unknown words are asked, never guessed."""

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


def _in_order(sought: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in sought)
