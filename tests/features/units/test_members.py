"""What the office changes in the register: members, closing, reopening."""

import asyncio

import pytest

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE, Role
from bot.db.store import Store
from bot.features.audit.queries import entries_about
from bot.features.people.actor import Actor
from bot.features.units.errors import GroupClosed, MemberExists, NotAGroup
from bot.features.units.models import Unit
from bot.features.units.queries import get_unit, members_of
from bot.features.units.service import add_members, check_members, close_unit, reopen_unit
from tests.support import people


def group(store: Store) -> Unit:
    return store.read_now(lambda view: get_unit(view, "xiangzhen-jiedao"))


def add(store: Store, actor: Actor, *names: str) -> list[Unit]:
    group_id = group(store).id
    return store.write_now(
        lambda work: add_members(work, actor=actor, group_id=group_id, names=names)
    )


def test_members_are_added_in_order_and_written_down(units: Store, coordinator: Actor) -> None:
    add(units, coordinator, "项里街道", "幸福街道")
    add(units, coordinator, "古城街道")
    found = units.read_now(lambda view: members_of(view, group(units).id))
    assert [unit.name for unit in found] == ["项里街道", "幸福街道", "古城街道"]
    assert len({unit.slug for unit in found}) == 3
    entries = units.read_now(lambda view: entries_about(view, f"unit:{found[0].id}"))
    assert [(one.action, one.actor_id) for one in entries] == [("unit.add", coordinator.person_id)]


@pytest.mark.parametrize("name", ["项里街道", "项里 街道", "区科协"])
def test_a_name_that_is_there_is_not_added_again(
    units: Store, coordinator: Actor, name: str
) -> None:
    add(units, coordinator, "项里街道")
    with pytest.raises(MemberExists):
        add(units, coordinator, "幸福街道", name)
    found = units.read_now(lambda view: members_of(view, group(units).id))
    assert [unit.name for unit in found] == ["项里街道"]


def test_names_are_checked_before_they_are_added(units: Store, coordinator: Actor) -> None:
    def check(text: str) -> list[str]:
        group_id = group(units).id
        return units.read_now(
            lambda view: check_members(view, actor=coordinator, group_id=group_id, text=text)
        )

    assert check("项里街道\n幸福街道") == ["项里街道", "幸福街道"]
    with pytest.raises(MemberExists):
        check("项里街道\n区科协")


def test_only_a_group_has_members(units: Store, coordinator: Actor) -> None:
    kexie = units.read_now(lambda view: get_unit(view, "kexie"))
    with pytest.raises(NotAGroup):
        units.write_now(
            lambda work: add_members(work, actor=coordinator, group_id=kexie.id, names=["甲"])
        )


def test_a_closed_group_takes_no_members(units: Store, coordinator: Actor) -> None:
    group_id = group(units).id
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=group_id))
    with pytest.raises(GroupClosed):
        add(units, coordinator, "项里街道")
    units.write_now(lambda work: reopen_unit(work, actor=coordinator, unit_id=group_id))
    assert add(units, coordinator, "项里街道")


def test_closing_twice_keeps_the_first_time(units: Store, coordinator: Actor) -> None:
    group_id = group(units).id
    first = units.write_now(
        lambda work: close_unit(work, actor=coordinator, unit_id=group_id).closed_at
    )
    second = units.write_now(
        lambda work: close_unit(work, actor=coordinator, unit_id=group_id).closed_at
    )
    assert first == second is not None


@pytest.mark.parametrize("role", list(Role))
def test_only_the_office_changes_the_register(units: Store, role: Role) -> None:
    actor = people.make(units, role, unit="kexie")
    group_id = group(units).id
    changes = [
        lambda work: add_members(work, actor=actor, group_id=group_id, names=["项里街道"]),
        lambda work: close_unit(work, actor=actor, unit_id=group_id),
        lambda work: reopen_unit(work, actor=actor, unit_id=group_id),
    ]
    for change in changes:
        if role in OFFICE:
            assert units.write_now(change)
        else:
            with pytest.raises(NotAllowed):
                units.write_now(change)


def test_a_unit_that_is_not_there_is_not_found(units: Store, coordinator: Actor) -> None:
    with pytest.raises(NotFound):
        units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=999))


async def test_two_coordinators_cannot_add_the_same_member(
    any_store: Store, campaign: Config
) -> None:
    people.load(any_store, campaign)
    actors = [people.make(any_store, Role.coordinator) for _ in range(4)]
    group_id = group(any_store).id

    async def add_as(actor: Actor) -> list[Unit]:
        return await any_store.write(
            lambda work: add_members(work, actor=actor, group_id=group_id, names=["项里街道"])
        )

    outcomes = await asyncio.gather(*map(add_as, actors), return_exceptions=True)
    assert [type(one) for one in outcomes].count(MemberExists) == 3
    assert len(any_store.read_now(lambda view: members_of(view, group(any_store).id))) == 1
