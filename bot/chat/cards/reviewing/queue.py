"""One thing after the other, a page of them, and accepting a whole page (REP-15)."""

from collections.abc import Mapping, Sequence

from bot.chat.cards.deadlines.filing import MonthParts, file_row, filing_text, return_button
from bot.chat.cards.deadlines.words import Holidays, kind_text, title_of
from bot.chat.cards.documents.screens import (
    document_text,
    send_button,
    slot_name,
)
from bot.chat.cards.documents.screens import return_button as return_document_button
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import AskReturn
from bot.chat.cards.reports.card import attachments_row, card_text
from bot.chat.cards.reports.suspect import suspect_line
from bot.chat.cards.reviewing.buttons import (
    PAGE,
    AcceptWaiting,
    AskAcceptPage,
    ListWaiting,
    OpenWaiting,
    Turn,
    accept_shown_button,
)
from bot.chat.desk import Desk
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import FilingCard
from bot.features.documents.queries import DocumentCard
from bot.features.reports.accepting import Left, Taken
from bot.features.reports.doubts import Doubts
from bot.features.reports.queries import ReportCard
from bot.features.reviewing.queue import Count, Item, Kind, Page, Place, Waiting

_TITLE_UNITS = 40
_MOST_REASONS = 2
_LEFT = {
    Left.changed: T("reviewing.left_changed"),
    Left.doubted: T("reviewing.left_doubted"),
    Left.returned: T("reviewing.left_returned"),
    Left.taken: T("reviewing.left_taken"),
    Left.withdrawn: T("reviewing.left_withdrawn"),
}


def report_in_queue(desk: Desk, card: ReportCard, place: Place) -> Screen:
    """Return a report that waits, with what can be done and the ways on."""
    item = Item(Kind.report, card.id)
    return Screen(
        Lines(_head(place), card_text(desk, card)),
        [
            [
                Button(
                    T("report.accept"),
                    AcceptWaiting(item.kind, item.id, card.version),
                    Style.primary,
                ),
                Button(T("report.return"), AskReturn(card.id, card.version)),
            ],
            attachments_row(card.id, card.content),
            *_ways_on(item, place),
        ],
    )


def filing_in_queue(
    card: FilingCard, place: Place, *, holidays: Holidays, month: MonthParts | None
) -> Screen:
    """Return a plan or a month that waits, with what can be done and the ways on."""
    one = card.submission
    item = Item(Kind.filing, one.id)
    accept = AcceptWaiting(item.kind, item.id, one.version)
    return Screen(
        Lines(_head(place), filing_text(card, holidays=holidays, month=month)),
        [
            [Button(T("deadlines.accept"), accept, Style.primary), return_button(one)],
            file_row(one),
            *(() if month is None else month.rows),
            *_ways_on(item, place),
        ],
    )


def document_in_queue(card: DocumentCard, place: Place, *, config: Config) -> Screen:
    """Return a unit's document that waits, with what can be done and the ways on."""
    one = card.document
    item = Item(Kind.document, one.id)
    accept = AcceptWaiting(item.kind, item.id, one.version)
    return Screen(
        Lines(_head(place), document_text(card, config)),
        [
            [Button(T("deadlines.accept"), accept, Style.primary), return_document_button(one.id)],
            [send_button(one.id)],
            *_ways_on(item, place),
        ],
    )


def nothing_waits() -> Screen:
    """Say that nothing waits."""
    return Screen(T("reviewing.nothing"), [[home_button()]])


def page_screen(page: Page, odd: Doubts, *, config: Config) -> Screen:
    """Return a page of what waits; what is odd in a report is marked, never hidden."""
    if not page.rows:
        return nothing_waits()
    pages = page_count(page.total, size=PAGE)
    rows: list[Row] = [[_row(one, odd, config=config)] for one in page.rows]
    rows.append(pager(page.number, pages, lambda number: ListWaiting(number, page.kind)))
    if sound := _sound(page.rows, odd):
        label = T("reviewing.accept_page", count=len(sound))
        rows.append([Button(label, AskAcceptPage(page.number, page.kind), Style.primary)])
    count = tn("reviewing.list", page.total)
    return Screen(Lines(count, T("reviewing.list_hint")), [*rows, _kinds(page), [home_button()]])


def _kinds(page: Page) -> Row:
    """Return the way to the reports alone, which can be accepted together, and back to all."""
    reports, every = page.by_kind.get(Kind.report, 0), sum(page.by_kind.values())
    if page.kind is not None:
        return [Button(T("reviewing.see_all", count=every), ListWaiting())]
    if 0 < reports < every:
        label = T("reviewing.only_reports", count=reports)
        return [Button(label, ListWaiting(1, Kind.report))]
    return []


