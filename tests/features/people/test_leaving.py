"""Giving roles up, removing bindings, and the admin who has to stay (ORG-06, ORG-18)."""

import asyncio

import pytest

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE, Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from bot.features.people.errors import LastAdmin
from bot.features.people.leaving import leave, remove_binding
from bot.features.people.models import Grant, Person
from bot.features.people.queries import admins, bindings, own_grants, stale_menus
from tests.support import people


def only_grant(store: Store, actor: Actor) -> Grant:
    return store.read_now(lambda view: own_grants(view, actor))[0]


def test_leaving_ends_one_role_and_no_other(units: Store) -> None:
    actor = people.make(units, Role.volunteer, Role.contact, unit="kexie")
    grants = units.read_now(lambda view: own_grants(view, actor))
    volunteer = next(grant for grant in grants if grant.role is Role.volunteer)
    units.write_now(lambda work: leave(work, actor=actor, grant_id=volunteer.id))
    assert people.again(units, actor).roles == {Role.contact}


def test_nobody_leaves_for_another(units: Store, coordinator: Actor) -> None:
    actor = people.make(units, Role.volunteer)
    grant = only_grant(units, actor)
    with pytest.raises(NotFound):
        units.write_now(lambda work: leave(work, actor=coordinator, grant_id=grant.id))
    assert people.again(units, actor).roles == {Role.volunteer}


def test_a_role_that_has_ended_cannot_be_left_again(units: Store) -> None:
    actor = people.make(units, Role.volunteer)
    grant = only_grant(units, actor)
    units.write_now(lambda work: leave(work, actor=actor, grant_id=grant.id))
    with pytest.raises(NotFound):
        units.write_now(lambda work: leave(work, actor=actor, grant_id=grant.id))


def test_the_last_admin_stays_and_the_last_but_one_may_go(units: Store, admin: Actor) -> None:
    grant = only_grant(units, admin)
    with pytest.raises(LastAdmin):
        units.write_now(lambda work: leave(work, actor=admin, grant_id=grant.id))
    people.make(units, Role.admin)
    units.write_now(lambda work: leave(work, actor=admin, grant_id=grant.id))
    assert len(units.read_now(admins)) == 1


async def test_two_admins_cannot_leave_side_by_side(any_store: Store, campaign: Config) -> None:
    people.load(any_store, campaign)
    actors = [people.make(any_store, Role.admin) for _ in range(4)]
    grants = [only_grant(any_store, actor) for actor in actors]

    async def go(actor: Actor, grant: Grant) -> Grant:
        return await any_store.write(lambda work: leave(work, actor=actor, grant_id=grant.id))

    outcomes = await asyncio.gather(*map(go, actors, grants), return_exceptions=True)
    assert [type(one) for one in outcomes].count(LastAdmin) == 1
    assert len(any_store.read_now(admins)) == 1


def test_the_office_removes_a_binding_and_the_person_is_told(
    units: Store, coordinator: Actor
) -> None:
    contact = people.make(units, Role.contact, unit="kexie")
    grant = only_grant(units, contact)
    units.write_now(lambda work: remove_binding(work, actor=coordinator, grant_id=grant.id))
    assert people.again(units, contact).roles == set()
    assert units.read_now(bindings) == []
    assert "区科协 联络员" in people.messages(units, contact)[0]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_office_removes_bindings(units: Store, role: Role) -> None:
    contact = people.make(units, Role.contact, unit="sifa")
    grant = only_grant(units, contact)
    actor = people.make(units, role, unit="kexie")
    if role in OFFICE:
        units.write_now(lambda work: remove_binding(work, actor=actor, grant_id=grant.id))
        return
    with pytest.raises(NotAllowed):
        units.write_now(lambda work: remove_binding(work, actor=actor, grant_id=grant.id))


def test_only_roles_of_units_are_removed_this_way(units: Store, coordinator: Actor) -> None:
    other = people.make(units, Role.coordinator)
    grant = only_grant(units, other)
    with pytest.raises(NotFound):
        units.write_now(lambda work: remove_binding(work, actor=coordinator, grant_id=grant.id))


def test_every_change_of_roles_makes_the_menu_stale(units: Store) -> None:
    actor = people.make(units, Role.volunteer, Role.contact, unit="kexie", language="en")
    assert units.read_now(stale_menus) == []
    grant = only_grant(units, actor)
    units.write_now(lambda work: leave(work, actor=actor, grant_id=grant.id))
    [menu] = units.read_now(stale_menus)
    assert (menu.telegram_id, menu.language, menu.roles) == (
        actor.telegram_id,
        "en",
        frozenset({Role.contact}),
    )
    units.write_now(
        lambda work: setattr(
            work.session.get_one(Person, actor.person_id), "unreachable_at", work.now
        )
    )
    assert units.read_now(stale_menus) == []
