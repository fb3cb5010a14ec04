"""Figures and the reports behind them: of one unit's month, and of all units (REP-16)."""

from collections.abc import Callable, Sequence

from bot.chat.callback import can_carry
from bot.chat.cards.deadlines.buttons import OpenBoard, OpenFiling
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import (
    DistrictFigures,
    DistrictSources,
    ShowFigures,
    ShowSources,
)
from bot.chat.cards.months.words import figure_text, total_text
from bot.chat.cards.reports.buttons import OpenReport
from bot.chat.cards.reports.words import amount_text, metric_words
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import Clipped, Lines, Plain, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import Board, FilingCard
from bot.features.months.filed import FiledMonth, FiledTotal, Source
from bot.features.months.models import MonthTotal
from bot.features.reports.rollup import Total

PAGE = 8
"""Figures or reports on one page."""
_TITLE_UNITS = 40


def figures_screen(card: FilingCard, month: FiledMonth, *, config: Config, number: int) -> Screen:
    """Return a page of a version's figures, each a button that opens the reports behind it."""
    page = page_of(month.totals, number, size=PAGE)
    submission = card.submission
    head = T(
        "deadlines.filing_head",
        title=title(card.deadline),
        unit=card.unit.name,
        version=str(submission.version),
    )
    return Screen(
        Lines(head, T("months.figures_of" if month.totals else "months.no_figures")),
        [
            *([Button(filed_figure(config, one), ShowSources(one.id))] for one in page.items),
            pager(page.number, page.pages, lambda to: ShowFigures(submission.id, to)),
            [Button(T("deadlines.back"), OpenFiling(submission.id)), home_button()],
        ],
    )


def sources_screen(
    card: FilingCard, total: MonthTotal, sources: Sequence[Source], *, config: Config, number: int
) -> Screen:
    """Return a page of the reports behind a figure of a version, with what each said."""
    head = T("months.sources_head", title=title(card.deadline), unit=card.unit.name)
    return _sources(
        Lines(head, _metric_name(config, total.metric)),
        sources,
        total.unit,
        number,
        lambda to: ShowSources(total.id, to),
        Button(T("deadlines.back"), ShowFigures(total.submission_id)),
    )


def district_screen(board: Board, totals: Sequence[Total], *, number: int) -> Screen:
    """Return a page of what the months of all units come to."""
    key = board.deadline.key
    page = page_of(totals, number, size=PAGE)
    rows: list[Row] = [
        [Button(total_text(one), press)]
        for one in page.items
        if can_carry(press := DistrictSources(*key, one.metric.slug))
    ]
    return Screen(
        Lines(
            T("months.district_head", title=title(board.deadline)),
            T("months.district_by", filed=board.complete, total=board.expected)
            if totals
            else T("months.no_figures"),
        ),
        [
            *rows,
            pager(page.number, page.pages, lambda to: DistrictFigures(*key, to)),
            [Button(T("deadlines.back"), OpenBoard(*key)), home_button()],
        ],
    )


def district_sources_screen(
    board: Board, metric: str, sources: Sequence[Source], *, config: Config, number: int
) -> Screen:
    """Return a page of the reports behind a figure of all units."""
    key = board.deadline.key
    _, unit = metric_words(config, metric)
    return _sources(
        Lines(T("months.district_head", title=title(board.deadline)), _metric_name(config, metric)),
        sources,
        unit,
        number,
        lambda to: DistrictSources(*key, metric, to),
        Button(T("deadlines.back"), DistrictFigures(*key)),
    )


def filed_figure(config: Config, one: FiledTotal) -> Text:
    """Return a filed figure with the name of its metric."""
    name, _ = metric_words(config, one.metric)
    return figure_text(name, one.amount, one.unit)


def _sources(
    head: Text,
    sources: Sequence[Source],
    unit: str,
    number: int,
    turn: Callable[[int], object],
    back: Button,
) -> Screen:
    page = page_of(sources, number, size=PAGE)
    lines = [
        T(
            "months.source",
            number=one.number,
            title=Clipped(one.title, _TITLE_UNITS),
            unit=one.unit_name,
            amount=amount_text(one.amount, unit),
        )
        for one in page.items
    ]
    rows: list[Row] = [
        [Button(T("months.open_report", number=one.number), OpenReport(one.report_id))]
        for one in page.items
    ]
    return Screen(
        Lines(head, tn("months.sources", len(sources)), *lines),
        [*rows, pager(page.number, page.pages, turn), [back, home_button()]],
    )


def _metric_name(config: Config, metric: str) -> Text:
    name, _ = metric_words(config, metric)
    return Plain(name)
