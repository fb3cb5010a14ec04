"""Looking into filed months: their text, figures, sources and versions; all units together."""

from collections.abc import Sequence
from itertools import pairwise

from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.months import figures
from bot.chat.cards.months.buttons import (
    DistrictFigures,
    DistrictSources,
    ShowFigures,
    ShowFiledText,
    ShowSources,
    ShowVersions,
)
from bot.chat.cards.months.filed import month_parts
from bot.chat.cards.months.text import filed_text_screen
from bot.chat.cards.months.versions import PAGE, Traced, versions_screen
from bot.chat.cards.months.words import whole
from bot.chat.pager import Page, page_of
from bot.chat.screen import Screen
from bot.core.errors import NotFound
from bot.features.deadlines.access import access_submission, get_deadline
from bot.features.deadlines.board import Board, FilingCard, boards, filing_card
from bot.features.deadlines.filing import Where
from bot.features.deadlines.periods import is_monthly
from bot.features.months import district
from bot.features.months.changes import changes
from bot.features.months.filed import (
    PastVersion,
    filed_month,
    get_total,
    sources_of,
    versions_of,
)
from handlers.deadlines.feature import OVERSEERS, READERS, feature


@feature.press(ShowFiledText, READERS)
def show_text(call: Call, data: ShowFiledText) -> Screen:
    """Show a page of the whole text of a month as it was filed."""
    card = access_card(call, data.submission_id)
    month = filed_month(call.work, data.submission_id)
    if not month.sections:
        raise NotFound
    document = whole(call, card.deadline, card.unit.name, month.sections)
    return filed_text_screen(card, document, number=data.page)


@feature.press(ShowFigures, READERS)
def show_figures(call: Call, data: ShowFigures) -> Screen:
    """Show a page of a month's figures."""
    card = access_card(call, data.submission_id)
    month = filed_month(call.work, data.submission_id)
    return figures.figures_screen(card, month, config=call.config, number=data.page)


@feature.press(ShowSources, READERS)
def show_sources(call: Call, data: ShowSources) -> Screen:
    """Show the reports behind a figure of a month."""
    total = get_total(call.work, data.total_id)
    card = access_card(call, total.submission_id)
    sources = sources_of(call.work, total.id)
    return figures.sources_screen(card, total, sources, config=call.config, number=data.page)


@feature.press(ShowVersions, READERS)
def show_versions(call: Call, data: ShowVersions) -> Screen:
    """Show the versions of a filing: who filed it when, and what each changed."""
    card = access_card(call, data.submission_id)
    one = card.submission
    versions = versions_of(call.work, Where(one.obligation, one.period, one.unit_id))
    page = page_of(versions, data.page, size=PAGE)
    traced = _traced(call, versions, page)
    return versions_screen(card, Page(traced, page.number, page.pages), config=call.config)


@feature.press(DistrictFigures, OVERSEERS)
def show_district(call: Call, data: DistrictFigures) -> Screen:
    """Show what the months of all units come to."""
    board = _board(call, data.obligation, data.period)
    totals = district.totals_of(call.work, call.config, board.slots)
    return figures.district_screen(board, totals, number=data.page)


@feature.press(DistrictSources, OVERSEERS)
def show_district_sources(call: Call, data: DistrictSources) -> Screen:
    """Show the reports behind a figure of all units."""
    board = _board(call, data.obligation, data.period)
    sources = district.sources_of(call.work, call.config, board.slots, data.metric)
    return figures.district_sources_screen(
        board, data.metric, sources, config=call.config, number=data.page
    )


def access_card(call: Call, submission_id: int) -> FilingCard:
    """Return a filing that the actor may see. Raises NotFound."""
    submission = access_submission(call.work, submission_id, actor=call.actor)
    return filing_card(call.work, call.config, submission)


def parts_of(call: Call, card: FilingCard) -> cards.MonthParts | None:
    """Return what the card of a filed month shows besides; None for a plan."""
    if not is_monthly(card.deadline.obligation):
        return None
    month = filed_month(call.work, card.submission.id)
    return month_parts(card, month, config=call.config)


def _traced(call: Call, versions: Sequence[PastVersion], page: Page[PastVersion]) -> list[Traced]:
    """Return the versions of a page, each with what it changed from the one before it."""
    before = {later.number: earlier for later, earlier in pairwise(versions)}
    found = []
    for one in page.items:
        earlier = before.get(one.number)
        trace = None
        if earlier is not None:
            trace = changes(
                filed_month(call.work, earlier.submission_id),
                filed_month(call.work, one.submission_id),
            )
        found.append(Traced(one, trace))
    return found


def _board(call: Call, obligation: str, period: str) -> Board:
    deadline = get_deadline(call.work, call.config, obligation, period)
    return boards(call.work, call.config, [deadline])[0]
