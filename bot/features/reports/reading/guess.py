"""Proposing a task for a paragraph, by the campaign's own words (REP-01).

A task's keywords speak for it, the more the fewer other tasks have them; so do, less loudly, all
runs of characters of its title, summary, indicators and carriers, and the metrics linked to it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.config import Config, Task
from bot.features.reports.reading.plain import plain_of
from bot.features.reports.reading.words import read_words

_SHORTEST, _LONGEST = 2, 4


@dataclass(frozen=True)
class GuessWords:
    """What guess.yaml says: words that mean nothing for a task, and how much must speak for one."""

    cut: re.Pattern[str]
    keyword_weight: float
    own_weight: float
    metric_weight: float
    least: float
    lead: float


@cache
def guess_words() -> GuessWords:
    """Return how tasks are told apart."""
    return read_words(GuessWords, "guess.yaml")


class TaskGuess:
    """The words of all tasks, weighed once per configuration."""

    def __init__(self, config: Config) -> None:
        """Weigh the words of `config`."""
        words = guess_words()
        keys = {task.id: frozenset(map(_plain, task.keywords)) for task in config.tasks}
        own = {task.id: _grams_of(config, task) for task in config.tasks}
        self._keys = _weighed(keys, words.keyword_weight)
        self._own = _weighed(own, words.own_weight)
        self._starts = frozenset(gram[:_SHORTEST] for gram in self._own)
        self._keywords = re.compile("|".join(sorted(self._keys, key=len, reverse=True)) or "(?!)")
        self._metrics = {
            metric.slug: tuple(
                task.id for task in config.tasks if metric in config.metrics_of_task(task.id)
            )
            for metric in config.metrics
        }

    def guess(self, text: str, metrics: Iterable[str], among: frozenset[str]) -> str | None:
        """Return the task of `among` that the plain `text` speaks for; None when nothing does."""
        scores = self.scores(text, metrics, among)
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        words = guess_words()
        if not ranked or ranked[0][1] < words.least:
            return None
        if len(ranked) > 1 and ranked[0][1] < ranked[1][1] * words.lead:
            return None
        return ranked[0][0]

    def scores(
        self, text: str, metrics: Iterable[str], among: frozenset[str]
    ) -> Mapping[str, float]:
        """Return how much speaks for each task of `among`; those without anything are left out."""
        scores: dict[str, float] = defaultdict(float)
        # In order, so that equal scores stay equal whatever the order of a set.
        for key in sorted(set(self._keywords.findall(text))):
            _add(scores, self._keys[key])
        for gram in sorted(self._own_in(text)):
            _add(scores, self._own[gram])
        for slug in metrics:
            tasks = self._metrics.get(slug, ())
            _add(scores, {one: guess_words().metric_weight / len(tasks) for one in tasks})
        return {task_id: score for task_id, score in scores.items() if task_id in among}

    def _own_in(self, text: str) -> set[str]:
        starts = [
            start
            for start in range(len(text) - 1)
            if text[start : start + _SHORTEST] in self._starts
        ]
        found = {
            text[start : start + length]
            for start in starts
            for length in range(_SHORTEST, _LONGEST + 1)
        }
        return found & self._own.keys()


def _add(scores: dict[str, float], more: Mapping[str, float]) -> None:
    for task_id, weight in more.items():
        scores[task_id] += weight


def _weighed(
    words: Mapping[str, frozenset[str]], weight: float
) -> Mapping[str, Mapping[str, float]]:
    """Return for every word what it says for each task that has it: more, the fewer there are."""
    spread = Counter(word for held in words.values() for word in held)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for task_id, held in words.items():
        for word in held:
            rarity = math.log(len(words) / spread[word]) / math.log(len(words) or 1)
            if rarity > 0:
                weights[word][task_id] = weight * rarity * (len(word) - 1)
    return weights


def _plain(word: str) -> str:
    return plain_of(word).text


def _grams_of(config: Config, task: Task) -> frozenset[str]:
    texts = [task.title, task.summary]
    texts += [text for one in task.indicators for text in (one.name, one.quote, one.where or "")]
    texts += [one.name for one in config.carriers if task.id in one.tasks]
    return frozenset(gram for text in texts for gram in _grams(plain_of(text).text))


def _grams(text: str) -> Iterator[str]:
    for piece in guess_words().cut.split(text):
        yield from _runs(piece)


def _runs(text: str) -> frozenset[str]:
    """Return every run of characters of `text` that may be a gram."""
    return frozenset(
        text[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(text) - length + 1)
    )
