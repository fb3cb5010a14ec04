"""How many people, and the other numbers (REP-07, REP-08, REP-11)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.reports.words import (
    amount_text,
    metric_words,
    read_as,
    value_text,
    values_text,
)
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.refusal import sentence
from bot.chat.screen import Style
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import Metric
from bot.core.errors import BusinessError, NotFound, StaleButton
from bot.core.text import clipped
from bot.features.reports import rules
from bot.features.reports.content import (
    NO_TASK,
    Value,
    amount_of,
    amount_to_plain,
    value_of,
    value_to_plain,
)
from bot.features.reports.errors import MetricUnknown, NotWhole, TooManyValues
from bot.features.reports.metrics import counted_as, find_metrics
from bot.features.reports.reading.amounts import read_amount, split_named
from handlers.reports.reading import words_of

_DONE, _BACK, _METRIC, _REMOVE = "ok", "back", "m.", "x."
_ASKED, _FOUND, _TYPED = "_metric", "_found", "_typed"
_WIDTH = 2
_MOST_FOUND = 8
_SAID_UNITS = 40


def _counts_people(call: Call, answers: Answers) -> bool:
    del answers
    return any(metric.slug == rules.PEOPLE_METRIC for metric in call.config.metrics)


def _ask_people(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("report.ask_people"))


def _read_people(call: Call, reply: Reply, answers: Answers) -> dict[str, object] | Stay:
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    unit = call.config.metric(rules.PEOPLE_METRIC).counted_in
    amount = read_amount(words, counted_in=unit)
    if not amount.is_whole:
        raise NotWhole(text=amount.raw)
    return amount_to_plain(amount)


def _show_people(call: Call, answers: Answers) -> Text | None:
    given = answers.get("people")
    if given is None:
        return None
    return amount_text(amount_of(given), metric_words(call.config, rules.PEOPLE_METRIC)[1])


def _given(answers: Answers) -> list[Value]:
    return [value_of(one) for one in answers.get("values") or ()]


def _ask_values(call: Call, answers: Answers) -> Ask:
    given = _given(answers)
    asked = answers.get(_ASKED)
    if asked is not None:
        name, unit = metric_words(call.config, asked)
        return Ask(
            T("report.ask_value", name=name, unit=unit),
            [[Pick(T("report.other_number"), _BACK)]],
        )
    removable = [
        [Pick(T("report.remove", what=value_text(call.config, one)), f"{_REMOVE}{one.metric}")]
        for one in given
    ]
    done = Pick(T("report.done") if given else T("report.no_values"), _DONE, Style.primary)
    found = answers.get(_FOUND)
    if found:
        metrics = [call.config.metric(slug) for slug in found]
        back = Pick(T("report.other_number"), _BACK)
        return Ask(T("report.which_metric"), [*_picks(metrics), [back]])
    offered = [metric for metric in _usual(call, answers) if metric.slug not in _slugs(given)]
    listed = Lines(BLANK, *(value_text(call.config, one) for one in given)) if given else None
    text = Lines(T("report.ask_values"), listed)
    return Ask(text, [*_picks(offered), *removable, [done]])


def _picks(metrics: Sequence[Metric]) -> list[list[Pick]]:
    picks = [Pick(Plain(metric.name), f"{_METRIC}{metric.slug}") for metric in metrics]
    return [picks[at : at + _WIDTH] for at in range(0, len(picks), _WIDTH)]


def _usual(call: Call, answers: Answers) -> list[Metric]:
    """Return the metrics of the task; people have been asked for already."""
    task = answers.get("task") or NO_TASK
    try:
        metrics = call.config.metrics_of_task(task)
    except NotFound:
        return []
    return [metric for metric in metrics if metric.slug != rules.PEOPLE_METRIC]


def _slugs(given: Sequence[Value]) -> set[str]:
    return {one.metric for one in given}


def _read_values(call: Call, reply: Reply, answers: Answers) -> list[dict[str, object]] | Stay:
    if reply.choice is not None:
        return _pressed(call, reply.choice, answers)
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    asked = answers.get(_ASKED)
    return _with_value(call, answers, asked, words) if asked else _named(call, answers, words)


def _pressed(call: Call, choice: str, answers: Answers) -> list[dict[str, object]] | Stay:
    given = _given(answers)
    if choice == _DONE:
        for note in (_ASKED, _FOUND, _TYPED):
            answers.pop(note, None)
        return [value_to_plain(one) for one in given]
    if choice == _BACK:
        return Stay(None, **{_ASKED: None, _FOUND: None, _TYPED: None})
    if choice.startswith(_REMOVE):
        slug = choice.removeprefix(_REMOVE)
        return Stay(None, values=[value_to_plain(one) for one in given if one.metric != slug])
    if not choice.startswith(_METRIC):
        raise StaleButton
    metric = _askable(call, choice.removeprefix(_METRIC))
    return _asking(call, answers, metric, answers.get(_TYPED))


def _asking(call: Call, answers: Answers, metric: Metric, typed: str | None) -> Stay:
    """Take the number that was typed with the metric's name, or ask for one."""
    note = None
    if typed:
        try:
            return _with_value(call, answers, metric.slug, typed)
        except BusinessError as refused:
            note = sentence(refused)
    return Stay(note, **{_ASKED: metric.slug, _FOUND: None, _TYPED: None})


def _askable(call: Call, slug: str) -> Metric:
    """Return a metric that this step asks for; raises NotFound."""
    if slug == rules.PEOPLE_METRIC:
        raise NotFound
    return call.config.metric(slug)


def _with_value(call: Call, answers: Answers, slug: str, words: str) -> Stay:
    """Return the answers with the number that `words` say under the metric `slug`."""
    metric = _askable(call, slug)
    amount = read_amount(words, counted_in=metric.counted_in)
    kept = [one for one in _given(answers) if one.metric != slug]
    if len(kept) >= rules.MOST_VALUES:
        raise TooManyValues(most=rules.MOST_VALUES)
    values = [value_to_plain(one) for one in (*kept, Value(slug, amount))]
    note = read_as(amount, metric.counted_in)
    return Stay(note, values=values, **{_ASKED: None, _FOUND: None, _TYPED: None})


def _named(call: Call, answers: Answers, words: str) -> Stay:
    """Find the metric by its name; a number written behind the name is taken with it."""
    split = split_named(words)
    name, number = (words, None) if split is None else split
    metrics = find_metrics(call.config, name) or find_metrics(call.config, words)
    metrics = counted_as(metrics, number, own=_usual(call, answers))
    found = [metric for metric in metrics if metric.slug != rules.PEOPLE_METRIC][:_MOST_FOUND]
    if not found:
        raise MetricUnknown(text=clipped(name, _SAID_UNITS))
    if len(found) > 1:
        slugs = [metric.slug for metric in found]
        return Stay(None, **{_FOUND: slugs, _TYPED: number, _ASKED: None})
    return _asking(call, answers, found[0], number)


def _show_values(call: Call, answers: Answers) -> Text | None:
    given = _given(answers)
    return values_text(call.config, given) if given else None


PEOPLE = Step(
    "people",
    T("report.label_people"),
    _ask_people,
    _read_people,
    _show_people,
    optional=True,
    when=_counts_people,
)
VALUES = Step("values", T("report.label_values"), _ask_values, _read_values, _show_values)