def can_be_accepted(page: Page, odd: Doubts) -> bool:
    """Tell whether anything on a page can be accepted with it."""
    return bool(_sound(page.rows, odd))


def ask_accept_screen(page: Page, odd: Doubts, *, config: Config) -> Screen:
    """Ask once, and say exactly what will be accepted and what will not."""
    sound = _sound(page.rows, odd)
    press, carried = accept_shown_button({one.item.id: one.version for one in sound})
    taken = [one for one in sound if one.item.id in carried]
    others = [one for one in page.rows if one not in taken]
    sure = Button(T("reviewing.accept_these", count=len(taken)), press, Style.primary)
    return Screen(
        Lines(
            tn("reviewing.ask_accept", len(taken)),
            *(_named(one, config=config) for one in taken),
            *([BLANK, T("reviewing.not_in_it")] if others else []),
            *(_apart(one, odd, config=config) for one in others),
        ),
        [
            [Button(T("reviewing.not_yet"), ListWaiting(page.number, page.kind)), sure],
            [home_button()],
        ],
    )


def accepted_screen(taken: Taken, waiting: int, units: Mapping[int, str]) -> Screen:
    """Say which reports were accepted, and which were not and why."""
    rows: list[Row] = []
    if waiting:
        # Whoever accepts whole pages goes on with what can be accepted so.
        go_on = ListWaiting(1, Kind.report)
        rows.append([Button(T("reviewing.go_on", count=waiting), go_on)])
    return Screen(
        Lines(
            tn("reviewing.accepted", len(taken.reports))
            if taken.reports
            else T("reviewing.accepted_none"),
            *(
                T(
                    "reviewing.line",
                    number=one.number,
                    unit=units.get(one.unit_id, ""),
                    title=Clipped(one.title, _TITLE_UNITS),
                )
                for one in taken.reports
            ),
            *([BLANK, T("reviewing.left_out")] if taken.left else []),
            *(T("reviewing.left", number=one.number, why=_LEFT[why]) for one, why in taken.left),
        ),
        [*rows, [home_button()]],
    )


def counts_text(counts: Sequence[Count], *, config: Config) -> Text:
    """Return how much waits, and of what."""
    total = sum(one.number for one in counts)
    parts = [_count(one, config) for one in counts]
    return tn("reviewing.home", total, parts=Listed(parts, between=" · "))


def _count(one: Count, config: Config) -> Text:
    if one.kind is Kind.report:
        return tn("reviewing.count_reports", one.number)
    what: Text = kind_text(config, one.what)
    if one.kind is Kind.document:
        what = Plain(slot_name(config, one.what))
    return T("reviewing.count_filings", what=what, count=one.number)


def _head(place: Place) -> Text:
    return T("reviewing.head", number=place.number, total=place.total)


def _ways_on(item: Item, place: Place) -> list[Row]:
    turns = []
    if place.number > 1:
        turns.append(Button(T("reviewing.before"), Turn(item.kind, item.id, forward=False)))
    if place.number < place.total:
        turns.append(Button(T("reviewing.after"), Turn(item.kind, item.id, forward=True)))
    page = page_count(place.number, size=PAGE)
    return [turns, [Button(T("reviewing.see_page"), ListWaiting(page)), home_button()]]


def _sound(rows: Sequence[Waiting], odd: Doubts) -> list[Waiting]:
    """Return what a page may be accepted of at once: reports with nothing odd in them."""
    return [one for one in rows if one.item.kind is Kind.report and one.item.id not in odd]


def _row(one: Waiting, odd: Doubts, *, config: Config) -> Button:
    what = T("reviewing.row", unit=one.unit_name, title=_title(one, config))
    if one.item.kind is Kind.report and one.item.id in odd:
        what = T("reviewing.row_doubted", what=what)
    return Button(what, OpenWaiting(one.item.kind, one.item.id))


def _title(one: Waiting, config: Config) -> Text:
    if one.item.kind is Kind.report:
        return Clipped(one.title, _TITLE_UNITS)
    if one.item.kind is Kind.document:
        return Plain(slot_name(config, one.label))
    return title_of(config, one.label, one.title)


def _named(one: Waiting, *, config: Config) -> Text:
    title = _title(one, config)
    return T("reviewing.line", number=one.label, unit=one.unit_name, title=title)


def _apart(one: Waiting, odd: Doubts, *, config: Config) -> Text:
    """Return why something of the page is not accepted with it: what is odd, or that it is long."""
    if one.item.kind is not Kind.report:
        return T("reviewing.row", unit=one.unit_name, title=_title(one, config))
    reasons = odd.get(one.item.id, ())[:_MOST_REASONS]
    if not reasons:
        return _named(one, config=config)
    why = Listed([suspect_line(config, reason) for reason in reasons], between=" ")
    return T("reviewing.line_doubted", number=one.label, unit=one.unit_name, why=why)
