"""Who may do what at the time of a post and after it, written down by hand."""

from bot.chat.cards.attendance import buttons as attendance
from bot.chat.cards.closing import buttons as closing
from bot.features.attendance.roll import Mark
from tests.security.circles import CONTACT, IN_CHARGE, REGISTERED, May

STAND_PRESSES: dict[type, May] = {
    attendance.AskCode: May(REGISTERED, lambda it: attendance.AskCode(it.own_post)),
    attendance.CheckOut: May(REGISTERED, lambda it: attendance.CheckOut(it.own_post, sure=True)),
    attendance.CountCompanions: May(
        REGISTERED, lambda it: attendance.CountCompanions(it.own_post, 1)
    ),
    attendance.ShowCode: May(IN_CHARGE, lambda it: attendance.ShowCode(it.own_post)),
    attendance.ShowQr: May(IN_CHARGE, lambda it: attendance.ShowQr(it.own_post)),
    attendance.TakeRoll: May(IN_CHARGE, lambda it: attendance.TakeRoll(it.own_post, 1)),
    attendance.MarkPerson: May(
        IN_CHARGE,
        lambda it: attendance.MarkPerson(it.own_post, it.stand.own_signup, Mark.here, 0, 1),
    ),
    attendance.AllHere: May(IN_CHARGE, lambda it: attendance.AllHere(it.own_post)),
    attendance.OnePerson: May(
        IN_CHARGE, lambda it: attendance.OnePerson(it.own_post, it.stand.own_signup, 1)
    ),
    attendance.SetPresent: May(
        IN_CHARGE, lambda it: attendance.SetPresent(it.own_post, it.stand.own_signup, 1, 1)
    ),
    closing.FileResult: May(CONTACT, lambda it: closing.FileResult(it.stand.own_closed, 1)),
    closing.ShowResult: May(CONTACT, lambda it: closing.ShowResult(it.stand.own_closed)),
}
