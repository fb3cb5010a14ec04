"""Taking an invitation up: single use, in time, and never a word about a code to a guesser."""

import asyncio
import threading
from datetime import datetime

import pytest
from sqlalchemy import Select, func, select

from bot.config import Config
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.audit.queries import entries_by
from bot.features.outbox.models import OutboxRow
from bot.features.people import rules
from bot.features.people.actor import Actor
from bot.features.people.errors import (
    AlreadyHolds,
    CodeExpired,
    CodeRevoked,
    CodeUnitClosed,
    CodeUnknown,
    CodeUsed,
    CodeUsedByYou,
    TooManyWrongCodes,
)
from bot.features.people.grants import lock_grant, take
from bot.features.people.invitations import revoke
from bot.features.people.models import Grant, Invitation, Person, WrongCode
from bot.features.people.queries import own_grants
from bot.features.people.redeeming import Invited
from bot.features.units.service import close_unit
from tests.features.people.inviting import invited, only_invitation, take_up, taking_up
from tests.support import people
from tests.support.clock import SetClock
from tests.support.people import unit_named


@pytest.fixture
def newcomer(units: Store) -> Actor:
    """Return somebody who has no role and has agreed to nothing."""
    return people.make(units, name="")


def person(store: Store, actor: Actor) -> Person:
    return store.read_now(lambda view: view.session.get_one(Person, actor.person_id))


