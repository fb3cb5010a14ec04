"""What was found (ARC-01)."""

from bot.chat.cards.archive.buttons import FoundPage, OpenFound
from bot.chat.cards.deadlines.buttons import OpenFiling
from bot.chat.cards.deadlines.words import title_of
from bot.chat.cards.documents.buttons import OpenDocument
from bot.chat.cards.documents.screens import slot_name
from bot.chat.cards.home import home_button
from bot.chat.cards.register.buttons import OpenOfficial
from bot.chat.cards.register.screens import row_text
from bot.chat.cards.reports.words import STATUS
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import Clipped, Lines, Plain, T, Text, tn
from bot.config import Config
from bot.features.finding.conditions import Kind
from bot.features.finding.models import Search
from bot.features.finding.queries import Found, Results
from bot.features.register.models import OfficialKind
from bot.features.reports.models import ReportStatus

FIND = "find"
"""The conversation that asks what is looked for."""
PAGE = 8
_TITLE_UNITS = 40
_SAID_UNITS = 60


def found_screen(search: Search, results: Results, *, config: Config, office: bool) -> Screen:
    """Return a page of what was found; `office` readers see whose it is."""
    pages = page_count(results.total, size=PAGE)
    rows: list[Row] = [
        [_row(one, search, results.page, config=config, office=office)] for one in results.rows
    ]
    rows.append(pager(results.page, pages, lambda page: FoundPage(search.version, page)))
    rows.append([Button(T("finding.again"), Begin(FIND)), home_button()])
    return Screen(Lines(_head(search), count_text(results)), rows)


def count_text(results: Results) -> Text:
    """Return how much was found, and what to do where it is nothing."""
    return tn("finding.count", results.total) if results.total else T("finding.none")


def back_row(version: int, page: int) -> Row:
    """Return the way back to a page of what was found."""
    return [Button(T("finding.back"), FoundPage(version, page))]


def _head(search: Search) -> Text:
    return T("finding.head", text=Clipped(search.text, _SAID_UNITS))


def _row(one: Found, search: Search, page: int, *, config: Config, office: bool) -> Button:
    if one.kind is Kind.official:
        return Button(row_text(OfficialKind(one.label), one.title), OpenOfficial(one.id))
    if one.kind is Kind.document:
        name = Plain(slot_name(config, one.label))
        what: Text = T("finding.filing_of", unit=one.unit_name, title=name) if office else name
        return Button(what, OpenDocument(one.id))
    if one.kind is Kind.filing:
        what = title_of(config, one.label, one.title)
        label = T("finding.filing_of", unit=one.unit_name, title=what) if office else what
        return Button(label, OpenFiling(one.id))
    title = Clipped(one.title, _TITLE_UNITS)
    status = STATUS.get(ReportStatus(one.status), Plain(one.status))
    if office:
        label = T("report.row_office", unit=one.unit_name, title=title, status=status)
    else:
        label = T("report.row", title=title, status=status)
    return Button(label, OpenFound(one.id, search.version, page))
