"""Cells in words: numbers with 约, tasks, states, each put into words once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.chat.cards.reports.suspect import suspect_line
from bot.chat.cards.reports.words import BETWEEN_VALUES, STATUS, metric_words, task_text, when_text
from bot.chat.render import Voice, to_plain
from bot.chat.text import T, Text
from bot.config import Config, Metric, Rollup
from bot.core.dates import local_day
from bot.features.reports.content import Value
from bot.features.reports.models import ReportStatus
from bot.features.reports.reading.amounts import Bound
from bot.features.reports.reading.dates import Precision
from bot.features.reports.rollup import Total
from bot.features.reports.suspects import Suspect
from bot.features.rollup.lines import ReportLine

Number = str | list[str]
"""A number as a frame holds it: alone, or with the words before and after it."""

_HOLE = "{number}"
_BETWEEN_DOUBTS = "\n"
_MARKS: Mapping[Bound | None, Text] = {
    None: T("export.about", number=_HOLE),
    Bound.at_least: T("export.at_least", number=_HOLE),
    Bound.at_most: T("export.at_most", number=_HOLE),
}
_RULES: Mapping[Rollup, Text] = {
    Rollup.sum: T("export.rule_sum"),
    Rollup.latest: T("export.rule_latest"),
    Rollup.max: T("export.rule_max"),
    Rollup.sum_per_week: T("export.rule_sum_per_week"),
}


class Words:
    """What cells say, in one language. A file has millions of them: nothing is worded twice."""

    def __init__(self, config: Config, voice: Voice) -> None:
        """Speak as `voice` does."""
        self._config = config
        self._voice = voice
        self._tasks: dict[str | None, str] = {}
        self._metrics: dict[str, tuple[str, str]] = {}
        self._list_between = self.say(T("format.list_between"))
        self._states = {status: self.say(text) for status, text in STATUS.items()}
        self._marks = {bound: self._around(text) for bound, text in _MARKS.items()}

    def say(self, text: Text) -> str:
        """Return `text` without mark-up."""
        return to_plain(text, self._voice)

    def status(self, status: ReportStatus) -> str:
        """Return a report's state."""
        return self._states[status]

    def task(self, task_id: str | None) -> str:
        """Return a task's id and title."""
        if task_id not in self._tasks:
            self._tasks[task_id] = self.say(task_text(self._config, task_id))
        return self._tasks[task_id]

    def metric(self, slug: str) -> tuple[str, str]:
        """Return a metric's name and what it is counted in."""
        if slug not in self._metrics:
            self._metrics[slug] = metric_words(self._config, slug)
        return self._metrics[slug]

    def metric_title(self, metric: Metric) -> str:
        """Return the title of a column of totals: name, unit, and how it is added up."""
        rule = self.say(_RULES[metric.rollup])
        return self.say(T("export.metric", name=metric.name, unit=metric.counted_in, rule=rule))

    def number(self, value: Decimal, *, approx: bool, bound: Bound | None) -> Number:
        """Return a number with its words: 约 before it, 以上 behind it."""
        if bound is None and not approx:
            return f"{value:f}"
        return [f"{value:f}", *self._marks[bound]]

    def total(self, total: Total) -> Number:
        """Return a total with its words."""
        return self.number(total.value, approx=total.approx, bound=total.bound)

    def mark(self, *, approx: bool, bound: Bound | None) -> str | None:
        """Return 约, 以上 or the like alone; None for an exact number."""
        if bound is None and not approx:
            return None
        return "".join(self._marks[bound]).strip()

    def day(self, moment: datetime) -> str:
        """Return the campaign's day of a moment."""
        return local_day(moment, self._voice.zone).isoformat()

    def doubts(self, odd: Sequence[Suspect]) -> str | None:
        """Return what to look at twice; None for nothing."""
        said = [self.say(suspect_line(self._config, one)) for one in odd]
        return _BETWEEN_DOUBTS.join(said) or None

    def partners(self, line: ReportLine) -> str | None:
        """Return the partners of an activity; None for none."""
        return self._list_between.join(line.partners) or None

    def values(self, line: ReportLine, *, without: str) -> str | None:
        """Return a report's numbers in a row but that of the metric `without`; None for none."""
        return (
            BETWEEN_VALUES.join(
                self._value(value) for value in line.values if value.metric != without
            )
            or None
        )

    def when(self, line: ReportLine) -> str | None:
        """Return when it was where there is no day, or what was written beside the day."""
        if line.when.precision is Precision.day:
            return line.when.text or None
        filed = local_day(line.filed_at, self._voice.zone)
        return self.say(when_text(line.when, today=filed))

    def _value(self, value: Value) -> str:
        name, unit = self.metric(value.metric)
        amount = value.amount
        before, after = ("", "")
        if amount.bound is not None or amount.approx:
            before, after = self._marks[amount.bound]
        return f"{name} {before}{amount.value:,f}{unit}{after}"

    def _around(self, text: Text) -> tuple[str, str]:
        before, _, after = self.say(text).partition(_HOLE)
        return before, after
