"""Which metric each number of a paragraph belongs to (REP-07).

Every number looks for the names around it: 横幅120条, 120条横幅, 共悬挂横幅120条. The nearest
name wins, then the one whose other words are nearest, then the longest. A name serves one number.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from bot.features.reports.reading.figures import Figure, figure_words
from bot.features.reports.reading.lexicon import Found, Lexicon, Saying, near_words
from bot.features.reports.reading.plain import plain_words
from bot.features.reports.reading.result import PEOPLE_METRIC


class _Rank(IntEnum):
    """How near a name stands to its number."""

    before = 0
    after = 1
    loose_before = 2
    loose_after = 3
    catch_all = 2
    """Added to whoever merely took part: each other kind of people is named more exactly."""


_NO_CONTEXT = 1000
"""Farther than any word that a saying asks for: 推荐…绘画 is meant rather than 绘画."""


class _Fit(NamedTuple):
    """A name for a number; the smallest is the best."""

    rank: int
    gap: int
    context: int
    shortness: int
    figure: int
    start: int
    end: int
    metric: str


@dataclass(frozen=True)
class _Scene:
    text: str
    figures: Sequence[Figure]
    words: Sequence[Found]
    starts: Sequence[int]
    places: Mapping[str, Sequence[int]]
    ends: Sequence[int]
    lexicon: Lexicon


def name_figures(text: str, figures: Sequence[Figure], lexicon: Lexicon) -> list[str | None]:
    """Return for each of `figures` the slug of its metric, None where nothing names it."""
    scene = _scene(text, figures, lexicon)
    named: list[str | None] = [None] * len(figures)
    used: set[tuple[int, int]] = set()
    for place, metric in _respectively(scene).items():
        named[place] = metric
    for fit in sorted(fit for place in range(len(figures)) for fit in _fits(scene, place)):
        if named[fit.figure] is None and (fit.start, fit.end) not in used:
            named[fit.figure] = fit.metric
            used.add((fit.start, fit.end))
    return named


def _scene(text: str, figures: Sequence[Figure], lexicon: Lexicon) -> _Scene:
    words = lexicon.find(text)
    places: dict[str, list[int]] = defaultdict(list)
    for one in words:
        places[one.word].append(one.start)
    marks = plain_words().sentence_ends
    ends = [place for place, char in enumerate(text) if char in marks]
    starts = [one.start for one in words]
    return _Scene(text, figures, words, starts, places, ends, lexicon)


def _fits(scene: _Scene, place: int) -> Iterator[_Fit]:
    figure = scene.figures[place]
    low, high = _bounds(scene, place)
    metrics = scene.lexicon.metrics_in(figure.unit)
    for one in _not_held([*_named(scene, low, high, figure, metrics)]):
        for saying in scene.lexicon.sayings(one.word):
            if saying.metric in metrics and _may_count(saying, figure):
                fit = _fit(scene, place, one, saying)
                if fit is not None:
                    yield fit


def _bounds(scene: _Scene, place: int) -> tuple[int, int]:
    """Return where names for the number may begin and end: its sentence, up to its neighbours."""
    figure, near = scene.figures[place], near_words()
    following = bisect_left(scene.ends, figure.start)
    low = scene.ends[following - 1] + 1 if following else 0
    high = scene.ends[following] if following < len(scene.ends) else len(scene.text)
    if place:
        low = max(low, scene.figures[place - 1].end)
    if place + 1 < len(scene.figures):
        high = min(high, scene.figures[place + 1].start)
    return max(low, figure.start - near.most_far), min(high, figure.end + near.most_far)


def _named(
    scene: _Scene, low: int, high: int, figure: Figure, metrics: frozenset[str]
) -> Iterator[Found]:
    for index in range(bisect_left(scene.starts, low), bisect_left(scene.starts, high)):
        one = scene.words[index]
        beside = one.end <= figure.start or one.start >= figure.end
        counts = any(saying.metric in metrics for saying in scene.lexicon.sayings(one.word))
        if counts and beside and one.end <= high:
            yield one


def _not_held(words: Sequence[Found]) -> list[Found]:
    """Return the words that are no part of a longer one: 道德模范 in 道德模范提名奖 is none."""
    kept: list[Found] = []
    for one in sorted(words, key=lambda one: (one.start, -one.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def _may_count(saying: Saying, figure: Figure) -> bool:
    """Tell whether a number for each of something may be meant: 每组20人, but not 每户2份."""
    each = figure_words().each_word
    return not figure.each or any(each in word for word in (saying.head, *saying.before))


def _fit(scene: _Scene, place: int, one: Found, saying: Saying) -> _Fit | None:
    figure = scene.figures[place]
    leads = one.end <= figure.start
    gap = scene.text[one.end : figure.start] if leads else scene.text[figure.end : one.start]
    shown = scene.text[figure.start : figure.end]
    rank = _rank_before(saying, gap) if leads else _rank_after(saying, gap, shown)
    context = _context(scene, one, figure, saying)
    if rank is None or context is None:
        return None
    if saying.metric == PEOPLE_METRIC:
        rank += _Rank.catch_all
    return _Fit(rank, len(gap), context, -saying.length, place, one.start, one.end, saying.metric)


def _rank_before(saying: Saying, gap: str) -> int | None:
    near = near_words()
    if not saying.leads:
        return None
    if near.filler.fullmatch(gap) is not None:
        return _Rank.before
    most = near.most_before if saying.loose else near.most_free
    comma = plain_words().comma
    return _Rank.loose_before if len(gap) <= most and comma not in gap else None


def _rank_after(saying: Saying, gap: str, shown: str) -> int | None:
    near = near_words()
    if not saying.follows or shown == figure_words().article:
        return None
    if saying.loose:
        return _Rank.loose_after if gap.count(plain_words().comma) <= 1 else None
    if len(gap) > near.most_after or near.not_between.search(gap) is not None:
        return None
    return _Rank.after


def _context(scene: _Scene, one: Found, figure: Figure, saying: Saying) -> int | None:
    """Return how far away the saying's other words are, None where one is missing."""
    if not saying.before and not saying.after:
        return _NO_CONTEXT
    far = 0
    limit = one.start
    for word in reversed(saying.before):
        start = _last_before(scene, word, limit)
        if start is None:
            return None
        far += limit - start
        limit = start
    limit = max(figure.end, one.end)
    for word in saying.after:
        start = _first_after(scene, word, limit)
        if start is None:
            return None
        far += start - limit
        limit = start
    return far


