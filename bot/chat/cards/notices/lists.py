"""The lists of notices, and of the people of the one that is being written."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import ListNotices, ListTemplates, OpenNotice, ShowNames
from bot.chat.conversation.model import Action, Begin, Control
from bot.chat.pager import pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text
from bot.features.notices.models import Notice
from bot.features.notices.reach import Named, Reach, Why
from bot.features.notices.rules import NOT_BEGUN

PAGE = 8
"""Notices on one page of the list."""
NAMES = 30
"""People on one page of their list."""
_MOST_UNITS = 20


def notice_list(notices: Sequence[Notice], *, page: int, pages: int) -> Screen:
    """Return a page of the list of notices, with what became of each and when."""
    new: Row = [Button(T("notices.new"), Begin("notice"), Style.primary), home_button()]
    templates: Row = [Button(T("notices.templates"), ListTemplates(1))]
    if not notices:
        return Screen(T("notices.none_yet"), [new, templates])
    rows = [[Button(_row(notice), OpenNotice(notice.id))] for notice in notices]
    return Screen(T("notices.list"), [*rows, pager(page, pages, ListNotices), templates, new])


def names_page(
    people: Sequence[Named], reach: Reach, *, page: int, pages: int, draft_id: int
) -> Screen:
    """Return a page of the people whom the notice would go to."""
    rows: list[Row] = [pager(page, pages, lambda number: ShowNames(number, left_out=False))]
    if reach.left_out:
        label = T("notices.show_left_out", count=reach.left_out)
        rows.append([Button(label, ShowNames(1, left_out=True))])
    rows.append([back_button(draft_id)])
    shown = [
        T("notices.name_units", name=one.name, units=Listed([Plain(unit) for unit in one.units]))
        if one.units
        else Plain(one.name)
        for one in people
    ]
    return Screen(
        Lines(T("notices.names", count=reach.reachable), *shown)
        if people
        else T("notices.names_nobody"),
        rows,
    )


def left_out_page(
    people: Sequence[tuple[str, Why]],
    unbound: Sequence[str],
    *,
    page: int,
    pages: int,
    draft_id: int,
) -> Screen:
    """Return a page of those who get nothing, and why, and of the units that nobody opened."""
    more = len(unbound) - _MOST_UNITS
    units: Text = Listed([Plain(name) for name in unbound[:_MOST_UNITS]])
    return Screen(
        Lines(
            T("notices.left_out_heading"),
            *(
                T("notices.left_out_row", name=name, why=T(f"notices.why_{why}"))
                for name, why in people
            ),
            *([BLANK] if unbound else []),
            T("notices.unbound", units=units) if unbound else None,
            T("notices.unbound_more", more=more) if more > 0 else None,
        ),
        [
            pager(page, pages, lambda number: ShowNames(number, left_out=True)),
            [Button(T("notices.show_names"), ShowNames(1, left_out=False))],
            [back_button(draft_id)],
        ],
    )


def back_button(draft_id: int) -> Button:
    """Return the button back to the notice that is being written."""
    return Button(T("notices.back_to_card"), Control("notice", draft_id, Action.preview, ""))


def _row(notice: Notice) -> Text:
    waits = notice.state in NOT_BEGUN and notice.send_at is not None
    return T(
        "notices.list_row",
        state=T(f"notices.mark_{notice.state}"),
        at=notice.send_at if waits and notice.send_at is not None else notice.created_at,
        text=Clipped(" ".join(notice.text.split()), 24) if notice.text else T("notices.file"),
    )
