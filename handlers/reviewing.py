"""The queue of the 文明办: one thing after the other, or a page at once (REP-15)."""

from dataclasses import replace

from bot.chat.access import OFFICE_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.deadlines.buttons import NextWaiting
from bot.chat.cards.months.filed import month_parts
from bot.chat.cards.reports.buttons import NextPending
from bot.chat.cards.reviewing import queue as cards
from bot.chat.cards.reviewing.buttons import (
    PAGE,
    AcceptShown,
    AcceptWaiting,
    AskAcceptPage,
    ListWaiting,
    OpenWaiting,
    Turn,
    read_shown,
)
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.deadlines.access import access_submission
from bot.features.deadlines.board import filing_card
from bot.features.deadlines.periods import is_monthly
from bot.features.deadlines.review import accept
from bot.features.documents.queries import access_document, document_card
from bot.features.documents.service import accept_document
from bot.features.months.filed import filed_month
from bot.features.obligations.queries import with_made
from bot.features.reports.accepting import accept_shown
from bot.features.reports.access import access_report
from bot.features.reports.doubts import Doubts, doubts_of
from bot.features.reports.queries import find_card
from bot.features.reports.review import accept_report
from bot.features.reviewing.queue import (
    Item,
    Kind,
    Page,
    Place,
    beside,
    first,
    page_of_queue,
    place_of,
    waiting_counts,
)
from bot.features.units.queries import units_by_id
from bot.features.workdays.queries import holiday_names

feature = Feature("reviewing")

_ORDER = 5


@feature.home(_ORDER, needs(Role.coordinator, Role.supervisor))
def home(call: Call) -> HomePart:
    """Return how much waits for its review, and the way to it."""
    counts = waiting_counts(call.work)
    if not counts:
        return HomePart([T("reviewing.home_nothing")])
    total = sum(one.number for one in counts)
    line = cards.counts_text(counts, config=with_made(call.work, call.config))
    may_review = call.actor.may({Role.coordinator})
    button = Button(T("reviewing.open", count=total), ListWaiting())
    return HomePart([line], [button] if may_review else [])


@feature.press(ListWaiting, OFFICE_ONLY)
def show_page(call: Call, asked: ListWaiting) -> Screen:
    """Show a page of what waits."""
    page = page_of_queue(call.work, asked.page, size=PAGE, kind=asked.kind)
    return cards.page_screen(page, _odd(call, page), config=with_made(call.work, call.config))


@feature.press(OpenWaiting, OFFICE_ONLY)
def open_waiting(call: Call, asked: OpenWaiting) -> Screen:
    """Show one thing that waits, or what waits after it where it was decided meanwhile."""
    return _shown(call, Item(asked.kind, asked.item_id))


@feature.press(Turn, OFFICE_ONLY)
def turn(call: Call, asked: Turn) -> Screen:
    """Show what waits after something, or before it."""
    item = Item(asked.kind, asked.item_id)
    return _go_on(call, beside(call.work, item, forward=asked.forward))


@feature.press(NextPending, OFFICE_ONLY)
def next_report(call: Call, _: NextPending) -> Screen:
    """Show the report that has waited longest; without one, whatever has."""
    return _go_on(call, first(call.work, Kind.report))


@feature.press(NextWaiting, OFFICE_ONLY)
def next_filing(call: Call, _: NextWaiting) -> Screen:
    """Show the plan or month that has waited longest; without one, whatever has."""
    return _go_on(call, first(call.work, Kind.filing))


@feature.press(AcceptWaiting, OFFICE_ONLY)
def accept_waiting(call: Call, asked: AcceptWaiting) -> Screen:
    """Accept one thing and show what waits next."""
    item = Item(asked.kind, asked.item_id)
    match item.kind:
        case Kind.report:
            accept_report(call.work, item.id, version=asked.version, actor=call.actor)
        case Kind.filing:
            accept(call.work, item.id, actor=call.actor)
        case Kind.document:
            accept_document(call.work, item.id, actor=call.actor)
    screen = _go_on(call, beside(call.work, item, forward=True))
    return replace(screen, toast=T("reviewing.accepted_now"))


@feature.press(AskAcceptPage, OFFICE_ONLY)
def ask_accept_page(call: Call, asked: AskAcceptPage) -> Screen:
    """Say which reports of a page would be accepted, and ask once."""
    page = page_of_queue(call.work, asked.page, size=PAGE, kind=asked.kind)
    odd = _odd(call, page)
    if not cards.can_be_accepted(page, odd):
        return cards.page_screen(page, odd, config=call.config)
    return cards.ask_accept_screen(page, odd, config=call.config)


@feature.press(AcceptShown, OFFICE_ONLY)
def accept_page(call: Call, asked: AcceptShown) -> Screen:
    """Accept exactly what was shown; pressed twice, it is accepted once."""
    taken = accept_shown(call.work, call.config, read_shown(asked.shown), actor=call.actor)
    waiting = sum(one.number for one in waiting_counts(call.work))
    units = units_by_id(call.work, [one.unit_id for one in taken.reports])
    return cards.accepted_screen(
        taken,
        waiting,
        {unit_id: unit.name for unit_id, unit in units.items()},
    )


def _odd(call: Call, page: Page) -> Doubts:
    ids = [one.item.id for one in page.rows if one.item.kind is Kind.report]
    return doubts_of(call.work, call.config, ids)


def _go_on(call: Call, item: Item | None) -> Screen:
    """Show `item`, or where there is none what has waited longest."""
    item = item or first(call.work)
    return cards.nothing_waits() if item is None else _shown(call, item)


def _shown(call: Call, item: Item) -> Screen:
    place = place_of(call.work, item)
    if not place.waits:
        following = beside(call.work, item, forward=True) or first(call.work)
        note = T("reviewing.decided_meanwhile")
        if following is None:
            return replace(cards.nothing_waits(), toast=note)
        return replace(_shown(call, following), toast=note)
    if item.kind is Kind.report:
        report = access_report(call.work, item.id, actor=call.actor)
        card = find_card(call.work, report.id)
        if card is None:
            raise NotFound
        return cards.report_in_queue(call, card, place)
    if item.kind is Kind.document:
        document = access_document(call.work, item.id, actor=call.actor)
        shown = document_card(call.work, document)
        return cards.document_in_queue(shown, place, config=call.config)
    return _filing(call, item.id, place)


def _filing(call: Call, submission_id: int, place: Place) -> Screen:
    submission = access_submission(call.work, submission_id, actor=call.actor)
    card = filing_card(call.work, call.config, submission)
    month = None
    if is_monthly(card.deadline.obligation):
        filed = filed_month(call.work, submission.id)
        month = month_parts(card, filed, config=call.config)
    holidays = holiday_names(call.work, [card.deadline.last_day])
    return cards.filing_in_queue(card, place, holidays=holidays, month=month)
