"""Who may do what with teams, with people without Telegram, and with minors."""

from bot.chat.cards import inviting, joining, minors
from bot.chat.cards.posts import buttons as posts
from bot.chat.cards.teams import buttons as teams
from tests.security.circles import (
    ALL,
    IN_TEAMS,
    LEADING,
    OFFICE,
    REGISTERED,
    REGISTRARS,
    VOLUNTEER,
    May,
)
from tests.security.furniture import TEAM

TEAM_PRESSES: dict[type, May] = {
    joining.WantFor: May(ALL, lambda it: joining.WantFor(f"post_{it.own_post}")),
    joining.AgreeFor: May(ALL, lambda it: joining.AgreeFor(f"post_{it.own_post}")),
    inviting.ForTeam: May(OFFICE, lambda _: inviting.ForTeam()),
    inviting.InviteTeamLead: May(OFFICE, lambda _: inviting.InviteTeamLead(TEAM)),
    posts.Bring: May(ALL, lambda it: posts.Bring(it.own_post, 1)),
    posts.NearMe: May(ALL, lambda _: posts.NearMe()),
    posts.PostLink: May(ALL, lambda it: posts.PostLink(it.own_post)),
    posts.SignOthers: May(REGISTRARS, lambda it: posts.SignOthers(it.own_post, 1)),
    posts.SignUpFor: May(REGISTRARS, lambda it: posts.SignUpFor(it.own_post, it.enrolled)),
    posts.TakeOff: May(REGISTRARS, lambda it: posts.TakeOff(it.own_post, it.enrolled)),
    posts.SignUpAll: May(REGISTRARS, lambda it: posts.SignUpAll(it.own_post)),
    minors.ListMinors: May(REGISTRARS, lambda it: minors.ListMinors(it.own_post, 1)),
    minors.UnmarkMinor: May(OFFICE, lambda it: minors.UnmarkMinor(it.own_post, it.ward, sure=True)),
    teams.ShowTeam: May(LEADING, lambda _: teams.ShowTeam(TEAM)),
    teams.LedTeams: May(LEADING, lambda _: teams.LedTeams()),
    teams.Members: May(LEADING, lambda _: teams.Members(TEAM, 1)),
    teams.RemoveMember: May(LEADING, lambda it: teams.RemoveMember(it.enrolled, sure=True)),
    teams.TeamLink: May(LEADING, lambda _: teams.TeamLink(TEAM, renew=False)),
    teams.Join: May(IN_TEAMS, lambda it: teams.Join(it.team_code)),
    teams.Plans: May(LEADING, lambda _: teams.Plans(TEAM)),
    teams.EndPlan: May(LEADING, lambda it: teams.EndPlan(it.team_plan, sure=True)),
    minors.Minor: May(VOLUNTEER, lambda _: minors.Minor()),
    minors.DeclareMinor: May(VOLUNTEER, lambda _: minors.DeclareMinor()),
    minors.AskUnmark: May(VOLUNTEER, lambda _: minors.AskUnmark()),
    minors.GrantUnmark: May(OFFICE, lambda it: minors.GrantUnmark(it.ward)),
    minors.GuardianLink: May(VOLUNTEER, lambda _: minors.GuardianLink()),
    minors.ConfirmGuardian: May(REGISTERED, lambda it: minors.ConfirmGuardian(it.guardian_code)),
}
