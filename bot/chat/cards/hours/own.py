"""A person's own hours."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.hours.buttons import (
    ADD_HOURS,
    SAY_WRONG,
    CertificateMonths,
    HoursDesk,
    MyHours,
)
from bot.chat.cards.hours.words import duration, kind_name, where
from bot.chat.cards.posts.buttons import MyPosts
from bot.chat.cards.posts.words import mark
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.features.hours.models import HourKind
from bot.features.hours.queries import Entry, OwnHours
from bot.features.hours.rules import Totals

PAGE = 5
"""Entries on one page."""
_ACROSS = 3
_BETWEEN = " · "


def month_line(month: Totals) -> Text:
    """Return the month's hours in one line, kind by kind."""
    parts = [
        T("hours.kind_and_time", kind=kind_name(kind), time=duration(month.of(kind)))
        for kind in HourKind
        if month.of(kind)
    ]
    if not parts:
        return T("hours.month_none")
    return T("hours.month_line", hours=Listed(parts, between=_BETWEEN))


def hours_button() -> Button:
    """Return the button that leads to the own hours."""
    return Button(T("hours.mine"), MyHours(1))


def my_hours(
    own: OwnHours, entries: Sequence[Entry], *, total: int, page: int, waiting: int, judges: bool
) -> Screen:
    """Return a person's totals by kind and a page of their entries.

    `waiting` are requests about them that nobody decided yet; `judges` leads to deciding on those
    of others.
    """
    pages = page_count(total, size=PAGE)
    return Screen(
        Lines(
            T("hours.title"),
            T("hours.apart"),
            BLANK,
            *(line for kind in HourKind for line in _kind_lines(own, kind)),
            BLANK,
            T("hours.last") if entries else T("hours.none"),
            *(_entry(number, one) for number, one in enumerate(entries, 1)),
            tn("hours.waiting", waiting) if waiting else None,
        ),
        [
            *rows_of([_wrong(number, one) for number, one in enumerate(entries, 1)], width=_ACROSS),
            pager(min(max(page, 1), pages), pages, MyHours),
            *_ways(some=bool(total), judges=judges),
        ],
    )


def asked(words: Text) -> Screen:
    """Return the receipt of a request."""
    return Screen(Lines(words, T("hours.asked_next")), [[hours_button(), home_button()]])


def entry_text(entry: Entry) -> Text:
    """Return an entry in one line."""
    return T(
        "hours.entry",
        day=entry.day,
        place=where(entry.place),
        kind=kind_name(entry.kind),
        time=duration(entry.minutes),
    )


def entry_card(call: Call, entry: Entry) -> Text:
    """Return an entry, and why it was corrected last."""
    del call
    return Lines(
        entry_text(entry),
        None if entry.reason is None else T("hours.corrected_why", reason=entry.reason),
    )


def _kind_lines(own: OwnHours, kind: HourKind) -> Sequence[Text]:
    return (
        T("hours.kind_head", kind=kind_name(kind)),
        T(
            "hours.kind_times",
            month=duration(own.month.of(kind)),
            year=duration(own.year.of(kind)),
            ever=duration(own.ever.of(kind)),
        )
        if own.ever.of(kind)
        else T("hours.kind_none"),
    )


def _entry(number: int, entry: Entry) -> Text:
    line = T("hours.numbered", mark=mark(number), entry=entry_text(entry))
    if entry.reason is None:
        return line
    return Lines(line, T("hours.corrected_why", reason=entry.reason))


def _wrong(number: int, entry: Entry) -> Button:
    return Button(T("hours.wrong", mark=mark(number)), Begin(SAY_WRONG, str(entry.id)))


def _ways(*, some: bool, judges: bool) -> Sequence[Row]:
    first = [Button(T("hours.add"), Begin(ADD_HOURS))]
    if some:
        first.append(Button(T("hours.certificate"), CertificateMonths()))
    rows: list[Row] = [first]
    if judges:
        rows.append([Button(T("hours.desk"), HoursDesk(1))])
    return [*rows, [Button(T("posts.back"), MyPosts(1)), home_button()]]
