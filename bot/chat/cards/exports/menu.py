"""Asking what to export, and saying that it is under way (SYS-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback
from bot.chat.cards.exports.book import KIND, params_of
from bot.chat.cards.home import home_button
from bot.chat.cards.hours.buttons import HoursDesk
from bot.chat.render import rows_of
from bot.chat.screen import Button, Screen, Style, Toast
from bot.chat.text import BLANK, Lines, Month, T, Text
from bot.features.making.service import FileOrder
from bot.features.rollup.scope import Scope

_MOST_MONTHS = 12
_IN_A_ROW = 2


@callback("ex")
@dataclass(frozen=True)
class AskExport:
    """Asks which month to export."""


@callback("ex.m")
@dataclass(frozen=True)
class Export:
    """Has the reports of a month made into a workbook, all of them without one."""

    month: date | None


def order_of(asked: Export) -> FileOrder:
    """Return the order of the file that a button means."""
    return FileOrder(KIND, params_of(Scope(month=asked.month)))


def ask_screen(months: Sequence[date], today: date) -> Screen:
    """Ask which of `months` to export, the last first."""
    if not months:
        return Screen(T("export.nothing"), [[_hours_button(), home_button()]])
    buttons = [
        Button(T("export.one", what=_month(month, today)), Export(month))
        for month in months[:_MOST_MONTHS]
    ]
    return Screen(
        Lines(T("export.ask"), BLANK, T("export.what_is_in")),
        [
            *rows_of(buttons, width=_IN_A_ROW),
            [Button(T("export.all"), Export(None), Style.primary)],
            [_hours_button(), home_button()],
        ],
    )


def started_screen(asked: Export, today: date) -> Screen:
    """Say that the file is under way; it follows as a message of its own."""
    what = T("export.everything") if asked.month is None else _month(asked.month, today)
    file = Screen(T("export.caption", what=what), [[home_button()]], order=order_of(asked))
    return Screen(T("export.started", what=what), [[home_button()]], also=[file])


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("export.under_way"), alert=True)


def _hours_button() -> Button:
    """Return the button that leads to the hours of volunteers and their files."""
    return Button(T("hours.export_where"), HoursDesk(1))


def _month(month: date, today: date) -> Text:
    if month.year == today.year:
        return Month(month)
    return T("export.month_of", year=str(month.year), month=Month(month))
