"""The versions of a filing: who filed it when, and what each changed (REP-20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards.deadlines.buttons import OpenFiling
from bot.chat.cards.deadlines.filing import STATES
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import ShowVersions
from bot.chat.cards.months.words import SHORT
from bot.chat.cards.reports.words import amount_text, metric_words, person_text
from bot.chat.pager import Page, pager
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import FilingCard
from bot.features.months.changes import Changes, FigureChange
from bot.features.months.filed import PastVersion
from bot.features.reports.reading.amounts import Amount

PAGE = 4
"""Versions on one page."""
_MOST_FIGURES = 6


@dataclass(frozen=True)
class Traced:
    """A version with what it changed; None for the first one, and where no month stands behind."""

    version: PastVersion
    changes: Changes | None


def versions_screen(card: FilingCard, page: Page[Traced], *, config: Config) -> Screen:
    """Return a page of the versions, the last one first."""
    head = T("months.versions_head", title=title(card.deadline), unit=card.unit.name)
    parts = [part for one in page.items for part in (BLANK, *_version(one, config))]
    number = card.submission.id
    return Screen(
        Lines(head, *parts),
        [
            *(
                [
                    Button(
                        T("months.open_version", version=str(one.version.number)),
                        OpenFiling(one.version.submission_id),
                    )
                ]
                for one in page.items
            ),
            pager(page.number, page.pages, lambda to: ShowVersions(number, to)),
            [Button(T("deadlines.back"), OpenFiling(number)), home_button()],
        ],
    )


def changes_text(changes: Changes, config: Config) -> Text | None:
    """Return in one line what was changed; None for nothing."""
    parts = [
        tn("months.added", changes.added) if changes.added else None,
        tn("months.removed", changes.removed) if changes.removed else None,
        tn("months.revised", changes.revised) if changes.revised else None,
        _sections(changes),
        *(_figure(one, config) for one in changes.figures[:_MOST_FIGURES]),
    ]
    said = [part for part in parts if part is not None]
    more = len(changes.figures) - _MOST_FIGURES
    if more > 0:
        said.append(tn("months.more_figures", more))
    return Listed(said, between=" · ") if said else None


def _sections(changes: Changes) -> Text | None:
    if not changes.sections:
        return None
    return T("months.rewritten", sections=Listed([SHORT[one] for one in changes.sections]))


def _figure(one: FigureChange, config: Config) -> Text:
    name, _ = metric_words(config, one.metric)
    return T(
        "months.figure_change",
        name=name,
        before=_said(one, one.before),
        after=_said(one, one.after),
    )


def _said(one: FigureChange, amount: Amount | None) -> Text:
    return T("months.no_figure") if amount is None else amount_text(amount, one.unit)


def _version(one: Traced, config: Config) -> Sequence[Text | None]:
    version = one.version
    changed = None if one.changes is None else changes_text(one.changes, config)
    return [
        T(
            "months.version",
            version=str(version.number),
            state=STATES[version.state],
            at=version.filed_at,
            by=person_text(version.filed_by),
        ),
        None if changed is None else T("months.changed_line", changes=changed),
        T("months.nothing_changed") if one.changes is not None and changed is None else None,
        None if version.reason is None else T("months.came_back", reason=version.reason),
    ]
