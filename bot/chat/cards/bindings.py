"""Handing a role over and giving one up, and what the others are told of it (ORG-06)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.home import More, home_button
from bot.chat.cards.links import link_to_forward
from bot.chat.cards.roles import role_for
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import T, Text
from bot.features.outbox.models import Lane
from bot.features.people.facts import GrantRemoved, HandedOver, RolesChanged
from bot.features.people.models import Grant, Invitation, Person
from bot.features.people.service import mark_menu
from bot.features.units.models import Unit


@callback("ho")
@dataclass(frozen=True)
class HandOver:
    """Hands over what is held for a unit; None asks what."""

    grant_id: int | None


@callback("lv")
@dataclass(frozen=True)
class Leave:
    """Gives a role up: None asks which, without `sure` asks whether."""

    grant_id: int | None
    sure: bool


Units = Mapping[int, Unit]


def named(grant: Grant, units: Units) -> Text:
    """Return what a grant gives, with its unit."""
    unit = None if grant.unit_id is None else units[grant.unit_id].name
    return role_for(grant.role, unit)


def hand_over_choice(grants: Sequence[Grant], units: Units) -> Screen:
    """Ask which role is handed over."""
    rows: list[Row] = [[Button(named(grant, units), HandOver(grant.id))] for grant in grants]
    return Screen(T("bindings.hand_over_what"), [*rows, _back()])


def hand_over_link(desk: Desk, invitation: Invitation, role: Text, code: str) -> Screen:
    """Return what to do with the link, and the message to forward."""
    return Screen(
        T("bindings.hand_over_link", role=role, until=invitation.expires_at),
        [_back()],
        also=[link_to_forward(desk, T("bindings.forward", role=role), code)],
    )


def leave_choice(grants: Sequence[Grant], units: Units) -> Screen:
    """Ask which role is given up."""
    rows: list[Row] = [
        [Button(named(grant, units), Leave(grant.id, sure=False))] for grant in grants
    ]
    return Screen(T("bindings.leave_what"), [*rows, _back()])


def leave_question(grant: Grant, role: Text) -> Screen:
    """Ask whether a role is given up, and say what stays."""
    return Screen(
        T("bindings.leave_question", role=role),
        [
            [Button(T("bindings.keep"), More(), Style.primary)],
            [Button(T("bindings.leave"), Leave(grant.id, sure=True), Style.danger)],
        ],
    )


@tells(RolesChanged)
def _note_menu(desk: Desk, fact: RolesChanged) -> None:
    mark_menu(desk.work, fact.person_id, stale=True)


@tells(HandedOver)
def _tell_predecessor(desk: Desk, fact: HandedOver) -> None:
    successor = desk.work.session.get(Person, fact.to_person_id)
    role = role_for(fact.role, _unit_name(desk, fact.unit_id))
    name = "" if successor is None else successor.name
    screen = Screen(T("bindings.handed_over", role=role, name=name), [[home_button()]])
    key = f"handed-over:{fact.invitation_id}"
    desk.send(fact.from_person_id, screen, lane=Lane.reminder, key=key)


@tells(GrantRemoved)
def _tell_removed(desk: Desk, fact: GrantRemoved) -> None:
    role = role_for(fact.role, _unit_name(desk, fact.unit_id))
    screen = Screen(T("bindings.removed", role=role), [[home_button()]])
    key = f"grant-removed:{fact.grant_id}"
    desk.send(fact.person_id, screen, lane=Lane.reminder, key=key)


def _unit_name(desk: Desk, unit_id: int | None) -> str | None:
    unit = None if unit_id is None else desk.work.session.get(Unit, unit_id)
    return None if unit is None else unit.name


def _back() -> Row:
    return [Button(T("more.back"), More()), home_button()]
