"""A unit's month: /month opens it already written, one press files it (REP-02, TIME-04)."""

from collections.abc import Sequence

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines.buttons import NoMoreToday, ShowCurrentMonth, ShowDues, ShowMonth
from bot.chat.cards.deadlines.dues import dues_screen
from bot.chat.cards.months import card as cards
from bot.chat.cards.months.buttons import (
    MarkTypical,
    ShowTypical,
    ShowWhole,
    SubmitMonth,
    UpdateMonth,
    WithdrawMonth,
)
from bot.chat.cards.months.filed import receipt
from bot.chat.cards.months.text import whole_screen
from bot.chat.cards.months.typical import typical_screen
from bot.chat.cards.months.words import assembled, sections_now, whole
from bot.chat.refusal import sentence
from bot.chat.screen import Screen, Toast
from bot.chat.text import T, Text
from bot.core.errors import NotFound
from bot.features.deadlines.board import find_slot, latest_filing, open_slots, own_slots
from bot.features.deadlines.chasing import snooze
from bot.features.deadlines.errors import NotOwed, NotYourUnit
from bot.features.deadlines.filing import Where
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import is_monthly
from bot.features.deadlines.review import withdraw_filing
from bot.features.months.assembling import assemble
from bot.features.months.errors import MonthChanged, NothingToFile
from bot.features.months.filing import last_filed, month_slot, submit_month, update_month
from bot.features.reports.partners import waiting_for
from bot.features.reports.typical import mark_typical
from handlers.deadlines.feature import UNIT_PEOPLE, feature, holidays_of, today_of

_MOST_OTHERS = 6


@feature.command("month", UNIT_PEOPLE)
def show_current(call: Call, _: str) -> Screen:
    """Show the month that is to be filed next."""
    return _current(call)


@feature.press(ShowCurrentMonth, UNIT_PEOPLE)
def current(call: Call, _: ShowCurrentMonth) -> Screen:
    """Show the month that is to be filed next."""
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
    return month_screen(call, Where(data.obligation, data.period, data.unit_id))


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


@feature.press(SubmitMonth, CONTACT_ONLY)
def submit(call: Call, data: SubmitMonth) -> Screen:
    """File the month as its card shows it; an old card shows what is new instead of filing it."""
    where = Where(data.obligation, data.period, data.unit_id)
    late = _is_late(call, where)
    try:
        filed = submit_month(
            call.work,
            where,
            actor=call.actor,
            config=call.config,
            mark=data.mark,
            write=lambda month: assembled(call, month),
        )
    except (MonthChanged, NothingToFile) as refused:
        return month_screen(call, where, note=sentence(refused))
    return receipt(filed, late=late)


@feature.press(UpdateMonth, CONTACT_ONLY)
def update(call: Call, data: UpdateMonth) -> Screen:
    """File the month again with what was reported since."""
    where = Where(data.obligation, data.period, data.unit_id)
    late = _is_late(call, where)
    try:
        filed = update_month(
            call.work,
            where,
            actor=call.actor,
            config=call.config,
            write=lambda month: assembled(call, month),
        )
    except (MonthChanged, NothingToFile) as refused:
        return month_screen(call, where, note=sentence(refused))
    return receipt(filed, late=late)


@feature.press(WithdrawMonth, CONTACT_ONLY)
def withdraw(call: Call, data: WithdrawMonth) -> Screen:
    """Take a filing back before its review; what was written stays where it is."""
    submission = withdraw_filing(call.work, data.submission_id, actor=call.actor)
    where = Where(submission.obligation, submission.period, submission.unit_id)
    return month_screen(call, where, note=T("months.taken_back_now"))


@feature.press(ShowWhole, UNIT_PEOPLE)
def show_whole(call: Call, data: ShowWhole) -> Screen:
    """Show a page of the month's whole text as it would be filed now."""
    slots = _monthly(call)
    slot = _found(slots, Where(data.obligation, data.period, data.unit_id))
    view = _view(call, slot, slots)
    sections = sections_now(call, view.month)
    document = whole(call, slot.deadline, slot.unit.name, sections)
    return whole_screen(view, document, number=data.page)


@feature.press(ShowTypical, CONTACT_ONLY)
def show_typical(call: Call, data: ShowTypical) -> Screen:
    """Show the month's activities, to choose examples among them."""
    where = Where(data.obligation, data.period, data.unit_id)
    return _typical(call, where, number=data.page)


@feature.press(MarkTypical, CONTACT_ONLY)
def mark(call: Call, data: MarkTypical) -> Screen:
    """Make an activity an example, or no longer one."""
    mark_typical(call.work, data.report_id, typical=data.typical, actor=call.actor)
    where = Where(data.obligation, data.period, data.unit_id)
    return _typical(call, where, number=data.page)


def month_screen(call: Call, where: Where, *, note: Text | None = None) -> Screen:
    """Return the month of one of the actor's units; `note` says what just happened to it.

    Raises NotFound.
    """
    slots = _monthly(call)
    return _shown(call, _found(slots, where), slots, note=note)


def _typical(call: Call, where: Where, *, number: int) -> Screen:
    if where.unit_id not in call.actor.unit_ids:
        raise NotYourUnit
    slot = month_slot(call.work, call.config, where)
    return typical_screen(assemble(call.work, call.config, slot), number=number)


def _is_late(call: Call, where: Where) -> bool:
    if where.unit_id not in call.actor.unit_ids:
        raise NotYourUnit
    slots = own_slots(call.work, call.config, [where.unit_id])
    slot = find_slot(slots, where.obligation, where.period, where.unit_id)
    if slot is None:
        raise NotOwed
    return slot.is_late_at(call.now)


def _monthly(call: Call) -> list[Slot]:
    units = {*call.actor.unit_ids, *call.actor.headed_unit_ids}
    return [
        slot
        for slot in own_slots(call.work, call.config, units)
        if is_monthly(slot.deadline.obligation)
    ]


def _found(slots: Sequence[Slot], where: Where) -> Slot:
    slot = find_slot(slots, where.obligation, where.period, where.unit_id)
    if slot is None:
        raise NotFound
    return slot


def _view(call: Call, slot: Slot, slots: Sequence[Slot]) -> cards.MonthView:
    others = [one for one in reversed(slots) if one.key != slot.key]
    others.sort(key=lambda one: one.is_settled)
    latest = latest_filing(call.work, slot)
    return cards.MonthView(
        month=assemble(call.work, call.config, slot),
        filed=last_filed(call.work, slot),
        reason=None if latest is None else latest.return_reason,
        others=others[:_MOST_OTHERS],
        may_file=slot.unit.id in call.actor.unit_ids,
        waiting=len(waiting_for(call.work, [slot.unit.id], month=slot.deadline.month)),
    )


def _shown(call: Call, slot: Slot, slots: Sequence[Slot], *, note: Text | None = None) -> Screen:
    view = _view(call, slot, slots)
    holidays = holidays_of(call, [slot.deadline])
    return cards.month_screen(view, today=today_of(call), holidays=holidays, note=note)
