"""Inviting people and taking invitations back: /invite (design, section 7; ORG-18)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards import inviting as cards
from bot.chat.cards.inviting import (
    ForTeam,
    ForUnit,
    Invite,
    InviteTeamLead,
    Inviting,
    OpenOnes,
    TakeBack,
)
from bot.chat.cards.roles import bound_to
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.core.errors import NotAllowed
from bot.core.roles import Role, may_invite
from bot.features.people.invitations import (
    access_invitation,
    find_by_code,
    invite,
    open_invitations,
    revoke,
)
from bot.features.people.models import Invitation
from bot.features.units.access import access_unit
from bot.features.units.models import Unit
from bot.features.units.queries import answering_units

feature = Feature("inviting")


@feature.command("invite", OFFICE_ONLY)
def start_inviting(call: Call, _: str) -> Screen:
    """Ask to which role somebody is invited."""
    return _whom(call)


@feature.press(Inviting, OFFICE_ONLY)
def inviting(call: Call, _: Inviting) -> Screen:
    """Ask to which role somebody is invited."""
    return _whom(call)


@feature.press(ForUnit, OFFICE_ONLY)
def for_unit(call: Call, data: ForUnit) -> Screen:
    """Ask for which unit."""
    _check_may(call, data.role)
    return cards.units_screen(data.role, answering_units(call.work), data.page)


@feature.press(Invite, OFFICE_ONLY)
def make(call: Call, data: Invite) -> Screen:
    """Make an invitation and show its link, this once."""
    unit = None
    if data.unit_id is not None:
        unit = access_unit(call.work, call.actor, data.unit_id)
    code = invite(call.work, actor=call.actor, role=data.role, unit=unit, config=call.config)
    made = find_by_code(call.work, code)
    if made is None:
        raise LookupError(code[:0])
    return cards.invitation_screen(call, made, None if unit is None else unit.name, code)


@feature.press(ForTeam, OFFICE_ONLY)
def for_team(call: Call, _: ForTeam) -> Screen:
    """Ask which team somebody is to lead."""
    return cards.teams_screen(call.config)


@feature.press(InviteTeamLead, OFFICE_ONLY)
def make_for_team(call: Call, data: InviteTeamLead) -> Screen:
    """Make an invitation to lead a team and show its link, this once."""
    code = invite(
        call.work,
        actor=call.actor,
        role=Role.team_lead,
        unit=None,
        config=call.config,
        team=data.team,
    )
    made = find_by_code(call.work, code)
    if made is None:
        raise LookupError(code[:0])
    return cards.invitation_screen(call, made, None, code)


@feature.press(OpenOnes, OFFICE_ONLY)
def open_ones(call: Call, data: OpenOnes) -> Screen:
    """Show the invitations that nobody has taken up yet."""
    return cards.open_screen(call.config, open_invitations(call.work, call.actor), data.page)


@feature.press(TakeBack, OFFICE_ONLY)
def take_back(call: Call, data: TakeBack) -> Screen:
    """Take an invitation back, after a second press."""
    invitation = access_invitation(call.work, call.actor, data.invitation_id)
    if not data.sure:
        return cards.take_back_question(invitation, _unit_name(call, invitation))
    revoke(call.work, actor=call.actor, invitation_id=data.invitation_id)
    return cards.open_screen(call.config, open_invitations(call.work, call.actor), 1)


def _whom(call: Call) -> Screen:
    return cards.inviting_screen(call.actor, len(open_invitations(call.work, call.actor)))


def _check_may(call: Call, role: Role) -> None:
    if not may_invite(call.actor.roles, role):
        raise NotAllowed


def _unit_name(call: Call, invitation: Invitation) -> str | None:
    unit = None if invitation.unit_id is None else call.work.session.get(Unit, invitation.unit_id)
    return bound_to(call.config, None if unit is None else unit.name, invitation.team)
