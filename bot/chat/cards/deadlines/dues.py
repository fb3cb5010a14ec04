"""What the units of a contact have still to file."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.deadlines.buttons import ShowMonth, ShowPlan
from bot.chat.cards.deadlines.words import Holidays, time_left, title
from bot.chat.cards.home import home_button
from bot.chat.cards.routines.buttons import ShowRoutines
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.features.deadlines.board import is_returned
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import is_monthly

_MOST_LINES = 30
_MOST_BUTTONS = 12
_BETWEEN = " · "


def dues_screen(slots: Sequence[Slot], *, today: date, holidays: Holidays) -> Screen:
    """Return what is still to be filed, what ends first at the beginning."""
    if not slots:
        return Screen(T("deadlines.no_dues"), [[_routines(), home_button()]])
    named = len({slot.unit.id for slot in slots}) > 1
    rows: list[Row] = [[_button(slot, named=named)] for slot in slots[:_MOST_BUTTONS]]
    return Screen(
        Lines(
            tn("deadlines.dues_head", len(slots)),
            BLANK,
            *due_lines(slots[:_MOST_LINES], today=today, holidays=holidays),
        ),
        [*rows, [_routines(), home_button()]],
    )


def due_lines(slots: Sequence[Slot], *, today: date, holidays: Holidays) -> list[Text]:
    """Return a line for each slot; the unit's name stands there where there are several."""
    named = len({slot.unit.id for slot in slots}) > 1
    return [_line(slot, today=today, holidays=holidays, named=named) for slot in slots]


def _line(slot: Slot, *, today: date, holidays: Holidays, named: bool) -> Text:
    left = time_left(slot.deadline, holidays, today)
    if is_returned(slot):
        left = Listed([T("deadlines.was_returned"), left], between=_BETWEEN)
    if named:
        return T(
            "deadlines.remind_line_of", unit=slot.unit.name, title=title(slot.deadline), left=left
        )
    return T("deadlines.remind_line", title=title(slot.deadline), left=left)


def _routines() -> Button:
    return Button(T("routines.head"), ShowRoutines())


def _button(slot: Slot, *, named: bool) -> Button:
    obligation = slot.deadline.obligation
    press: object = (
        ShowMonth(slot.unit.id, obligation.id, slot.deadline.period)
        if is_monthly(obligation)
        else ShowPlan(slot.unit.id, *slot.deadline.key)
    )
    what = title(slot.deadline)
    if named:
        return Button(T("deadlines.open_due_of", title=what, unit=slot.unit.name), press)
    return Button(T("deadlines.open_due", title=what), press)
