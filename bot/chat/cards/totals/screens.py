"""Totals by month, unit and task, and the reports behind a figure (REP-16)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.callback import can_carry
from bot.chat.cards.home import home_button
from bot.chat.cards.months.words import total_text
from bot.chat.cards.reports.buttons import OpenReport
from bot.chat.cards.reports.suspect import suspect_line
from bot.chat.cards.reports.words import amount_text, task_text
from bot.chat.cards.totals.buttons import (
    ChooseTask,
    ChooseUnit,
    chosen,
    figure_in,
    totals_of,
)
from bot.chat.pager import Page, page_of, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Clipped, Lines, Listed, Month, Plain, T, Text, tn
from bot.config import Config, Rollup, Task
from bot.features.reports.content import NO_TASK
from bot.features.reports.doubts import Doubts
from bot.features.reports.rollup import Total
from bot.features.rollup.scope import Scope
from bot.features.rollup.sources import Figure, Source
from bot.features.units.models import Unit

PAGE = 8
"""Figures, units or tasks on one page."""
SOURCES = 6
"""Reports on one page: each takes some lines."""
_TITLE_UNITS = 40
_RAW_UNITS = 40
_RULES = {
    Rollup.sum: T("export.rule_sum"),
    Rollup.latest: T("export.rule_latest"),
    Rollup.max: T("export.rule_max"),
    Rollup.sum_per_week: T("export.rule_sum_per_week"),
}


@dataclass(frozen=True)
class Seen:
    """Which reports are added up, in words; `unit` None is of all units."""

    scope: Scope
    config: Config
    unit: str | None = None


def totals_screen(
    seen: Seen, totals: Sequence[Total], months: Sequence[date], *, number: int
) -> Screen:
    """Return a page of totals, each a button that opens the reports behind it."""
    scope = seen.scope
    page = page_of(totals, number, size=PAGE)
    rows: list[Row] = []
    told: list[Text] = []
    for total in page.items:
        press = figure_in(scope, total.metric.slug)
        if can_carry(press):
            rows.append([Button(_figure(total), press)])
        else:
            told.append(_figure(total))
    return Screen(
        Lines(
            T("totals.head", what=_what(seen)),
            T("totals.hint") if totals else T("totals.none"),
            *told,
        ),
        [
            *rows,
            pager(page.number, page.pages, lambda to: totals_of(scope, to)),
            _months(scope, months),
            _narrow(scope),
            [home_button()],
        ],
    )


def figure_screen(
    seen: Seen, figure: Figure, sources: Page[Source], odd: Doubts, *, number_of_all: int
) -> Screen:
    """Return a page of the reports behind a figure, with the words that each came from."""
    scope, metric = seen.scope, figure.total.metric
    lines: list[Text] = []
    for one in sources.items:
        lines += _source(seen.config, figure, one, odd)
    rows: list[Row] = [
        [Button(T("months.open_report", number=one.number), OpenReport(one.report_id))]
        for one in sources.items
    ]
    turn = pager(sources.number, sources.pages, lambda to: figure_in(scope, metric.slug, to))
    return Screen(
        Lines(
            T("totals.figure", figure=total_text(figure.total), rule=_RULES[metric.rollup]),
            _what(seen),
            BLANK,
            tn("months.sources", number_of_all),
            *lines,
        ),
        [*rows, turn, [Button(T("totals.back"), totals_of(scope)), home_button()]],
    )


def no_figure_screen(seen: Seen) -> Screen:
    """Say that nothing is behind the figure any more."""
    back = Button(T("totals.back"), totals_of(seen.scope))
    return Screen(T("totals.none"), [[back, home_button()]])


def units_screen(scope: Scope, units: Sequence[Unit], *, number: int) -> Screen:
    """Return a page of units, to look at the totals of one."""
    page = page_of(units, number, size=PAGE)
    rows: list[Row] = [
        [Button(Plain(one.name), totals_of(replace(scope, unit_id=one.id)))] for one in page.items
    ]
    turn = pager(page.number, page.pages, lambda to: ChooseUnit(scope.month, chosen(scope), to))
    every = Button(T("totals.all_units"), totals_of(replace(scope, unit_id=None)))
    return Screen(T("totals.which_unit"), [*rows, turn, [every, home_button()]])


def tasks_screen(scope: Scope, tasks: Sequence[Task], *, config: Config, number: int) -> Screen:
    """Return a page of sections, tasks and 其他, to look at the totals of one."""
    sections = [section.id for section in config.sections]
    ids = [*sections, *(task.id for task in tasks), NO_TASK]
    page = page_of(ids, number, size=PAGE)
    rows: list[Row] = [
        [Button(_task(config, one), totals_of(narrowed(config, scope, one)))] for one in page.items
    ]
    turn = pager(page.number, page.pages, lambda to: ChooseTask(scope.month, scope.unit_id, to))
    every = Button(T("totals.all_tasks"), totals_of(narrowed(config, scope, None)))
    return Screen(T("totals.which_task"), [*rows, turn, [every, home_button()]])


def _figure(total: Total) -> Text:
    if not total.suspects:
        return total_text(total)
    return T("totals.doubted", figure=total_text(total), count=total.suspects)


def _what(seen: Seen) -> Text:
    scope = seen.scope
    parts: list[Text] = [
        T("totals.all_months") if scope.month is None else Month(scope.month),
        T("totals.all_units") if seen.unit is None else Plain(seen.unit),
        T("totals.all_tasks") if (one := chosen(scope)) is None else _task(seen.config, one),
    ]
    return Listed(parts, between=" · ")


def narrowed(config: Config, scope: Scope, one: str | None) -> Scope:
    """Return `scope` for a task or section by its id, or for all of them (None)."""
    if any(section.id == one for section in config.sections):
        return replace(scope, task=None, section=one)
    return replace(scope, task=one, section=None)


def _task(config: Config, task: str) -> Text:
    for section in config.sections:
        if section.id == task:
            return T("export.section", number=section.number, title=section.title)
    return task_text(config, None if task == NO_TASK else task)


def _months(scope: Scope, months: Sequence[date]) -> Row:
    """Return the ways to the nearest months with reports, and to all of them."""
    if scope.month is None:
        return [
            Button(T("totals.month", month=Month(one)), totals_of(replace(scope, month=one)))
            for one in months[:1]
        ]
    month = scope.month
    before = next((one for one in months if one < month), None)
    after = next((one for one in reversed(months) if one > month), None)
    turns = []
    if before is not None:
        label = T("report.month_before", month=Month(before))
        turns.append(Button(label, totals_of(replace(scope, month=before))))
    turns.append(Button(T("totals.all_months"), totals_of(replace(scope, month=None))))
    if after is not None:
        label = T("report.month_after", month=Month(after))
        turns.append(Button(label, totals_of(replace(scope, month=after))))
    return turns


def _narrow(scope: Scope) -> Row:
    return [
        Button(T("totals.by_unit"), ChooseUnit(scope.month, chosen(scope))),
        Button(T("totals.by_task"), ChooseTask(scope.month, scope.unit_id)),
    ]


def _source(config: Config, figure: Figure, one: Source, odd: Doubts) -> list[Text]:
    metric = figure.total.metric
    amount = amount_text(one.amount, metric.counted_in)
    lines: list[Text] = [
        T(
            "months.source",
            number=one.number,
            title=Clipped(one.title, _TITLE_UNITS),
            unit=one.unit_name,
            amount=amount,
        )
    ]
    if one.amount.raw:
        lines.append(T("totals.raw", raw=Clipped(one.amount.raw, _RAW_UNITS)))
    others = figure.beside.get(one.number)
    if others:
        numbers = Listed([Plain(number) for number in others])
        lines.append(T("totals.joint", numbers=numbers))
    lines += [
        T("totals.in_doubt", why=suspect_line(config, suspect))
        for suspect in odd.get(one.report_id, ())
        if suspect.is_about(metric.slug)
    ]
    return lines
