"""What the office sees of the receipts of a notice: who is missing, chase, close (screens 12)."""

from collections.abc import Sequence
from itertools import groupby

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.cards.receipts.buttons import (
    ChaseMissing,
    CloseReceipts,
    ShowMissing,
    ShowReport,
)
from bot.chat.cards.receipts.confirming import first_words
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.features.notices.models import Notice
from bot.features.outbox.models import State
from bot.features.receipts.models import ReceiptChase
from bot.features.receipts.standing import Missing, Standing

PAGE = 20
"""People who have not confirmed, on one page."""
_STATES = {
    State.sent: None,
    State.unknown: T("receipts.state_unknown"),
    State.blocked: T("receipts.state_blocked"),
    State.failed: T("receipts.state_failed"),
    State.cancelled: T("receipts.state_cancelled"),
}


def pages_of(standing: Standing) -> int:
    """Return how many pages those who have not confirmed fill."""
    return page_count(standing.missing, size=PAGE)


def missing_screen(
    notice: Notice,
    standing: Standing,
    people: Sequence[Missing],
    *,
    page: int,
    chased_today: bool,
    note: Text | None = None,
) -> Screen:
    """Return how the receipts of `notice` stand, and a page of those who are missing."""
    return Screen(
        Lines(
            note,
            T("receipts.heading", number=str(notice.id), words=first_words(notice)),
            _confirmed(standing),
            _missing(standing),
            *_by_unit(people),
            BLANK,
            *_rounds(notice, standing),
        ),
        [
            *_acting(standing, chased_today=chased_today),
            pager(page, pages_of(standing), lambda turned: ShowMissing(notice.id, turned)),
            [
                Button(T("receipts.to_report"), ShowReport(notice.id, 1)),
                Button(T("receipts.to_notice"), OpenNotice(notice.id)),
            ],
            [home_button()],
        ],
    )


def ask_close(standing: Standing) -> Screen:
    """Ask whether to close the collection, and say what that changes."""
    return Screen(
        T("receipts.ask_close", confirmed=standing.confirmed, missing=standing.missing),
        [
            [
                Button(T("receipts.keep_open"), ShowMissing(standing.notice_id, 1)),
                Button(
                    T("receipts.close"), CloseReceipts(standing.notice_id, sure=True), Style.danger
                ),
            ]
        ],
    )


def _confirmed(standing: Standing) -> Text:
    if standing.late:
        return T(
            "receipts.confirmed_of_late",
            confirmed=standing.confirmed,
            total=standing.total,
            late=standing.late,
        )
    return T("receipts.confirmed_of", confirmed=standing.confirmed, total=standing.total)


def _missing(standing: Standing) -> Text:
    if standing.missing == 0:
        return T("receipts.all_confirmed")
    if standing.missing_units:
        return T("receipts.missing_by_unit", missing=standing.missing, units=standing.missing_units)
    return tn("receipts.missing", standing.missing)


def _by_unit(people: Sequence[Missing]) -> list[Text]:
    return [
        T(
            "receipts.unit_row",
            unit=T("receipts.no_unit") if unit is None else Plain(unit),
            names=Listed([_name(one) for one in members]),
        )
        for unit, members in groupby(people, key=lambda one: one.unit)
    ]


def _name(one: Missing) -> Text:
    name: Text = Plain(one.name) if one.name else T("receipts.nameless")
    why = T("receipts.state_waiting") if one.state is None else _why(one.state)
    return name if why is None else T("receipts.name_not_reached", name=name, why=why)


def _why(state: State) -> Text | None:
    return _STATES.get(state, T("receipts.state_waiting"))


def _rounds(notice: Notice, standing: Standing) -> list[Text]:
    lines: list[Text] = [_round(begun) for begun in standing.chases]
    if standing.closed_at is not None:
        return [*lines, T("receipts.closed_since", at=standing.closed_at)]
    by_clock = any(begun.by_id is None for begun in standing.chases)
    if notice.chase_at is not None and not by_clock:
        lines.append(T("receipts.chase_planned", at=notice.chase_at))
    return lines


def _round(begun: ReceiptChase) -> Text:
    key = "receipts.round_by_clock" if begun.by_id is None else "receipts.round_by_hand"
    return T(key, at=begun.at, asked=begun.asked)


def _acting(standing: Standing, *, chased_today: bool) -> list[Row]:
    if standing.closed_at is not None:
        return []
    close = Button(T("receipts.close"), CloseReceipts(standing.notice_id, sure=False))
    if standing.askable == 0 or chased_today:
        return [[close]]
    label = T("receipts.chase", count=standing.askable)
    return [[Button(label, ChaseMissing(standing.notice_id), Style.primary), close]]
