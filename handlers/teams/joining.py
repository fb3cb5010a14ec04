"""Joining a team by the link or the QR code that its lead hands on (ORG-09)."""

from bot.chat.access import ANYONE, needs
from bot.chat.call import Call
from bot.chat.cards import joining as consent
from bot.chat.cards.roles import team_name
from bot.chat.cards.teams import screens
from bot.chat.cards.teams.buttons import LINK, Join, TeamLink
from bot.chat.screen import Answer
from bot.core.roles import Role
from bot.features.people.models import Person
from bot.features.teams.access import access_team
from bot.features.teams.joining import join_by_code, look_up, renew_code, team_code
from handlers.teams.feature import LEADING, feature

_IN_TEAMS = needs(Role.volunteer, Role.team_lead)


@feature.press(TeamLink, LEADING)
def show_link(call: Call, pressed: TeamLink) -> Answer:
    """Make the link and the QR code of a team."""
    team = access_team(call.config, call.actor, pressed.team)
    make = renew_code if pressed.renew else team_code
    code = make(call.work, actor=call.actor, team=team.slug, config=call.config)
    return screens.link_screen(call, team, code)


@feature.link(LINK, ANYONE)
def open_team(call: Call, code: str) -> Answer:
    """Ask whether to join; who is no volunteer yet registers first and comes back here."""
    team = look_up(call.work, code, call.config)
    if not call.actor.may({Role.volunteer, Role.team_lead}):
        return consent.consent(call, code=None, offer=None, then=f"{LINK}_{code}")
    before = call.work.session.get_one(Person, call.actor.person_id).team
    if before == team.slug:
        return screens.joined(team)
    left = None if before is None else team_name(call.config, before)
    return screens.ask_join(team, code, before=left)


@feature.press(Join, _IN_TEAMS)
def join(call: Call, pressed: Join) -> Answer:
    """Put the actor into the team."""
    return screens.joined(
        join_by_code(call.work, actor=call.actor, code=pressed.code, config=call.config)
    )
