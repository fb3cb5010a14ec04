"""What the office asks units for, and the messages about it (TIME-15)."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.cards.deadlines.buttons import (
    ORDER,
    EndOrder,
    ListOrders,
    OpenOrder,
    ShowBoards,
)
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.config import (
    ALL_RESPONSIBLE_UNITS,
    Config,
    DueKind,
    DueRule,
    Form,
    Frequency,
    LadderPreset,
    Obligation,
    find_due_rule,
    step_name,
)
from bot.features.deadlines.ahead import Ahead
from bot.features.obligations.queries import Made
from bot.features.obligations.service import Order
from bot.features.units.models import Unit

FORMS: Mapping[Form, Text] = {
    Form.file: T("orders.form_file"),
    Form.information: T("orders.form_information"),
    Form.text: T("orders.form_text"),
    Form.confirm: T("orders.form_confirm"),
}
"""What is handed in, in words."""
FREQUENCIES: Mapping[Frequency, Text] = {
    Frequency.once: T("orders.once"),
    Frequency.weekly: T("orders.weekly"),
    Frequency.monthly: T("orders.monthly"),
    Frequency.quarterly: T("orders.quarterly"),
    Frequency.yearly: T("orders.yearly"),
    Frequency.phase: T("orders.phase"),
}
"""How often something is owed, in words."""
_COUNTED = {
    DueKind.from_start: "orders.due_from_start",
    DueKind.after_end: "orders.due_after_end",
}
_ON_A_DAY = frozenset({DueKind.day, DueKind.yearly, DueKind.weekday})
_LACKING = 29
"""The first day of the month that not every month has."""
_LEAP_DAY = (2, 29)
_PAGE = 8
_MOST_NAMES = 6


def due_words(frequency: Frequency, written: str) -> Text:
    """Return a due day in words; a day that not every month has says what is done instead."""
    rule = find_due_rule(int(written) if written.isdigit() else written)
    if rule is None:
        return Plain(written)
    if rule.kind in _COUNTED:
        return tn(_COUNTED[rule.kind], rule.number)
    if rule.kind in _ON_A_DAY:
        return _on_a_day(frequency, rule)
    last = rule.kind is DueKind.last
    return T("orders.due_last") if last else T("orders.due_last_workday")


def _on_a_day(frequency: Frequency, rule: DueRule) -> Text:
    if rule.kind is DueKind.weekday:
        return T("orders.due_weekday", day=T(f"calendar.weekday_{rule.number}"))
    if rule.kind is DueKind.yearly:
        lacking = (rule.month, rule.number) == _LEAP_DAY
        key = "orders.due_yearly_or_last" if lacking else "orders.due_yearly"
        return T(key, month=str(rule.month), day=str(rule.number))
    if frequency is Frequency.quarterly:
        return T("orders.due_day_quarter", day=str(rule.number))
    key = "orders.due_day_or_last" if rule.number >= _LACKING else "orders.due_day"
    return T(key, day=str(rule.number))


def as_obligation(order: Order, *, since: date) -> Made:
    """Return what is about to be asked for as if it were asked for already."""
    due = order.due_day
    obligation = Obligation.model_construct(
        id="0",
        name=order.name,
        who=order.who,
        quote=order.name,
        note=order.details,
        frequency=order.frequency,
        form=order.form,
        due=order.due,
        due_day=int(due) if due is not None and due.isdigit() else due,
        since=since,
    )
    return Made(obligation, order.ladder, order.details, is_ended=False)


def who_text(register: Sequence[Unit], slugs: Sequence[str]) -> Text:
    """Return who owes it: all that hold a task, or the names of those chosen."""
    if ALL_RESPONSIBLE_UNITS in slugs:
        return T("orders.all_units")
    names = [unit.name for unit in register if unit.slug in slugs]
    shown = Listed([Plain(name) for name in names[:_MOST_NAMES]])
    more = len(names) - _MOST_NAMES
    return tn("deadlines.names_and_more", more, names=shown) if more > 0 else shown


def ladder_line(ladder: LadderPreset) -> Text:
    """Return a ladder in one line: its steps, how it goes on, and when the head is told."""
    every, head = ladder.overdue_every_days, ladder.escalate_after_days
    steps = Listed([Plain(step_name(days)) for days in ladder.ladder])
    return Listed(
        [
            T("orders.ladder", name=ladder.name, steps=steps),
            T("orders.ladder_ends") if every is None else tn("orders.ladder_every", every),
            T("orders.ladder_no_head") if head is None else tn("orders.ladder_head", head),
        ],
        between=" · ",
    )


def order_lines(
    one: Made, ahead: Ahead, units: Sequence[Unit], register: Sequence[Unit], *, config: Config
) -> Text:
    """Return what is asked for, of whom, by when: with the first due days."""
    owed = one.obligation
    due: Text | None = None
    if owed.due_day is not None:
        due = T("orders.line_due", due=due_words(owed.frequency, str(owed.due_day)))
    ladder = None if one.ladder is None else config.ladders.get(one.ladder)
    return Lines(
        T("orders.head", name=owed.name),
        None if one.details is None else Plain(one.details),
        T("orders.line_form", form=FORMS[owed.handed_in]),
        T("orders.line_who", who=who_text(register, owed.who)),
        tn("orders.line_units", len(units)) if units else T("orders.line_nobody"),
        T("orders.line_frequency", frequency=FREQUENCIES[owed.frequency]),
        due,
        _ahead_line(ahead),
        T("orders.line_ladder", ladder=T("orders.no_ladder"))
        if ladder is None
        else T("orders.line_ladder", ladder=ladder_line(ladder)),
        T("orders.line_ended") if one.is_ended else None,
    )


def orders_screen(orders: Sequence[Made], *, number: int) -> Screen:
    """Return a page of what is asked for, and the way to ask for more."""
    page = page_of(orders, number, size=_PAGE)
    rows: list[Row] = [
        [Button(Plain(one.obligation.name), OpenOrder(one.obligation.id))] for one in page.items
    ]
    text = T("orders.list") if orders else T("orders.list_empty")
    return Screen(
        text,
        [
            *rows,
            pager(page.number, page.pages, ListOrders),
            [Button(T("orders.new"), Begin(ORDER), Style.primary)],
            [Button(T("deadlines.back"), ShowBoards()), home_button()],
        ],
    )


def order_screen(one: Made, text: Text, *, note: Text | None) -> Screen:
    """Return one thing that is asked for, with what can be done about it."""
    number = one.obligation.id
    acts: Row = (
        []
        if one.is_ended
        else [
            Button(T("orders.change"), Begin(ORDER, number)),
            Button(T("orders.end"), EndOrder(number)),
        ]
    )
    return Screen(
        Lines(note, None if note is None else BLANK, text),
        [acts, [Button(T("deadlines.back"), ListOrders()), home_button()]],
    )


def ask_end_screen(one: Made, units: int) -> Screen:
    """Return the question whether it is to be ended; how many units will hear of it."""
    number = one.obligation.id
    return Screen(
        tn("orders.ask_end", units, name=one.obligation.name),
        [
            [Button(T("orders.keep"), OpenOrder(number))],
            [Button(T("orders.end_sure"), EndOrder(number, sure=True))],
        ],
    )


def _ahead_line(ahead: Ahead) -> Text:
    days: Text = Listed([T("deadlines.day", day=day) for day in ahead.days])
    if ahead.undecided_year is None:
        return T("orders.line_days", days=days) if ahead.days else T("orders.line_no_days")
    unknown = T("orders.unknown_year", year=str(ahead.undecided_year))
    return T("orders.line_days", days=Listed([days, unknown]) if ahead.days else unknown)
