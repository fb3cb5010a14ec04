"""Notices that a person has to decide on: they have no time in the calendar until then."""

from collections.abc import Sequence

from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.notices.models import Notice, NoticeState


def undecided_lines(notices: Sequence[Notice]) -> Text | None:
    """Return what waits for a person; None where nothing does."""
    if not notices:
        return None
    return Lines(BLANK, T("rehearsal.undecided"), *(_line(one) for one in notices))


def undecided_rows(notices: Sequence[Notice]) -> list[Row]:
    """Return a button for each that opens it."""
    return [
        [Button(T("rehearsal.see_notice", number=str(one.id)), OpenNotice(one.id))]
        for one in notices
    ]


def _line(notice: Notice) -> Text:
    number = str(notice.id)
    if notice.state is NoticeState.paused:
        return T("rehearsal.undecided_paused", number=number)
    if notice.state is not NoticeState.awaiting:
        return T("rehearsal.undecided_words", number=number, people=notice.total)
    if notice.send_at is None:
        return T("rehearsal.undecided_now", number=number, people=notice.total)
    return T("rehearsal.undecided_later", number=number, people=notice.total, at=notice.send_at)
