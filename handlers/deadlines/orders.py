"""What the office asks units for: the list, one of them, changing and ending it (TIME-15)."""

from datetime import date

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.burden.month import burden_of
from bot.chat.cards.deadlines import orders as cards
from bot.chat.cards.deadlines.buttons import ORDER, EndOrder, ListOrders, OpenOrder
from bot.chat.conversation.model import Answers, Conversation, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, T, Text
from bot.config import Form, Frequency
from bot.core.errors import NotFound
from bot.features.deadlines.ahead import concerned, first_due_days
from bot.features.deadlines.moving import end_obligation
from bot.features.deadlines.reordering import change_order
from bot.features.obligations.queries import as_made, find_made, made, slugs_of
from bot.features.obligations.service import Order, lock_made, make
from bot.features.units.queries import register
from handlers.deadlines import order_dues as dues
from handlers.deadlines import order_steps as steps
from handlers.deadlines.feature import feature, today_of

_MOST_DAYS = 3


@feature.press(ListOrders, OFFICE_ONLY)
def list_orders(call: Call, data: ListOrders) -> Screen:
    """Show what is asked for."""
    return cards.orders_screen(made(call.work), number=data.page)


@feature.press(OpenOrder, OFFICE_ONLY)
def open_order(call: Call, data: OpenOrder) -> Screen:
    """Show one thing that is asked for."""
    return _shown(call, data.obligation)


@feature.press(EndOrder, OFFICE_ONLY)
def end_order(call: Call, data: EndOrder) -> Screen:
    """Ask for it no more, after a question."""
    if not data.sure:
        row = lock_made(call.work, data.obligation, actor=call.actor)
        one = as_made(row)
        return cards.ask_end_screen(one, len(concerned(call.work, call.config, one.obligation)))
    end_obligation(call.work, data.obligation, actor=call.actor, config=call.config)
    return _shown(call, data.obligation, note=T("orders.ended_now"))


def _shown(call: Call, obligation_id: str, *, note: Text | None = None) -> Screen:
    row = find_made(call.work, obligation_id)
    if row is None:
        raise NotFound
    one = as_made(row)
    ahead = first_due_days(call.work, call.config, one.obligation, most=_MOST_DAYS)
    units = concerned(call.work, call.config, one.obligation)
    text = cards.order_lines(one, ahead, units, register(call.work), config=call.config)
    return cards.order_screen(one, text, note=note)


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, or with what is to be changed."""
    if arg is None:
        return {}
    row = lock_made(call.work, arg, actor=call.actor)
    return {
        steps.CHANGED: arg,
        steps.NAME: row.name,
        steps.FORM: row.form.value,
        steps.WHO: list(slugs_of(row)),
        steps.FREQUENCY: row.frequency.value,
        steps.DUE: row.due_day or (row.due.isoformat() if row.due else None),
        steps.LADDER: row.ladder or steps.NO_LADDER,
        steps.DETAILS: row.details,
    }


def _order(answers: Answers) -> Order:
    frequency = steps.frequency_of(answers)
    once = frequency is Frequency.once
    given = answers.get(steps.DUE)
    ladder = answers.get(steps.LADDER)
    return Order(
        name=answers[steps.NAME],
        form=Form(answers[steps.FORM]),
        who=tuple(answers[steps.WHO]),
        frequency=frequency,
        due=date.fromisoformat(given) if once and given else None,
        due_day=None if once else given,
        ladder=None if ladder == steps.NO_LADDER else ladder,
        details=answers.get(steps.DETAILS),
    )


def _preview(call: Call, answers: Answers) -> Text:
    order = _order(answers)
    one = cards.as_obligation(order, since=today_of(call))
    ahead = first_due_days(call.work, call.config, one.obligation, most=_MOST_DAYS)
    units = concerned(call.work, call.config, one.obligation)
    return Lines(
        cards.order_lines(one, ahead, units, register(call.work), config=call.config),
        _told_line(call, answers, {unit.id for unit in units}),
        burden_of(call, [unit.id for unit in units]),
    )


def _told_line(call: Call, answers: Answers, now: set[int]) -> Text | None:
    """Return how many units will owe it anew, and how many no more, by what is changed."""
    row = find_made(call.work, answers.get(steps.CHANGED) or "")
    if row is None:
        return None
    before = {unit.id for unit in concerned(call.work, call.config, as_made(row).obligation)}
    if before == now:
        return None
    return T("orders.units_changed", added=len(now - before), removed=len(before - now))


def _submit(call: Call, answers: Answers) -> Screen:
    order = _order(answers)
    changed = answers.get(steps.CHANGED)
    if changed is not None:
        change_order(call.work, changed, order, actor=call.actor, config=call.config)
        return _shown(call, changed, note=T("orders.changed_now"))
    row = make(call.work, order, actor=call.actor, config=call.config)
    return _shown(call, str(row.id), note=T("orders.made_now"))


order = feature.converse(
    Conversation(
        name=ORDER,
        needs=OFFICE_ONLY,
        steps=(
            Step(
                steps.NAME,
                T("orders.label_name"),
                steps.ask_name,
                steps.read_name,
                steps.show_plain(steps.NAME),
            ),
            Step(
                steps.FORM,
                T("orders.label_form"),
                steps.ask_form,
                steps.read_form,
                steps.show_form,
            ),
            Step(
                steps.WHO,
                T("orders.label_who"),
                steps.ask_who,
                steps.read_who,
                steps.show_who,
            ),
            Step(
                steps.FREQUENCY,
                T("orders.label_frequency"),
                steps.ask_frequency,
                steps.read_frequency,
                steps.show_frequency,
                when=steps.frequency_is_asked,
            ),
            Step(steps.DUE, T("orders.label_due"), dues.ask_due, dues.read_due, dues.show_due),
            Step(
                steps.LADDER,
                T("orders.label_ladder"),
                steps.ask_ladder,
                steps.read_ladder,
                steps.show_ladder,
            ),
            Step(
                steps.DETAILS,
                T("orders.label_details"),
                steps.ask_details,
                steps.read_details,
                steps.show_plain(steps.DETAILS),
                optional=True,
            ),
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
"""The conversation in which the office asks units for something."""
