"""Lists of reports, one report, its photos and its text."""

from datetime import date

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.reports.buttons import (
    ListReports,
    ListUnits,
    OpenReport,
    ShowPhotos,
    ShowText,
)
from bot.chat.cards.reports.card import photos_screen, report_screen, text_screen
from bot.chat.cards.reports.lists import (
    PAGE,
    Shown,
    list_screen,
    units_screen,
)
from bot.chat.cards.reports.words import task_text
from bot.chat.pager import page_of
from bot.chat.screen import Screen
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import clipped
from bot.features.reports import rules
from bot.features.reports.access import access_report, may_read_all, own_units
from bot.features.reports.content import NO_TASK
from bot.features.reports.counts import counts_of_units
from bot.features.reports.errors import NumberUnknown
from bot.features.reports.queries import (
    ReportCard,
    Sought,
    find_by_number,
    find_card,
    list_reports,
    months,
)
from bot.features.units.queries import units_by_id
from handlers.reports.feature import feature

READERS = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)
_ALL_READERS = needs(Role.coordinator, Role.supervisor)
_SAID_UNITS = 40


def access_card(call: Call, report_id: int) -> ReportCard:
    """Return a report that the actor may see; raises NotFound."""
    report = access_report(call.work, report_id, actor=call.actor)
    card = find_card(call.work, report.id)
    if card is None:
        raise NotFound
    return card


def shown_card(call: Call, card: ReportCard) -> Screen:
    """Return a report's card with what the actor can do."""
    reviews = call.actor.may({Role.coordinator})
    return report_screen(call, card, actor=call.actor, reviews=reviews)


def opened_by_number(call: Call, text: str) -> Screen:
    """Return the report whose number `text` says; raises NumberUnknown."""
    return shown_card(call, access_card(call, id_of_number(call, text)))


def id_of_number(call: Call, text: str) -> int:
    """Return the id of the report whose number `text` says, if the actor may see it.

    Without a year the number is of this year. Raises NumberUnknown.
    """
    year = rules.month_of(call.config, call.now).year
    report_id = find_by_number(call.work, text, year=year)
    try:
        if report_id is None:
            raise NotFound
        return access_report(call.work, report_id, actor=call.actor).id
    except NotFound as error:
        raise NumberUnknown(text=clipped(text, _SAID_UNITS)) from error


def own_list(call: Call) -> Screen:
    """Return the list with which the actor begins."""
    return _list(call, ListReports())


@feature.press(ListReports, READERS)
def show_list(call: Call, asked: ListReports) -> Screen:
    """Show a page of reports: of the own units, or of all for the offices."""
    return _list(call, asked)


def _list(call: Call, asked: ListReports) -> Screen:
    everything = may_read_all(call.actor)
    units = own_units(call.actor)
    visible = None if everything else units
    if asked.unit_id is not None:
        if not everything and asked.unit_id not in units:
            raise NotFound
        visible = (asked.unit_id,)
    month = asked.month
    if month is None and asked.status is None and asked.task is None:
        month = rules.month_of(call.config, call.now)
    asked = ListReports(month, asked.unit_id, asked.status, asked.task, asked.page)
    sought = Sought(unit_ids=visible, month=month, status=asked.status, task=asked.task)
    named = units_by_id(call.work, [] if asked.unit_id is None else [asked.unit_id])
    task_id = None if asked.task == NO_TASK else asked.task
    return list_screen(
        Shown(
            asked=asked,
            listing=list_reports(call.work, sought, page=asked.page, size=PAGE),
            months=months(call.work, visible),
            office=everything,
            reports=bool(call.actor.unit_ids),
            own_units=units,
            unit=next((unit.name for unit in named.values()), None),
            task=None if asked.task is None else task_text(call.config, task_id),
        )
    )


@feature.press(ListUnits, _ALL_READERS)
def show_units(call: Call, asked: ListUnits) -> Screen:
    """Show how many reports each unit has in a month."""
    month = date(asked.month.year, asked.month.month, 1)
    page = page_of(counts_of_units(call.work, month), asked.page, size=PAGE)
    return units_screen(month, page)


@feature.press(OpenReport, READERS)
def show_report(call: Call, asked: OpenReport) -> Screen:
    """Show a report."""
    return shown_card(call, access_card(call, asked.report_id))


@feature.press(ShowPhotos, READERS)
def show_photos(call: Call, asked: ShowPhotos) -> Screen:
    """Send a report's photos."""
    card = access_card(call, asked.report_id)
    if not card.content.photos:
        raise NotFound
    return photos_screen(card)


@feature.press(ShowText, READERS)
def show_text(call: Call, asked: ShowText) -> Screen:
    """Send a report's whole text."""
    card = access_card(call, asked.report_id)
    if not card.content.text:
        raise NotFound
    return text_screen(card)
