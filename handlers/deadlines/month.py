"""A unit's month: /month (TIME-04)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.deadlines import month as cards
from bot.chat.cards.deadlines.buttons import NoMoreToday, ShowCurrentMonth, ShowDues, ShowMonth
from bot.chat.cards.deadlines.dues import dues_screen
from bot.chat.screen import Screen, Toast
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.features.deadlines.activities import activities_of
from bot.features.deadlines.board import find_slot, open_slots, own_slots
from bot.features.deadlines.chasing import snooze
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import is_monthly
from handlers.deadlines.feature import UNIT_PEOPLE, feature, holidays_of, today_of

_MOST_OTHERS = 6


@feature.command("month", UNIT_PEOPLE)
def show_current(call: Call, _: str) -> Screen:
    """Show the month that is to be written next."""
    return _current(call)


@feature.press(ShowCurrentMonth, UNIT_PEOPLE)
def current(call: Call, _: ShowCurrentMonth) -> Screen:
    """Show the month that is to be written next."""
    return _current(call)


def _current(call: Call) -> Screen:
    slots = _monthly(call)
    if not slots:
        return cards.nothing_owed()
    still_open = [slot for slot in slots if not slot.is_settled]
    return _shown(call, still_open[0] if still_open else slots[-1], slots)


@feature.press(ShowMonth, UNIT_PEOPLE)
def show(call: Call, data: ShowMonth) -> Screen:
    """Show one month of a unit."""
    slots = _monthly(call)
    slot = find_slot(slots, data.obligation, data.period, data.unit_id)
    if slot is None:
        raise NotFound
    return _shown(call, slot, slots)


@feature.press(ShowDues, UNIT_PEOPLE)
def show_dues(call: Call, _: ShowDues) -> Screen:
    """Show everything that the contact's units have still to file."""
    slots = open_slots(call.work, call.config, call.actor)
    holidays = holidays_of(call, [slot.deadline for slot in slots])
    return dues_screen(slots, today=today_of(call), holidays=holidays)


@feature.press(NoMoreToday, UNIT_PEOPLE)
def no_more_today(call: Call, _: NoMoreToday) -> Toast:
    """Let today pass without another reminder; what can be filed stays where it is."""
    snooze(call.work, actor=call.actor, config=call.config)
    return Toast(T("deadlines.snoozed", time=f"{call.config.time.reminder_hour:%H:%M}"))


def _monthly(call: Call) -> list[Slot]:
    units = {*call.actor.unit_ids, *call.actor.headed_unit_ids}
    return [
        slot
        for slot in own_slots(call.work, call.config, units)
        if is_monthly(slot.deadline.obligation)
    ]


def _shown(call: Call, slot: Slot, slots: Sequence[Slot]) -> Screen:
    month = slot.deadline.month
    if month is None:
        raise NotFound
    others = [one for one in reversed(slots) if one.key != slot.key]
    others.sort(key=lambda one: one.is_settled)
    view = cards.MonthView(
        slot,
        activities_of(call.work, call.config, slot.unit.id, month),
        others[:_MOST_OTHERS],
        may_file=slot.unit.id in call.actor.unit_ids,
    )
    holidays = holidays_of(call, [slot.deadline])
    return cards.month_screen(view, today=today_of(call), holidays=holidays)
