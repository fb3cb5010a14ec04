"""What a team lead sees of the team, and changes."""

from bot.chat.call import Call
from bot.chat.cards.teams import plans as plan_cards
from bot.chat.cards.teams import screens
from bot.chat.cards.teams.buttons import (
    EndPlan,
    LedTeams,
    Members,
    Plans,
    RemoveMember,
    ShowTeam,
)
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T, Text
from bot.core.dates import end_of, local_day, start_of
from bot.core.roles import OFFICE
from bot.features.teams import joining, plans, queries
from bot.features.teams.access import access_team, find_team, led_teams
from handlers.teams.feature import LEADING, feature

_POSTS = 6


@feature.home(45, LEADING)
def home(call: Call) -> HomePart:
    """Lead to the teams that the person answers for."""
    teams = led_teams(call.config, call.actor)
    if not teams:
        return HomePart()
    press = ShowTeam(teams[0].slug) if len(teams) == 1 else LedTeams()
    return HomePart(buttons=[Button(T("teams.mine"), press)])


@feature.press(LedTeams, LEADING)
def show_teams(call: Call, _: LedTeams) -> Answer:
    """Show the teams that the person answers for."""
    return screens.led_teams(led_teams(call.config, call.actor), queries.summaries(call.work))


@feature.press(ShowTeam, LEADING)
def show_team(call: Call, pressed: ShowTeam) -> Answer:
    """Show a team."""
    team = access_team(call.config, call.actor, pressed.team)
    summary = queries.summaries(call.work).get(team.slug, queries.TeamSummary(0, 0))
    return screens.team_screen(
        call,
        team,
        summary,
        queries.next_posts(call.work, team.slug, most=_POSTS),
        queries.progress(call.work, team.slug, call.config.time.zone_info),
    )


@feature.press(Members, LEADING)
def show_members(call: Call, pressed: Members) -> Answer:
    """Show a page of a team's people."""
    team = access_team(call.config, call.actor, pressed.team)
    return screens.members_screen(team, queries.members(call.work, team.slug), pressed.page)


@feature.press(RemoveMember, LEADING)
def remove_member(call: Call, pressed: RemoveMember) -> Answer:
    """Ask whether somebody is taken out of their team, or do it."""
    person = joining.access_member(call.work, call.actor, pressed.person_id, call.config)
    team = find_team(call.config, person.team or "")
    if not pressed.sure:
        return screens.ask_remove(person, team)
    joining.remove_member(call.work, actor=call.actor, person_id=person.id, config=call.config)
    note = T("teams.removed", name=person.name)
    return screens.members_screen(team, queries.members(call.work, team.slug), 1, note=note)


@feature.press(Plans, LEADING)
def show_plans(call: Call, pressed: Plans) -> Answer:
    """Show the plans of a team against what was done."""
    return plans_of(call, pressed.team)


@feature.press(EndPlan, LEADING)
def end_plan(call: Call, pressed: EndPlan) -> Answer:
    """Ask whether to end a plan, or do it."""
    plan = plans.access_plan(call.work, call.actor, pressed.plan_id, call.config)
    if not pressed.sure:
        return plan_cards.ask_end(plan)
    plans.end_plan(call.work, actor=call.actor, plan_id=plan.id, config=call.config)
    return plans_of(call, plan.team, note=T("teams.plan_ended", theme=plan.theme))


def plans_of(call: Call, slug: str, note: Text | None = None) -> Screen:
    """Return the plans of a team, `note` above them. Raises NotFound and NotAllowed."""
    team = access_team(call.config, call.actor, slug)
    zone = call.config.time.zone_info
    year = local_day(call.now, zone).replace(month=1, day=1)
    done = queries.done_between(
        call.work,
        slug,
        start_of(year, zone),
        end_of(local_day(call.now, zone), zone),
    )
    return plan_cards.plans_screen(
        team,
        queries.progress(call.work, slug, zone),
        done=done,
        publishes=bool(call.actor.roles & OFFICE),
        note=note,
    )
