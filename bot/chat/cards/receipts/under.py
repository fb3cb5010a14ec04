"""What stands under a notice: 收到 for its readers, and for the office what came back from it."""

from dataclasses import replace

from bot.chat.cards.notices.message import under_notices
from bot.chat.cards.receipts.buttons import ShowMissing, ShowReplies, ShowReport, confirm_row
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import T
from bot.db.work import View
from bot.features.notices.models import Notice
from bot.features.receipts.replying import count_replies
from bot.features.receipts.standing import count_missing, wants_receipt


@under_notices
def confirming_row(notice: Notice) -> Row:
    """Return 收到 where the notice wants it."""
    return confirm_row(notice.id, asked=False) if wants_receipt(notice) else []


def with_what_came_back(view: View, notice: Notice, card: Screen) -> Screen:
    """Return the office's `card` of a notice with the way to its receipts, replies and report."""
    row: list[Button] = []
    if wants_receipt(notice):
        label = T("receipts.missing_button", missing=count_missing(view, notice.id))
        row.append(Button(label, ShowMissing(notice.id, 1)))
    replies = count_replies(view, notice.id)
    if replies:
        label = T("receipts.replies_button", count=replies)
        row.append(Button(label, ShowReplies(notice.id, 1)))
    row.append(Button(T("receipts.to_report"), ShowReport(notice.id, 1)))
    return replace(card, rows=[row, *card.rows])
