"""The buttons of receipts."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.screen import Button, Row, Style
from bot.chat.text import T

ANSWER = "answer"
"""The conversation in which the office answers what somebody wrote back."""


@callback("rc.c")
@dataclass(frozen=True)
class ConfirmReceipt:
    """Says that a notice was received (收到); `asked` under a message that asked again."""

    notice_id: int
    asked: bool


@callback("rc.m", shows=True)
@dataclass(frozen=True)
class ShowMissing:
    """Shows a page of those who have not confirmed a notice."""

    notice_id: int
    page: int


@callback("rc.h")
@dataclass(frozen=True)
class ChaseMissing:
    """Asks those who have not confirmed again."""

    notice_id: int


@callback("rc.x")
@dataclass(frozen=True)
class CloseReceipts:
    """Closes the collection; asks first unless `sure`."""

    notice_id: int
    sure: bool


@callback("rc.r", shows=True)
@dataclass(frozen=True)
class ShowReport:
    """Shows a page of the report of a notice, by unit."""

    notice_id: int
    page: int


@callback("rc.q")
@dataclass(frozen=True)
class RequeueFailed:
    """Sends the failed messages of a notice again; asks first unless `sure`."""

    notice_id: int
    sure: bool


@callback("rc.f")
@dataclass(frozen=True)
class MakeReport:
    """Has the report of a notice made into a workbook."""

    notice_id: int


@callback("rc.a", shows=True)
@dataclass(frozen=True)
class ShowReplies:
    """Shows a page of what people wrote back to a notice, the newest first."""

    notice_id: int
    page: int


def confirm_row(notice_id: int, *, asked: bool) -> Row:
    """Return the row under a notice, or under what asks again, by which its reader confirms."""
    press = ConfirmReceipt(notice_id, asked=asked)
    return [Button(T("receipts.confirm"), press, Style.primary)]
