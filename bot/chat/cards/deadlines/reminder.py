"""Reminders: one message a person a day with everything that is due (screens 9)."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.deadlines.buttons import (
    EXTEND,
    NOTHING,
    PLAN,
    WORDS,
    ConfirmDone,
    NoMoreToday,
    ShowDues,
    ShowMonth,
    slot_arg,
)
from bot.chat.cards.deadlines.words import Holidays, is_plan, standing_text, time_left, title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import EXPLAIN
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import Lines, T, Text, tn
from bot.config import Form
from bot.features.deadlines.expiry import context_of
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import is_monthly
from bot.features.deadlines.reminding import Thing

SEVERAL = "obligation:several"
"""The context of a message about several things: a reply is asked which one it means."""

_FILE_LABELS = {
    Form.file: "deadlines.file_file",
    Form.text: "deadlines.file_words",
    Form.confirm: "deadlines.confirm_done",
}
_MOST_LINES = 12
_MOST_WITH_BUTTONS = 4


def reminder(
    things: Sequence[Thing], *, today: date, holidays: Holidays, given: Sequence[Slot] = ()
) -> Screen:
    """Return what a person is told today: a line and the buttons for each thing.

    `given` are the slots that it asked for before and that are settled since.
    """
    if not things:
        return _all_given(given, today=today, holidays=holidays)
    own = [thing.slot for thing in things if not thing.for_head]
    units = {thing.slot.unit.id for thing in things}
    lines = [
        _line(thing, today=today, holidays=holidays, named=len(units) > 1)
        for thing in things[:_MOST_LINES]
    ]
    more = len(things) - _MOST_LINES
    head = (
        tn("deadlines.remind_title", len(things), unit=things[0].slot.unit.name)
        if len(units) == 1
        else tn("deadlines.remind_title_units", len(things))
    )
    return Screen(
        Lines(
            head,
            *lines,
            tn("deadlines.remind_more", more) if more > 0 else None,
            *_given_lines(given, today=today, holidays=holidays),
            T("deadlines.remind_reply") if any(_takes_words(slot) for slot in own) else None,
        ),
        [
            *slot_rows(own, today=today),
            [Button(T("deadlines.no_more_today"), NoMoreToday())],
        ],
        context=context_for(own),
    )


def asked_by_office(
    slots: Sequence[Slot], *, today: date, holidays: Holidays, given: Sequence[Slot] = ()
) -> Screen:
    """Return the reminder that somebody of the office sends by hand; `given` as in `reminder`."""
    if not slots:
        return _all_given(given, today=today, holidays=holidays)
    lines = [
        T(
            "deadlines.remind_line_of",
            unit=slot.unit.name,
            title=title(slot.deadline),
            left=time_left(slot.deadline, holidays, today),
        )
        for slot in slots[:_MOST_LINES]
    ]
    return Screen(
        Lines(
            T("deadlines.asked_title"),
            *lines,
            *_given_lines(given, today=today, holidays=holidays),
        ),
        [*slot_rows(slots, today=today), [Button(T("deadlines.no_more_today"), NoMoreToday())]],
        context=context_for(slots),
    )


def slot_rows(slots: Sequence[Slot], *, today: date | None = None) -> list[Row]:
    """Return the buttons that file `slots`; where there are too many, the way to their list.

    With the day `today`, each slot has the buttons that say why it is not filed as well.
    """
    if len(slots) > _MOST_WITH_BUTTONS:
        return [[Button(tn("deadlines.see_dues", len(slots)), ShowDues(), Style.primary)]]
    alone = len({_kind(slot) for slot in slots}) == len(slots)
    units = {slot.unit.id for slot in slots}
    rows: list[Row] = []
    for slot in slots:
        of_unit = slot.unit.name if len(units) > 1 else ""
        rows += _rows_of(slot, alone=alone)
        if today is not None:
            rows.append(excuse_row(slot, today=today, of_unit=of_unit if len(slots) > 1 else None))
    return rows


def excuse_row(slot: Slot, *, today: date, of_unit: str | None = None) -> Row:
    """Return the buttons that explain what is not filed and, before it ends, ask for more time.

    `of_unit` is the unit's name that they carry beside what is owed, None where neither is needed.
    """
    arg = slot_arg(slot)
    labels = (T("deadlines.explain"), T("extensions.ask"))
    if of_unit is not None:
        what = title(slot.deadline)
        labels = (
            T("extensions.explain_of", unit=of_unit, title=what),
            T("extensions.ask_of", unit=of_unit, title=what),
        )
    explain = Button(labels[0], Begin(EXPLAIN, arg))
    if today > slot.deadline.last_day:
        return [explain]
    return [explain, Button(labels[1], Begin(EXTEND, arg))]


def file_button(slot: Slot, *, alone: bool = True) -> Button:
    """Return the button that files for `slot`; it names the slot unless it stands `alone`."""
    arg = slot_arg(slot)
    if is_monthly(slot.deadline.obligation):
        label = T("deadlines.write_month") if alone else _label("deadlines.write_of", slot)
        month = ShowMonth(slot.unit.id, slot.deadline.obligation.id, slot.deadline.period)
        return Button(label, month, Style.primary)
    form = slot.deadline.obligation.handed_in
    key = "deadlines.file_plan" if is_plan(slot.deadline) else _FILE_LABELS[form]
    label = T(key) if alone else _named_label(key, slot)
    if form is Form.confirm:
        return Button(label, ConfirmDone(*slot.key), Style.primary)
    return Button(label, Begin(WORDS if form is Form.text else PLAN, arg), Style.primary)


def context_for(slots: Sequence[Slot]) -> str | None:
    """Return what a reply to a message about `slots` answers; None: nothing."""
    if not slots:
        return None
    if len(slots) > 1:
        return SEVERAL
    slot = slots[0]
    return context_of(slot.deadline.obligation.id, slot.unit.slug, slot.deadline.period)


def _all_given(given: Sequence[Slot], *, today: date, holidays: Holidays) -> Screen:
    """Return what becomes of a reminder that asks for nothing any more."""
    lines = _given_lines(given, today=today, holidays=holidays)
    return Screen(Lines(T("extensions.all_given"), *lines), [[home_button()]])


def _given_lines(given: Sequence[Slot], *, today: date, holidays: Holidays) -> list[Text]:
    return [
        T(
            "extensions.given_line",
            unit=slot.unit.name,
            title=title(slot.deadline),
            standing=standing_text(slot, holidays, today),
        )
        for slot in given[:_MOST_LINES]
    ]


def _line(thing: Thing, *, today: date, holidays: Holidays, named: bool) -> Text:
    slot = thing.slot
    left = time_left(slot.deadline, holidays, today)
    if thing.for_head:
        return T(
            "deadlines.remind_line_head",
            unit=slot.unit.name,
            title=title(slot.deadline),
            left=left,
        )
    if named:
        return T(
            "deadlines.remind_line_of", unit=slot.unit.name, title=title(slot.deadline), left=left
        )
    return T("deadlines.remind_line", title=title(slot.deadline), left=left)


def _rows_of(slot: Slot, *, alone: bool) -> list[Row]:
    if is_monthly(slot.deadline.obligation) and alone:
        nothing = Button(T("deadlines.no_activity"), Begin(NOTHING, slot_arg(slot)))
        return [[file_button(slot), nothing]]
    return [[file_button(slot, alone=alone)]]


def _kind(slot: Slot) -> object:
    return is_plan(slot.deadline) or slot.deadline.obligation.handed_in


def _named_label(key: str, slot: Slot) -> T:
    return T("deadlines.file_for", action=T(key), unit=slot.unit.name, title=title(slot.deadline))


def _label(key: str, slot: Slot) -> T:
    return T(key, unit=slot.unit.name, title=title(slot.deadline))


def _takes_words(slot: Slot) -> bool:
    return is_monthly(slot.deadline.obligation)
