"""Choosing the examples among the month's activities: 典型经验 (REP-03)."""

from bot.chat.cards.deadlines.buttons import ShowMonth
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import MarkTypical, ShowTypical
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import Clipped, Lines, T
from bot.features.months.assembling import Month

PAGE = 8
"""Activities on one page."""
_TITLE_UNITS = 36


def typical_screen(month: Month, *, number: int) -> Screen:
    """Return a page of the unit's own activities; a press marks one, another takes it back."""
    slot = month.slot
    named = (slot.unit.id, slot.deadline.obligation.id, slot.deadline.period)
    own = [one for one in month.activities if one.own]
    page = page_of(own, number, size=PAGE)
    rows: list[Row] = [
        [
            Button(
                T(
                    "months.is_typical" if one.typical else "months.is_not_typical",
                    title=Clipped(one.title, _TITLE_UNITS),
                ),
                MarkTypical(*named, one.report_id, not one.typical, page.number),
            )
        ]
        for one in page.items
    ]
    return Screen(
        Lines(
            T("months.typical_head", title=title(slot.deadline), unit=slot.unit.name),
            T("months.typical_how" if own else "deadlines.no_reports"),
        ),
        [
            *rows,
            pager(page.number, page.pages, lambda to: ShowTypical(*named, to)),
            [Button(T("months.done"), ShowMonth(*named)), home_button()],
        ],
    )
