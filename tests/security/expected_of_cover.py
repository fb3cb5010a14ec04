"""Who may press the buttons of cover."""

from bot.chat.cards.cover import buttons as cover
from tests.security.circles import ALL, IN_CHARGE, OFFICE, REGISTERED, May

COVER: dict[type, May] = {
    cover.NotComing: May(REGISTERED, lambda it: cover.NotComing(it.own_post)),
    cover.LookForStandIn: May(REGISTERED, lambda it: cover.LookForStandIn(it.own_post)),
    cover.AskAround: May(frozenset({"volunteer"}), lambda it: cover.AskAround(it.cover.search)),
    cover.StopLooking: May(frozenset({"volunteer"}), lambda it: cover.StopLooking(it.cover.search)),
    cover.ChooseSwap: May(REGISTERED, lambda it: cover.ChooseSwap(it.own_post)),
    cover.ProposeSwap: May(REGISTERED, lambda it: cover.ProposeSwap(it.own_post, it.other_post)),
    cover.TakeByLink: May(ALL, lambda it: cover.TakeByLink(it.cover.code)),
    cover.AcceptAsk: May(frozenset({"team_lead"}), lambda it: cover.AcceptAsk(it.cover.ask)),
    cover.DeclineAsk: May(frozenset({"team_lead"}), lambda it: cover.DeclineAsk(it.cover.ask)),
    cover.RestThisWeek: May(REGISTERED, lambda _: cover.RestThisWeek(None)),
    cover.AskAgain: May(REGISTERED, lambda _: cover.AskAgain()),
    cover.PreviewCover: May(IN_CHARGE, lambda it: cover.PreviewCover(it.own_post)),
    cover.CallForCover: May(IN_CHARGE, lambda it: cover.CallForCover(it.own_post, 0)),
    cover.PostsAtRisk: May(OFFICE, lambda _: cover.PostsAtRisk(1)),
}