def test_an_invitation_gives_its_role_for_its_unit(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor, clock: SetClock
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    given = take_up(units, campaign, newcomer, code, name="王桂芳")
    assert (given.role, given.unit and given.unit.slug) == (Role.contact, "kexie")
    actor = people.again(units, newcomer)
    unit = units.read_now(lambda view: unit_named(view, "kexie"))
    assert (actor.roles, actor.unit_ids, actor.name) == (
        frozenset({Role.contact}),
        (unit.id,),
        "王桂芳",
    )
    assert person(units, newcomer).consent_at == clock.now()
    acts = units.read_now(lambda view: entries_by(view, newcomer.person_id))
    assert [one.action for one in acts] == ["person.consent", "invitation.use"]


def test_the_inviter_is_told_once_and_the_shell_is_not(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    def told(view: View) -> list[str]:
        rows = view.session.scalars(
            select(OutboxRow).where(OutboxRow.chat_id == coordinator.telegram_id)
        )
        return [row.payload["html"] for row in rows]

    take_up(units, campaign, newcomer, invited(units, campaign, None, Role.supervisor))
    assert units.read_now(told) == []
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    take_up(units, campaign, newcomer, code)
    assert units.read_now(told) == ["新来的 接受了邀请，现在是 区科协 联络员。"]


def test_the_first_name_stays_when_another_role_is_taken_up(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    volunteer = people.make(units, Role.volunteer, name="张三")
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    take_up(units, campaign, volunteer, code, name="李四")
    assert people.again(units, volunteer).roles == {Role.volunteer, Role.contact}
    assert person(units, volunteer).name == "张三"


@pytest.mark.parametrize("role", [Role.admin, Role.coordinator, Role.supervisor, Role.team_lead])
def test_roles_without_a_unit_are_taken_up_too(
    units: Store, campaign: Config, admin: Actor, newcomer: Actor, role: Role
) -> None:
    take_up(units, campaign, newcomer, invited(units, campaign, admin, role))
    assert people.again(units, newcomer).roles == {role}


def test_a_code_works_once(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    take_up(units, campaign, newcomer, code)
    with pytest.raises(CodeUsedByYou):
        take_up(units, campaign, newcomer, code)
    with pytest.raises(CodeUsed):
        take_up(units, campaign, people.make(units, name=""), code)


def test_a_code_expires(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor, clock: SetClock
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    clock.move(hours=72)
    with pytest.raises(CodeExpired):
        take_up(units, campaign, newcomer, code)
    clock.move(seconds=-1)
    assert take_up(units, campaign, newcomer, code)


def test_a_code_that_was_taken_back_is_refused(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    number = only_invitation(units).id
    units.write_now(lambda work: revoke(work, actor=coordinator, invitation_id=number))
    with pytest.raises(CodeRevoked):
        take_up(units, campaign, newcomer, code)


def test_a_code_of_somebody_who_may_not_invite_any_more_is_refused(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    grant = units.read_now(lambda view: own_grants(view, coordinator))[0]
    units.write_now(lambda work: take(work, lock_grant(work, grant.id), by=None))
    with pytest.raises(CodeRevoked):
        take_up(units, campaign, newcomer, code)
    assert people.again(units, newcomer).roles == set()


def test_a_code_for_a_unit_that_was_closed_is_refused(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    unit = units.read_now(lambda view: unit_named(view, "kexie"))
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=unit.id))
    with pytest.raises(CodeUnitClosed):
        take_up(units, campaign, newcomer, code)


def test_a_role_that_is_held_leaves_the_invitation_open(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor
) -> None:
    holder = people.make(units, Role.contact, unit="kexie")
    code = invited(units, campaign, coordinator, Role.contact, "kexie")
    with pytest.raises(AlreadyHolds):
        take_up(units, campaign, holder, code)
    assert take_up(units, campaign, newcomer, code)


def test_after_five_wrong_codes_no_code_is_looked_at(
    units: Store, campaign: Config, coordinator: Actor, newcomer: Actor, clock: SetClock
) -> None:
    right = invited(units, campaign, coordinator, Role.contact, "kexie")
    for number in range(5):
        with pytest.raises(CodeUnknown):
            refused(units, campaign, newcomer, f"wrong{number}")
    for code in ("wrong5", right):
        with pytest.raises(TooManyWrongCodes):
            refused(units, campaign, newcomer, code)
    assert take_up(units, campaign, people.make(units, name=""), right)
    another = invited(units, campaign, coordinator, Role.contact, "sifa")
    clock.move(hours=1)
    assert take_up(units, campaign, newcomer, another)


def test_wrong_codes_do_not_pile_up(
    units: Store, campaign: Config, newcomer: Actor, clock: SetClock
) -> None:
    for number in range(12):
        with pytest.raises(CodeUnknown):
            refused(units, campaign, newcomer, f"wrong{number}")
        clock.move(hours=1)
    kept = units.read_now(
        lambda view: view.session.scalar(select(func.count()).select_from(WrongCode))
    )
    assert kept == 1


def refused(store: Store, config: Config, actor: Actor, code: str) -> None:
    """Take `code` up as the edge does: the refusal is answered, so the transaction commits."""
    errors: list[BusinessError] = []

    def write(work: Work) -> None:
        errors.clear()
        try:
            taking_up(work, config, actor, code)
        except BusinessError as error:
            errors.append(error)

    store.write_now(write)
    if errors:
        raise errors[0]


async def test_of_many_who_come_at_once_one_gets_it(any_store: Store, campaign: Config) -> None:
    people.load(any_store, campaign)
    coordinator = people.make(any_store, Role.coordinator)
    code = invited(any_store, campaign, coordinator, Role.contact, "kexie")
    actors = [people.make(any_store, name="") for _ in range(8)]

    async def come(actor: Actor) -> Invited:
        return await any_store.write(lambda work: taking_up(work, campaign, actor, code))

    outcomes = await asyncio.gather(*map(come, actors), return_exceptions=True)
    assert [type(one) for one in outcomes].count(CodeUsed) == 7
    assert any_store.read_now(contacts_and_uses) == (1, 1)


@pytest.mark.postgres
async def test_without_the_row_locks_several_would_get_it(
    postgres_store: Store, campaign: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the test above sees a lost race when there is one."""
    people.load(postgres_store, campaign)
    coordinator = people.make(postgres_store, Role.coordinator)
    code = invited(postgres_store, campaign, coordinator, Role.contact, "kexie")
    actors = [people.make(postgres_store, name="") for _ in range(2)]
    both_looked, check_open = threading.Barrier(2), rules.check_open

    def wait_for_the_other(one: Invitation, *, now: datetime, person_id: int) -> None:
        check_open(one, now=now, person_id=person_id)
        both_looked.wait(timeout=10)

    monkeypatch.setattr(rules, "check_open", wait_for_the_other)
    monkeypatch.setattr(Select, "with_for_update", lambda query, **_: query)

    async def come(actor: Actor) -> Invited:
        return await postgres_store.write(lambda work: taking_up(work, campaign, actor, code))

    await asyncio.gather(*map(come, actors))
    assert postgres_store.read_now(contacts_and_uses) == (2, 1)


def contacts_and_uses(view: View) -> tuple[int, int]:
    contacts = view.session.scalars(
        select(Grant).where(Grant.role == Role.contact, Grant.revoked_at.is_(None))
    ).all()
    used = view.session.scalars(select(Invitation).where(Invitation.used_at.is_not(None))).all()
    return len(contacts), len(used)
