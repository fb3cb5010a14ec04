"""Who may press the buttons of bulletins: the office alone (BUL-04)."""

from bot.chat.cards.bulletins import buttons as bulletins
from tests.security.bulletins import FIRST, LAST
from tests.security.circles import OFFICE, May

BULLETINS: dict[type, May] = {
    bulletins.ListBulletins: May(OFFICE, lambda _: bulletins.ListBulletins(1, None)),
    bulletins.AskPeriod: May(OFFICE, lambda _: bulletins.AskPeriod()),
    bulletins.BeginBulletin: May(OFFICE, lambda _: bulletins.BeginBulletin(FIRST, LAST)),
    bulletins.OpenBulletin: May(OFFICE, lambda it: bulletins.OpenBulletin(it.bulletins.issued)),
    bulletins.ShowMaterial: May(OFFICE, lambda it: bulletins.ShowMaterial(it.bulletins.draft, 1)),
    bulletins.PutReport: May(
        OFFICE,
        lambda it: bulletins.PutReport(it.bulletins.draft, it.bulletins.report, 1, chosen=True),
    ),
    bulletins.PutPage: May(
        OFFICE, lambda it: bulletins.PutPage(it.bulletins.draft, 1, chosen=False)
    ),
    bulletins.ListItems: May(OFFICE, lambda it: bulletins.ListItems(it.bulletins.draft, 1)),
    bulletins.OpenItem: May(OFFICE, lambda it: bulletins.OpenItem(it.bulletins.item)),
    bulletins.RemoveItem: May(OFFICE, lambda it: bulletins.RemoveItem(it.bulletins.item)),
    bulletins.MakeBulletin: May(OFFICE, lambda it: bulletins.MakeBulletin(it.bulletins.issued)),
    bulletins.AskIssue: May(OFFICE, lambda it: bulletins.AskIssue(it.bulletins.draft)),
    bulletins.IssueBulletin: May(OFFICE, lambda it: bulletins.IssueBulletin(it.bulletins.draft, 1)),
    bulletins.CorrectBulletin: May(
        OFFICE, lambda it: bulletins.CorrectBulletin(it.bulletins.issued)
    ),
    bulletins.ReadBulletin: May(OFFICE, lambda it: bulletins.ReadBulletin(it.bulletins.issued, 1)),
    bulletins.PutItem: May(OFFICE, lambda it: bulletins.PutItem(it.bulletins.item, 1)),
    bulletins.MakePaper: May(OFFICE, lambda it: bulletins.MakePaper(it.bulletins.issued)),
    bulletins.AskDrop: May(OFFICE, lambda it: bulletins.AskDrop(it.bulletins.draft)),
    bulletins.DropBulletin: May(OFFICE, lambda it: bulletins.DropBulletin(it.bulletins.draft)),
}
