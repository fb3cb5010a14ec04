"""Who may press the buttons about what came back from a notice."""

from bot.chat.cards.receipts import buttons as receipts
from tests.security.circles import OFFICE, REGISTERED, May

CAME_BACK: dict[type, May] = {
    receipts.ConfirmReceipt: May(
        REGISTERED, lambda it: receipts.ConfirmReceipt(it.notice, asked=True)
    ),
    receipts.ShowMissing: May(OFFICE, lambda it: receipts.ShowMissing(it.notice, 1)),
    receipts.ChaseMissing: May(OFFICE, lambda it: receipts.ChaseMissing(it.notice)),
    receipts.CloseReceipts: May(OFFICE, lambda it: receipts.CloseReceipts(it.notice, sure=True)),
    receipts.ShowReport: May(OFFICE, lambda it: receipts.ShowReport(it.notice, 1)),
    receipts.RequeueFailed: May(OFFICE, lambda it: receipts.RequeueFailed(it.notice, sure=True)),
    receipts.MakeReport: May(OFFICE, lambda it: receipts.MakeReport(it.notice)),
    receipts.ShowReplies: May(OFFICE, lambda it: receipts.ShowReplies(it.notice, 1)),
}
