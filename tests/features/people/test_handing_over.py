"""A contact hands over to a successor, and the unit keeps its history (ORG-06)."""

import pytest

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from bot.features.people.errors import AlreadyHolds, CodeRevoked, CodeUnitClosed
from bot.features.people.invitations import hand_over, open_invitations
from bot.features.people.leaving import remove_binding
from bot.features.people.queries import all_grants, bindings, own_grants
from bot.features.units.service import close_unit
from tests.features.people.inviting import take_up
from tests.support import people
from tests.support.people import unit_named


@pytest.fixture
def contact(units: Store) -> Actor:
    """Return the contact of 区科协."""
    return people.make(units, Role.contact, unit="kexie", name="王桂芳")


def code_of(store: Store, config: Config, actor: Actor, grant_id: int | None = None) -> str:
    wanted = grant_id or store.read_now(lambda view: own_grants(view, actor))[0].id
    return store.write_now(
        lambda work: hand_over(work, actor=actor, grant_id=wanted, config=config)
    )


def test_the_successor_takes_over_and_the_predecessor_is_told(
    units: Store, campaign: Config, contact: Actor
) -> None:
    successor = people.make(units, name="")
    code = code_of(units, campaign, contact)
    assert people.again(units, contact).roles == {Role.contact}
    given = take_up(units, campaign, successor, code, name="赵敏")
    assert given.from_person_id == contact.person_id
    assert people.again(units, contact).roles == set()
    [bound] = units.read_now(bindings)
    assert (bound.person_id, bound.name) == (successor.person_id, "赵敏")
    assert people.messages(units, contact) == [
        "区科协 联络员 已交接给 赵敏，以前报的都留着。辛苦了。"
    ]
    past = units.read_now(lambda view: all_grants(view, contact.person_id))
    assert [(grant.role, grant.revoked_at is not None) for grant in past] == [(Role.contact, True)]


def test_a_colleague_who_is_a_contact_already_takes_over_too(
    units: Store, campaign: Config, contact: Actor
) -> None:
    colleague = people.make(units, Role.contact, unit="kexie")
    take_up(units, campaign, colleague, code_of(units, campaign, contact))
    assert [one.person_id for one in units.read_now(bindings)] == [colleague.person_id]


def test_nobody_takes_over_from_themselves(units: Store, campaign: Config, contact: Actor) -> None:
    code = code_of(units, campaign, contact)
    with pytest.raises(AlreadyHolds):
        take_up(units, campaign, contact, code)
    assert people.again(units, contact).roles == {Role.contact}


def test_a_new_link_ends_the_old_one(units: Store, campaign: Config, contact: Actor) -> None:
    old = code_of(units, campaign, contact)
    new = code_of(units, campaign, contact)
    successor = people.make(units, name="")
    with pytest.raises(CodeRevoked):
        take_up(units, campaign, successor, old)
    assert take_up(units, campaign, successor, new)


def test_a_contact_who_was_removed_hands_nothing_over(
    units: Store, campaign: Config, coordinator: Actor, contact: Actor
) -> None:
    code = code_of(units, campaign, contact)
    grant = units.read_now(lambda view: own_grants(view, contact))[0]
    units.write_now(lambda work: remove_binding(work, actor=coordinator, grant_id=grant.id))
    with pytest.raises(CodeRevoked):
        take_up(units, campaign, people.make(units, name=""), code)


def test_only_what_is_held_for_a_unit_and_is_ones_own_is_handed_over(
    units: Store, campaign: Config, coordinator: Actor, contact: Actor
) -> None:
    foreign = units.read_now(lambda view: own_grants(view, contact))[0].id
    with pytest.raises(NotFound):
        code_of(units, campaign, people.make(units, Role.contact, unit="sifa"), foreign)
    with pytest.raises(NotAllowed):
        code_of(units, campaign, coordinator)


def test_a_closed_unit_is_not_handed_over(
    units: Store, campaign: Config, coordinator: Actor, contact: Actor
) -> None:
    unit = units.read_now(lambda view: unit_named(view, "kexie"))
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=unit.id))
    with pytest.raises(CodeUnitClosed):
        code_of(units, campaign, contact)


def test_the_office_does_not_see_these_links_among_its_own(
    units: Store, campaign: Config, coordinator: Actor, contact: Actor
) -> None:
    code_of(units, campaign, contact)
    assert units.read_now(lambda view: open_invitations(view, coordinator)) == []
