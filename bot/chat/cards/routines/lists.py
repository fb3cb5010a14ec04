"""The list of a unit's routines, and one of them."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.home import home_button
from bot.chat.cards.routines.buttons import (
    EDIT_ROUTINE,
    NEW_ROUTINE,
    DeleteRoutine,
    OpenRoutine,
    PauseRoutine,
    RoutineIsDone,
    ShowRoutines,
)
from bot.chat.cards.routines.words import holiday_text, hour_text, rhythm_text
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text, Value
from bot.features.routines.service import Own

_MOST = 30


def routines_screen(found: Sequence[Own], note: Text | None = None) -> Screen:
    """Return what the reader's units have set themselves."""
    named = len({one.unit.id for one in found}) > 1
    lines = [_line(one, named=named) for one in found[:_MOST]] or [T("routines.none")]
    rows: list[Row] = [
        [Button(T("routines.look", name=one.routine.name), OpenRoutine(one.routine.id))]
        for one in found[:_MOST]
    ]
    return Screen(
        Lines(note, T("routines.head"), T("routines.own_choice"), BLANK, *lines),
        [*rows, [Button(T("routines.new"), Begin(NEW_ROUTINE))], [home_button()]],
    )


def routine_screen(one: Own, today: date, note: Text | None = None) -> Screen:
    """Return a routine, and what can be done about it."""
    row = one.routine
    paused = row.paused_at is not None
    rows: list[Row] = []
    if not one.done and not paused:
        done = RoutineIsDone(row.id, today)
        rows.append([Button(T("routines.done"), done, Style.primary)])
    rest = Button(
        T("routines.resume" if paused else "routines.pause"), PauseRoutine(row.id, not paused)
    )
    rows.append([Button(T("routines.change"), Begin(EDIT_ROUTINE, str(row.id))), rest])
    rows.append([Button(T("routines.delete"), DeleteRoutine(row.id), Style.danger)])
    rows.append([Button(T("routines.all"), ShowRoutines()), home_button()])
    return Screen(
        Lines(
            note,
            _line(one, named=True),
            None if paused else holiday_text(row.rhythm),
        ),
        rows,
    )


def sure_screen(one: Own) -> Screen:
    """Ask whether a routine is to be deleted."""
    number = one.routine.id
    return Screen(
        T("routines.sure", name=one.routine.name),
        [
            [Button(T("routines.delete_sure"), DeleteRoutine(number, sure=True), Style.danger)],
            [Button(T("routines.keep"), OpenRoutine(number))],
        ],
    )


def done_screen(one: Own) -> Screen:
    """Return what a reminder becomes once the routine is done."""
    return Screen(
        T("routines.noted", name=one.routine.name),
        [[Button(T("routines.all"), ShowRoutines()), home_button()]],
    )


def _line(one: Own, *, named: bool) -> Text:
    row = one.routine
    values: dict[str, Value] = {
        "name": row.name,
        "rhythm": rhythm_text(row.rhythm, row.day),
        "hour": hour_text(row.hour),
        "state": _state(one),
    }
    if named:
        return T("routines.line_of", unit=one.unit.name, **values)
    return T("routines.line", **values)


def _state(one: Own) -> Text:
    if one.routine.paused_at is not None:
        return T("routines.state_paused")
    return T("routines.state_done") if one.done else T("routines.state_open")
