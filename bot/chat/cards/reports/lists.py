"""Lists of reports: a unit's own by month, everybody's for the office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import ListReports, ListUnits, OpenReport
from bot.chat.cards.reports.words import STATUS
from bot.chat.conversation.model import Begin
from bot.chat.pager import Page, page_count, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Month, Plain, T, Text, tn
from bot.features.reports.counts import UnitCount
from bot.features.reports.models import ReportStatus
from bot.features.reports.queries import Listing, ReportRow

PAGE = 8
"""Reports or units on one page."""
_TITLE_UNITS = 40
_FILTERS = (ReportStatus.submitted, ReportStatus.accepted, ReportStatus.returned)


@dataclass(frozen=True)
class Shown:
    """A list as it is asked for, and what is known around it.

    `own_units` are those whose reports are the reader's own. `unit` and `task` are None where the
    list is not narrowed to one. `months` are those with reports, the last first. `office` readers
    see all units and the ways to narrow the list.
    """

    asked: ListReports
    listing: Listing
    months: Sequence[date]
    office: bool
    reports: bool
    own_units: Sequence[int] = ()
    unit: str | None = None
    task: Text | None = None


def list_screen(shown: Shown) -> Screen:
    """Return a page of reports with the ways to other months, states and units."""
    asked, total = shown.asked, shown.listing.total
    pages = page_count(total, size=PAGE)
    rows: list[Row] = [[_row(one, shown)] for one in shown.listing.rows]
    rows.append(pager(min(asked.page, pages), pages, lambda page: replace(asked, page=page)))
    rows.append(_month_turns(asked, shown.months))
    if shown.office:
        rows.append([_filter(asked, status) for status in _FILTERS])
        rows.append(_narrow(asked))
    if shown.reports:
        rows.append([Button(T("report.new"), Begin("report"), Style.primary)])
    rows.append([home_button()])
    head = T("report.list", what=_what(shown))
    count = tn("report.list_count", total) if total else T("report.list_empty")
    return Screen(Lines(head, count), rows)


def _what(shown: Shown) -> Text:
    parts: list[Text] = []
    if shown.unit is not None:
        parts.append(Plain(shown.unit))
    if shown.asked.month is not None:
        parts.append(Month(shown.asked.month))
    if shown.task is not None:
        parts.append(shown.task)
    if shown.asked.status is not None:
        parts.append(STATUS[shown.asked.status])
    return Listed(tuple(parts), between=" · ") if parts else T("report.list_all")


def _row(row: ReportRow, shown: Shown) -> Button:
    title = Clipped(row.title, _TITLE_UNITS)
    status = _standing(row)
    if shown.office:
        label = T("report.row_office", unit=row.unit_name, title=title, status=status)
    elif row.unit_id in shown.own_units:
        label = T("report.row", title=title, status=status)
    else:
        label = T("joint.row", unit=row.unit_name, title=title)
    return Button(label, OpenReport(row.id))


def _standing(row: ReportRow) -> Text:
    """Return a report's state, and how many of its partners have confirmed (ORG-08)."""
    if row.joint is None:
        return STATUS[row.status]
    confirmed, asked = row.joint
    return T(
        "joint.row_status", status=STATUS[row.status], confirmed=str(confirmed), asked=str(asked)
    )


def _month_turns(asked: ListReports, months: Sequence[date]) -> Row:
    """Return the ways to the nearest months before and after that have reports."""
    if asked.month is None:
        return []
    month = asked.month
    before = next((one for one in months if one < month), None)
    after = next((one for one in reversed(months) if one > month), None)
    turns = []
    if before is not None:
        label = T("report.month_before", month=Month(before))
        turns.append(Button(label, replace(asked, month=before, page=1)))
    if after is not None:
        label = T("report.month_after", month=Month(after))
        turns.append(Button(label, replace(asked, month=after, page=1)))
    return turns


def _filter(asked: ListReports, status: ReportStatus) -> Button:
    chosen = asked.status is status
    label = T("report.chosen", what=STATUS[status]) if chosen else STATUS[status]
    return Button(label, replace(asked, status=None if chosen else status, page=1))


def _narrow(asked: ListReports) -> Row:
    row = [Button(T("report.find"), Begin("find"))]
    if asked.month is not None:
        row.insert(0, Button(T("report.by_unit"), ListUnits(asked.month)))
    if asked.unit_id is not None:
        row.append(Button(T("report.all_units"), replace(asked, unit_id=None, page=1)))
    return row


def units_screen(month: date, page: Page[UnitCount]) -> Screen:
    """Return a page of units with their counts of a month."""
    rows: list[Row] = [
        [
            Button(
                T("report.unit_row", unit=one.name, counted=one.counted, waiting=one.waiting),
                ListReports(month=month, unit_id=one.unit_id),
            )
        ]
        for one in page.items
    ]
    rows.append(pager(page.number, page.pages, lambda number: ListUnits(month, number)))
    rows.append([Button(T("report.back_to_list"), ListReports(month=month)), home_button()])
    return Screen(Lines(T("report.units", month=Month(month)), BLANK, T("report.units_hint")), rows)
