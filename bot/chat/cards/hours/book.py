"""Everybody's hours as a workbook, or as a plain table (SYS-08)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from bot.chat.cards.home import home_button
from bot.chat.cards.hours.words import kind_name, where
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import to_plain
from bot.chat.screen import Screen, Toast
from bot.chat.text import T, Text
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.features.hours.book import MonthOf, everything, months_of_all
from bot.features.hours.models import HourEntry, HourKind
from bot.features.making.service import FileOrder
from bot.render.limits import Job

BOOK, TABLE = "hours_book", "hours_table"
"""The kinds of files."""

_ROWS_IN_FRAME = 100
_TEXT, _NUMBER, _DATE = "text", "number", "date"
_MINUTES = 60
_MONTH_COLUMNS: list[tuple[Text, str]] = [
    (T("hours.column_name"), _TEXT),
    (T("hours.column_team"), _TEXT),
    (T("hours.column_month"), _TEXT),
    *((T("hours.column_hours", kind=kind_name(kind)), _NUMBER) for kind in HourKind),
]
_LEDGER_COLUMNS: list[tuple[Text, str]] = [
    (T("hours.column_number"), _NUMBER),
    (T("hours.column_day"), _DATE),
    (T("hours.column_name"), _TEXT),
    (T("hours.column_post"), _TEXT),
    (T("hours.column_kind"), _TEXT),
    (T("hours.column_minutes"), _NUMBER),
    (T("hours.column_corrects"), _NUMBER),
    (T("hours.column_reason"), _TEXT),
    (T("hours.column_by"), _TEXT),
    (T("hours.column_at"), _TEXT),
]


def order_of(*, plain: bool) -> FileOrder:
    """Return the order of the workbook, or of the plain table."""
    return FileOrder(TABLE if plain else BOOK)


def started(*, plain: bool) -> Screen:
    """Say that the file is under way; it follows as a message of its own."""
    file = Screen(T("hours.file_caption"), [[home_button()]], order=order_of(plain=plain))
    return Screen(T("hours.file_started"), [[home_button()]], also=[file])


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("export.under_way"), alert=True)


@makes(BOOK, Job.xlsx)
def draw_book(making: Making) -> Blueprint:
    """Say what the workbook holds. Raises NotAllowed for who is not of the office any more."""
    making.actor.check(Role.coordinator)
    return Blueprint(_name(making, "xlsx"), _book(making))


@makes(TABLE, Job.csv)
def draw_table(making: Making) -> Blueprint:
    """Say what the table holds. Raises NotAllowed for who is not of the office any more."""
    making.actor.check(Role.coordinator)
    return Blueprint(_name(making, "csv"), _months(making))


def _book(making: Making) -> Iterator[object]:
    yield from _months(making)
    yield _head(making, T("hours.sheet_ledger"), _LEDGER_COLUMNS)
    rows = (_ledger_row(making, *row) for row in everything(making.view))
    yield from _framed(rows)


def _months(making: Making) -> Iterator[object]:
    yield _head(making, T("hours.sheet_months"), _MONTH_COLUMNS)
    teams = {team.slug: team.name for team in making.config.volunteer_teams}
    yield from _framed(_month_row(one, teams) for one in months_of_all(making.view))


def _month_row(one: MonthOf, teams: dict[str, str]) -> list[object]:
    return [
        one.name,
        None if one.team is None else teams.get(one.team, one.team),
        f"{one.month:%Y-%m}",
        *(_hours(one.totals.of(kind)) for kind in HourKind),
    ]


def _ledger_row(
    making: Making, entry: HourEntry, name: str, place: str | None, by: str | None
) -> list[object]:
    return [
        str(entry.id),
        entry.day.isoformat(),
        name,
        _say(making, where(place)),
        _say(making, kind_name(entry.kind)),
        str(entry.minutes),
        None if entry.corrects_id is None else str(entry.corrects_id),
        entry.reason,
        by,
        f"{entry.at.astimezone(making.config.time.zone_info):%Y-%m-%d %H:%M}",
    ]


def _hours(minutes: int) -> str | None:
    """Return minutes as hours with two decimals; None for none."""
    return f"{Decimal(minutes) / _MINUTES:.2f}" if minutes else None


def _head(making: Making, title: Text, columns: list[tuple[Text, str]]) -> dict[str, object]:
    return {
        "sheet": _say(making, title),
        "columns": [[_say(making, name), kind] for name, kind in columns],
    }


def _framed(rows: Iterator[list[object]]) -> Iterator[dict[str, object]]:
    while some := list(islice(rows, _ROWS_IN_FRAME)):
        yield {"rows": some}


def _name(making: Making, ending: str) -> str:
    today = local_day(making.view.now, making.config.time.zone_info)
    district = making.config.campaign.district
    return _say(
        making, T("hours.file_name", district=district, day=today.isoformat(), ending=ending)
    )


def _say(making: Making, text: Text) -> str:
    return to_plain(text, making.voice)
