"""The words by which a campaign's metrics are named, compiled once per configuration (REP-07).

A saying is a name or a synonym of a metric: 悬挂横幅, 推荐…绘画, 每组N. Its head is the word that
must stand beside the number; what stands before … must come earlier in the sentence, what stands
behind N must follow the number.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.config import Config, Metric
from bot.features.reports.reading.figures import figure_pattern, figure_words
from bot.features.reports.reading.plain import plain_of
from bot.features.reports.reading.words import amount_words, read_words

_NUMBER, _ANYTHING = "N", "…"
_KEY = 2
"""Characters by which words are looked up; every word of a saying has at least as many."""


@dataclass(frozen=True)
class NearWords:
    """What near.yaml says: what may stand between a name and its number, in characters at most."""

    filler: re.Pattern[str]
    not_between: re.Pattern[str]
    respectively: re.Pattern[str]
    list_signs: re.Pattern[str]
    slash: str
    verbs: tuple[str, ...]
    most_free: int
    most_before: int
    most_after: int
    most_far: int


@cache
def near_words() -> NearWords:
    """Return what may stand between a name and its number."""
    return read_words(NearWords, "near.yaml")


@dataclass(frozen=True)
class Saying:
    """One way to name a metric.

    `before` are the words that come earlier, `after` those that follow the number and the head.
    `leads` and `follows` tell on which side of the number the head may stand; `loose` that other
    words may stand between.
    """

    metric: str
    head: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    leads: bool = True
    follows: bool = True
    loose: bool = False

    @property
    def length(self) -> int:
        """How much is said: of two that fit, the longer one is meant."""
        return len(self.head) + sum(map(len, self.before + self.after))


@dataclass(frozen=True)
class Found:
    """A word of the lexicon in the plain text."""

    start: int
    end: int
    word: str


class Lexicon:
    """The sayings of all metrics, by head; and which metrics a measure word may count."""

    def __init__(self, config: Config) -> None:
        """Compile the metrics of `config`."""
        self._sayings: dict[str, list[Saying]] = defaultdict(list)
        self._by_unit: dict[str, set[str]] = defaultdict(set)
        words = set()
        for metric in config.metrics:
            for saying in dict.fromkeys(_sayings(metric)):
                self._sayings[saying.head].append(saying)
                words |= {saying.head, *saying.before, *saying.after}
            for unit in _units(metric):
                self._by_unit[unit].add(metric.slug)
        self._words = _by_key(words)
        self.figures = figure_pattern({*self._by_unit, *figure_words().counters})

    def metrics_in(self, unit: str) -> frozenset[str]:
        """Return the slugs of the metrics that may be counted in `unit`."""
        return frozenset(self._by_unit.get(unit, ()))

    def sayings(self, head: str) -> Sequence[Saying]:
        """Return the sayings whose head is `head`."""
        return self._sayings.get(head, ())

    def find(self, text: str) -> list[Found]:
        """Return every word of the lexicon in `text`, in order of their starts."""
        return [
            Found(start, start + len(word), word)
            for start in range(len(text) - 1)
            for word in self._words.get(text[start : start + _KEY], ())
            if text.startswith(word, start)
        ]


def _by_key(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[word[:_KEY]].append(word)
    return found


def _sayings(metric: Metric) -> Iterator[Saying]:
    names = metric.name.split(near_words().slash)
    for name in (*names, *metric.synonyms):
        parts = name.split(_NUMBER)
        if len(parts) == 1:
            yield from _unplaced(metric.slug, name)
        else:
            yield from _placed(metric.slug, *parts[:2])


def _unplaced(slug: str, name: str) -> Iterator[Saying]:
    *before, head = _words(name)
    yield Saying(slug, head, before=tuple(before))
    bare = next((head[len(one) :] for one in near_words().verbs if head.startswith(one)), "")
    if len(bare) >= _KEY:
        yield Saying(slug, bare, before=tuple(before))


def _placed(slug: str, left: str, right: str) -> Iterator[Saying]:
    """Yield a saying with the place of its number: 每组N, 带领…N, N…参加培训."""
    earlier, later = _words(left), _words(right)
    loose = left.endswith(_ANYTHING) if earlier else right.startswith(_ANYTHING)
    if earlier:
        *before, head = earlier
        yield Saying(
            slug, head, before=tuple(before), after=tuple(later), follows=False, loose=loose
        )
    elif later:
        head, *after = later
        yield Saying(slug, head, after=tuple(after), leads=False, loose=loose)


def _words(saying: str) -> list[str]:
    return [plain for part in saying.split(_ANYTHING) if len(plain := plain_of(part).text) >= _KEY]


def _units(metric: Metric) -> Iterator[str]:
    words = figure_words()
    given = (metric.counted_in, *metric.measure_words)
    yield from given
    if words.people & set(given):
        yield from words.people
    if any(metric.counted_in.startswith(unit) for unit in amount_words().money_units):
        yield from words.money
