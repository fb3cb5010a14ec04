"""The month's whole text, page by page: as it stands now, and as it was filed."""

from collections.abc import Callable, Sequence

from bot.chat.cards.deadlines.buttons import MONTH, OpenFiling, ShowMonth, slot_arg
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import ShowFiledText, ShowWhole, SubmitMonth
from bot.chat.cards.months.card import MonthView
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import Lines, Plain, T, Text
from bot.core.text import pages
from bot.features.deadlines.board import FilingCard

PAGE_UNITS = 3600
"""UTF-16 units of text on a page: the head and what counts pages fit beside it into a message."""


def whole_screen(view: MonthView, document: str, *, number: int) -> Screen:
    """Return a page of what would be filed now, with the button that files it."""
    slot = view.slot
    named = (slot.unit.id, slot.deadline.obligation.id, slot.deadline.period)
    rows: list[Row] = []
    if view.may_file:
        row = [Button(T("months.add_words"), Begin(MONTH, slot_arg(slot)))]
        if view.is_new and not view.month.is_empty:
            submit = SubmitMonth(*named, view.month.mark)
            row.insert(0, Button(T("conversation.submit"), submit, Style.primary))
        rows.append(row)
    head = T("months.whole_head", title=title(slot.deadline), unit=slot.unit.name)
    back = Button(T("deadlines.back"), ShowMonth(*named))
    return _page(
        head,
        pages(document, PAGE_UNITS),
        number,
        lambda to: ShowWhole(*named, to),
        [*rows, [back, home_button()]],
    )


def filed_text_screen(card: FilingCard, document: str, *, number: int) -> Screen:
    """Return a page of a version as it was filed."""
    submission = card.submission
    head = T(
        "deadlines.filing_head",
        title=title(card.deadline),
        unit=card.unit.name,
        version=str(submission.version),
    )
    return _page(
        head,
        pages(document, PAGE_UNITS),
        number,
        lambda to: ShowFiledText(submission.id, to),
        [[Button(T("deadlines.back"), OpenFiling(submission.id)), home_button()]],
    )


def _page(
    head: Text,
    pieces: Sequence[str],
    number: int,
    turn: Callable[[int], object],
    rows: Sequence[Row],
) -> Screen:
    page = page_of(pieces, number, size=1)
    return Screen(
        Lines(head, Plain(""), Plain(page.items[0])), [pager(page.number, page.pages, turn), *rows]
    )