def _last_before(scene: _Scene, word: str, limit: int) -> int | None:
    starts = scene.places.get(word, ())
    index = bisect_left(starts, limit - len(word) + 1) - 1
    if index < 0 or limit - starts[index] > near_words().most_far:
        return None
    return starts[index] if not _sentence_ends(scene, starts[index], limit) else None


def _first_after(scene: _Scene, word: str, limit: int) -> int | None:
    starts = scene.places.get(word, ())
    index = bisect_left(starts, limit)
    if index == len(starts) or starts[index] - limit > near_words().most_far:
        return None
    return starts[index] if not _sentence_ends(scene, limit, starts[index]) else None


def _sentence_ends(scene: _Scene, start: int, end: int) -> bool:
    return bisect_left(scene.ends, start) != bisect_left(scene.ends, end)


def _respectively(scene: _Scene) -> dict[int, str]:
    """Return what A、B分别为3个、2个 says: the numbers in the order of the names."""
    found: dict[int, str] = {}
    place = 0
    while place < len(scene.figures):
        run = _run(scene, place)
        if near_words().respectively.search(_before(scene, place)):
            found |= _paired(scene, place, run)
        place += run
    return found


def _before(scene: _Scene, place: int) -> str:
    start = scene.figures[place].start
    return scene.text[max(0, start - near_words().most_before) : start]


def _run(scene: _Scene, place: int) -> int:
    """Return how many numbers stand one after the other, with nothing but commas between."""
    count, near = 1, near_words()
    while place + count < len(scene.figures):
        left, right = scene.figures[place + count - 1 : place + count + 1]
        if near.list_signs.fullmatch(scene.text[left.end : right.start]) is None:
            break
        count += 1
    return count


def _paired(scene: _Scene, place: int, run: int) -> dict[int, str]:
    figure = scene.figures[place]
    low, _ = _bounds(scene, place)
    metrics = scene.lexicon.metrics_in(figure.unit)
    names = _not_held([*_named(scene, low, figure.start, figure, metrics)])[-run:]
    if len(names) < run:
        return {}
    pairs = {}
    for offset, one in enumerate(names):
        unit = scene.figures[place + offset].unit
        fitting = [
            saying
            for saying in scene.lexicon.sayings(one.word)
            if saying.metric in scene.lexicon.metrics_in(unit) and not saying.before
        ]
        if fitting:
            pairs[place + offset] = fitting[0].metric
    return pairs
