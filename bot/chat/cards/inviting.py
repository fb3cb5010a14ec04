"""Inviting people to roles by links, and taking invitations back (ORG-18)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link_to_forward
from bot.chat.cards.roles import bound_to, role_for, role_name
from bot.chat.cards.staff import ShowStaff
from bot.chat.desk import Desk
from bot.chat.pager import page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, LinkButton, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import Plain, T, tn
from bot.config import Config
from bot.core.roles import UNIT_BOUND, Role, may_invite
from bot.features.outbox.models import Lane
from bot.features.people.actor import Actor
from bot.features.people.facts import InvitationAccepted
from bot.features.people.invitations import OpenInvitation
from bot.features.people.models import Invitation, Person
from bot.features.units.models import Unit

PAGE = 8
"""Lines on one page of a list."""

_INVITED = (
    Role.contact,
    Role.unit_head,
    Role.team_lead,
    Role.supervisor,
    Role.coordinator,
    Role.admin,
)
"""Roles that people are invited to; volunteers register, a post's lead is named with the post."""


@callback("iv", shows=True)
@dataclass(frozen=True)
class Inviting:
    """Shows whom one may invite."""


@callback("iv.u", shows=True)
@dataclass(frozen=True)
class ForUnit:
    """Shows a page of the units for which somebody may be invited to `role`."""

    role: Role
    page: int


@callback("iv.n")
@dataclass(frozen=True)
class Invite:
    """Makes an invitation; `unit_id` None for a role that is held for none."""

    role: Role
    unit_id: int | None


@callback("iv.tm", shows=True)
@dataclass(frozen=True)
class ForTeam:
    """Shows the teams that somebody may be invited to lead."""


@callback("iv.t")
@dataclass(frozen=True)
class InviteTeamLead:
    """Makes an invitation to lead `team`; None: whichever team they belong to."""

    team: str | None


@callback("iv.o", shows=True)
@dataclass(frozen=True)
class OpenOnes:
    """Shows a page of the invitations that nobody has taken up yet."""

    page: int


@callback("iv.x")
@dataclass(frozen=True)
class TakeBack:
    """Takes an invitation back; asks first unless `sure`."""

    invitation_id: int
    sure: bool


def inviting_screen(actor: Actor, open_count: int) -> Screen:
    """Ask to which role somebody is invited; none above the own."""
    buttons: list[Button | LinkButton] = [
        Button(role_name(role), _first_press(role))
        for role in _INVITED
        if may_invite(actor.roles, role)
    ]
    return Screen(
        T("inviting.which_role"),
        [
            *rows_of(buttons, width=2),
            [
                Button(tn("inviting.open_ones", open_count), OpenOnes(1)),
                Button(T("staff.see"), ShowStaff(1)),
            ],
            [home_button()],
        ],
    )


def units_screen(role: Role, units: Sequence[Unit], number: int) -> Screen:
    """Ask for which unit somebody is invited."""
    page = page_of(units, number, size=PAGE)
    rows: list[Row] = [[Button(Plain(unit.name), Invite(role, unit.id))] for unit in page.items]
    return Screen(
        T("inviting.which_unit", role=role_name(role)),
        [
            *rows,
            pager(page.number, page.pages, lambda to: ForUnit(role, to)),
            [Button(T("inviting.back"), Inviting()), home_button()],
        ],
    )


def teams_screen(config: Config) -> Screen:
    """Ask which team somebody is invited to lead."""
    rows: list[Row] = [
        [Button(Plain(team.name), InviteTeamLead(team.slug))] for team in config.volunteer_teams
    ]
    return Screen(
        T("teams.lead_which"),
        [
            *rows,
            [Button(T("teams.lead_own"), InviteTeamLead(None))],
            [Button(T("inviting.back"), Inviting()), home_button()],
        ],
    )


def invitation_screen(desk: Desk, invitation: Invitation, unit: str | None, code: str) -> Screen:
    """Return what to do with a new invitation, and the message to forward."""
    role = role_for(invitation.role, bound_to(desk.config, unit, invitation.team))
    return Screen(
        T("inviting.made", role=role, until=invitation.expires_at),
        [
            [Button(T("inviting.again"), Inviting())],
            [Button(T("inviting.take_back"), TakeBack(invitation.id, sure=False)), home_button()],
        ],
        also=[link_to_forward(desk, T("inviting.forward", role=role), code)],
    )


def open_screen(config: Config, found: Sequence[OpenInvitation], number: int) -> Screen:
    """Return a page of the open invitations, each a button that leads to taking it back."""
    page = page_of(found, number, size=PAGE)
    rows: list[Row] = [
        [
            Button(
                T(
                    "inviting.row",
                    role=role_for(one.role, bound_to(config, one.unit, one.team)),
                    until=one.expires_at,
                ),
                TakeBack(one.id, sure=False),
            )
        ]
        for one in page.items
    ]
    text = tn("inviting.open_title", len(found)) if found else T("inviting.none_open")
    return Screen(
        text,
        [
            *rows,
            pager(page.number, page.pages, OpenOnes),
            [Button(T("inviting.back"), Inviting()), home_button()],
        ],
    )


def take_back_question(invitation: Invitation, unit: str | None) -> Screen:
    """Ask whether an invitation is taken back."""
    return Screen(
        T("inviting.take_back_question", role=role_for(invitation.role, unit)),
        [
            [Button(T("inviting.keep"), OpenOnes(1), Style.primary)],
            [Button(T("inviting.take_back"), TakeBack(invitation.id, sure=True), Style.danger)],
        ],
    )


@tells(InvitationAccepted)
def _tell_inviter(desk: Desk, fact: InvitationAccepted) -> None:
    person = desk.work.session.get(Person, fact.person_id)
    unit = None if fact.unit_id is None else desk.work.session.get(Unit, fact.unit_id)
    held_for = bound_to(desk.config, None if unit is None else unit.name, fact.team)
    role = role_for(fact.role, held_for)
    name = "" if person is None else person.name
    screen = Screen(T("inviting.accepted", name=name, role=role), [[home_button()]])
    key = f"accepted:{fact.invitation_id}"
    desk.send(fact.inviter_id, screen, lane=Lane.reminder, key=key)


def _first_press(role: Role) -> ForUnit | ForTeam | Invite:
    if role is Role.team_lead:
        return ForTeam()
    return ForUnit(role, 1) if role in UNIT_BOUND else Invite(role, None)
