"""Invitations: nobody invites above the own role, and no code is kept (ORG-18)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE, Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.audit.queries import entries_about
from bot.features.people.actor import Actor
from bot.features.people.errors import CodeUnitClosed, NotInvited, UnitNeeded
from bot.features.people.invitations import find_by_code, open_invitations, revoke
from bot.features.people.models import Invitation
from bot.features.units.service import close_unit
from tests.features.people.inviting import invited, only_invitation
from tests.support import people
from tests.support.clock import SetClock
from tests.support.people import counting, unit_named


def test_a_code_has_128_bits_and_only_its_hash_is_kept(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    codes = {invited(units, campaign, coordinator, Role.contact, "kexie") for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 22 and len(code) <= 64 for code in codes)
    rows = units.read_now(
        lambda view: view.session.execute(select(Invitation.__table__)).mappings().all()
    )
    kept = " ".join(str(value) for row in rows for value in row.values())
    assert not [code for code in codes if code in kept]


def test_a_code_finds_its_invitation_with_role_unit_and_time(
    units: Store, campaign: Config, coordinator: Actor, clock: SetClock
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    found = units.read_now(lambda view: find_by_code(view, code))
    assert found is not None
    unit = units.read_now(lambda view: unit_named(view, "kexie"))
    assert (found.role, found.unit_id) == (Role.contact, unit.id)
    assert found.expires_at == clock.now() + timedelta(hours=72)
    assert units.read_now(lambda view: find_by_code(view, code + "x")) is None


@pytest.mark.parametrize("own", list(Role))
@pytest.mark.parametrize("role", list(Role))
def test_nobody_invites_above_the_own_role(
    units: Store, campaign: Config, own: Role, role: Role
) -> None:
    actor = people.make(units, own, unit="kexie")
    unit = "kexie" if role in {Role.contact, Role.unit_head} else None
    allowed = own is Role.admin or (own is Role.coordinator and role is not Role.admin)
    if allowed:
        assert invited(units, campaign, actor, role, unit)
        return
    with pytest.raises(NotAllowed):
        invited(units, campaign, actor, role, unit)


def test_the_shell_invites_the_first_admin(units: Store, campaign: Config) -> None:
    assert invited(units, campaign, None, Role.admin)
    assert only_invitation(units).created_by is None


def test_a_role_of_a_unit_needs_the_unit_and_no_other_does(
    units: Store, campaign: Config, admin: Actor
) -> None:
    with pytest.raises(UnitNeeded):
        invited(units, campaign, admin, Role.contact)
    with pytest.raises(UnitNeeded):
        invited(units, campaign, admin, Role.coordinator, "kexie")


def test_nobody_is_invited_to_a_closed_unit(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    unit = units.read_now(lambda view: unit_named(view, "kexie"))
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=unit.id))
    with pytest.raises(CodeUnitClosed):
        invited(units, campaign, coordinator, Role.contact, "kexie")


def test_open_invitations_are_listed_for_those_who_could_make_them(
    units: Store, campaign: Config, admin: Actor, coordinator: Actor, clock: SetClock
) -> None:
    invited(units, campaign, admin, Role.admin)
    clock.move(hours=71)
    invited(units, campaign, coordinator, Role.contact, "kexie")
    assert [one.role for one in units.read_now(lambda view: open_invitations(view, admin))] == [
        Role.contact,
        Role.admin,
    ]
    seen = units.read_now(lambda view: open_invitations(view, coordinator))
    assert [(one.role, one.unit) for one in seen] == [(Role.contact, "区科协")]
    clock.move(hours=1)
    assert len(units.read_now(lambda view: open_invitations(view, admin))) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_one_statement_however_long_it_is(
    units: Store, campaign: Config, coordinator: Actor, count: int
) -> None:
    for _ in range(count):
        invited(units, campaign, coordinator, Role.contact, "kexie")

    def read(view: View) -> tuple[int, int]:
        with counting(view) as statements:
            found = open_invitations(view, coordinator)
        return len(found), len(statements.texts)

    assert units.read_now(read) == (count, 1)


def test_an_invitation_is_taken_back_once_and_written_down(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    invited(units, campaign, coordinator, Role.contact, "kexie")
    number = only_invitation(units).id
    units.write_now(lambda work: revoke(work, actor=coordinator, invitation_id=number))
    assert units.read_now(lambda view: open_invitations(view, coordinator)) == []
    with pytest.raises(NotInvited):
        units.write_now(lambda work: revoke(work, actor=coordinator, invitation_id=number))
    entries = units.read_now(lambda view: entries_about(view, f"invitation:{number}"))
    assert [one.action for one in entries] == ["invitation.make", "invitation.revoke"]


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_others_cannot_take_an_invitation_back(
    units: Store, campaign: Config, coordinator: Actor, role: Role
) -> None:
    invited(units, campaign, coordinator, Role.contact, "kexie")
    number = only_invitation(units).id
    stranger = people.make(units, role, unit="kexie")
    with pytest.raises(NotFound):
        units.write_now(lambda work: revoke(work, actor=stranger, invitation_id=number))
    with pytest.raises(NotFound):
        units.write_now(lambda work: revoke(work, actor=coordinator, invitation_id=999))


def test_a_coordinator_cannot_take_back_an_invitation_to_admin(
    units: Store, campaign: Config, admin: Actor, coordinator: Actor
) -> None:
    invited(units, campaign, admin, Role.admin)
    number = only_invitation(units).id
    with pytest.raises(NotFound):
        units.write_now(lambda work: revoke(work, actor=coordinator, invitation_id=number))
