"""The sheets of totals: a row each month, task or unit, a column each metric."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.cards.exports.words import Words
from bot.chat.text import T, Text
from bot.config import Config, Metric
from bot.db.work import View
from bot.features.reports.content import NO_TASK
from bot.features.reports.models import ReportStatus
from bot.features.reports.rollup import Total
from bot.features.rollup.queries import (
    Counts,
    Part,
    RollUp,
    by_section,
    counted_reports,
    joined_reports,
    roll_up,
)
from bot.features.rollup.scope import Scope
from bot.features.units.models import Unit
from bot.features.units.queries import register

_STATES = (
    ReportStatus.accepted,
    ReportStatus.submitted,
    ReportStatus.returned,
    ReportStatus.withdrawn,
)
_MONTH_LENGTH = len("2024-06")


@dataclass(frozen=True)
class _Summary:
    """What all the sheets are made of."""

    config: Config
    words: Words
    rolled: RollUp
    metrics: Sequence[Metric]

    def sheet(
        self,
        title: Text,
        first: Sequence[Text],
        rows: Sequence[list[Any]],
        *,
        counted: Sequence[Text] = (),
    ) -> Iterator[Any]:
        """Return a sheet whose `first` columns say what a row is about, `counted` numbers of it."""
        say = self.words.say
        states = [[self.words.status(state), "number"] for state in _STATES]
        metrics = [[self.words.metric_title(metric), "number"] for metric in self.metrics]
        texts = [[say(name), "text"] for name in first]
        numbers = [[say(name), "number"] for name in counted]
        yield {"sheet": say(title), "columns": [*texts, *numbers, *states, *metrics]}
        yield {"rows": list(rows)}

    def cells(self, states: Counter[ReportStatus] | None, totals: Sequence[Total]) -> list[Any]:
        """Return the cells behind what a row is about."""
        said = {total.metric.slug: self.words.total(total) for total in totals}
        counts = [str((states or Counter())[state]) for state in _STATES]
        return [*counts, *(said.get(metric.slug) for metric in self.metrics)]

    def last_row(self, counts: Counts, columns: int) -> list[Any]:
        """Return the row of everything that `counts` counts; the first of `columns` says so."""
        everything: Counter[ReportStatus] = sum(counts.values(), Counter())
        label = [self.words.say(T("export.everything_row")), *[None] * (columns - 1)]
        return [*label, *self.cells(everything, self.rolled.totals)]


def summaries(view: View, config: Config, scope: Scope, words: Words) -> Iterator[Any]:
    """Return the sheets of months, tasks and units; eight statements."""
    rolled = roll_up(view, config, scope, list(Part))
    used = {
        total.metric.slug
        for totals in (
            rolled.totals,
            *(one for part in rolled.by.values() for one in part.values()),
        )
        for total in totals
    }
    summary = _Summary(
        config,
        words,
        rolled,
        [metric for metric in config.metrics if metric.slug in used],
    )

    def counted(part: Part) -> Counts:
        return counted_reports(view, config, scope, part)

    yield from _months(summary, counted(Part.month))
    yield from _tasks(summary, counted(Part.task))
    joined = joined_reports(view, config, scope)
    yield from _units(summary, register(view), counted(Part.unit), joined)


def _months(summary: _Summary, counts: Counts) -> Iterator[Any]:
    rows = [
        [
            str(month)[:_MONTH_LENGTH],
            *summary.cells(counts[month], summary.rolled.of(Part.month, month)),
        ]
        for month in sorted(counts, key=str)
    ]
    rows.append(summary.last_row(counts, 1))
    yield from summary.sheet(T("export.sheet_months"), [T("export.column_month")], rows)


def _tasks(summary: _Summary, counts: Counts) -> Iterator[Any]:
    """Return a row for each section, its tasks below it, and one for the other activities."""
    config, of = summary.config, summary.rolled.of
    sections = by_section(config, counts)
    rows: list[list[Any]] = []
    for section in config.sections:
        title = summary.words.say(T("export.section", number=section.number, title=section.title))
        cells = summary.cells(sections.get(section.id), of(Part.section, section.id))
        rows.append([title, None, *cells])
        rows += [
            [
                title,
                summary.words.task(task.id),
                *summary.cells(counts.get(task.id), of(Part.task, task.id)),
            ]
            for task in config.tasks
            if task.section == section.id
        ]
    others = summary.cells(sections.get(NO_TASK), of(Part.section, NO_TASK))
    rows.append([summary.words.task(None), None, *others])
    rows.append(summary.last_row(counts, 2))
    columns = [T("export.column_section"), T("export.column_task")]
    yield from summary.sheet(T("export.sheet_tasks"), columns, rows)


def _units(
    summary: _Summary, units: Sequence[Unit], counts: Counts, joined: dict[int, int]
) -> Iterator[Any]:
    """Return a row for each unit that is open or reported; groups stand for their members."""
    rows = [
        [
            unit.name,
            str(joined.get(unit.id, 0)),
            *summary.cells(counts.get(unit.id), summary.rolled.of(Part.unit, unit.id)),
        ]
        for unit in units
        if unit.closed_at is None or unit.id in counts or unit.id in joined
    ]
    rows.append(summary.last_row(counts, 2))
    yield from summary.sheet(
        T("export.sheet_units"),
        [T("export.column_unit")],
        rows,
        counted=[T("export.column_joined")],
    )
