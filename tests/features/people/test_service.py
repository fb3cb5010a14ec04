"""Registering, names, languages, teams, and who can be reached."""

import pytest
from sqlalchemy import select

from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.text import Plain
from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.outbox.models import Lane
from bot.features.people import service
from bot.features.people.actor import Actor
from bot.features.people.errors import NameTooLong, NoName
from bot.features.people.models import Grant, Person
from bot.features.people.queries import (
    bindings,
    contacts_of_units,
    heads_of_units,
    holders,
    office,
    people_by_id,
    stale_menus,
)
from tests.support import people
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import counting, unit_named


def person(store: Store, actor: Actor) -> Person:
    return store.read_now(lambda view: view.session.get_one(Person, actor.person_id))


def test_a_volunteer_registers_once(units: Store, clock: SetClock) -> None:
    actor = people.make(units, name="")
    for _ in range(2):
        units.write_now(lambda work: service.register_volunteer(work, actor=actor, name="张三"))
        clock.move(days=1)
    grants = units.read_now(
        lambda view: view.session.scalars(
            select(Grant).where(Grant.person_id == actor.person_id)
        ).all()
    )
    assert [grant.role for grant in grants] == [Role.volunteer]
    kept = person(units, actor)
    assert (kept.name, kept.consent_at, kept.phone) == ("张三", grants[0].granted_at, None)


def test_without_a_name_nothing_is_registered(units: Store) -> None:
    actor = people.make(units, name="")
    with pytest.raises(NoName):
        units.write_now(lambda work: service.register_volunteer(work, actor=actor, name="…"))
    assert people.again(units, actor).roles == set()
    assert person(units, actor).consent_at is None


def test_a_name_is_changed_by_the_same_rule(units: Store) -> None:
    actor = people.make(units, Role.volunteer, name="张三")
    units.write_now(lambda work: service.rename(work, actor=actor, name=" 张\n三丰 "))
    assert person(units, actor).name == "张 三丰"
    with pytest.raises(NameTooLong):
        units.write_now(lambda work: service.rename(work, actor=actor, name="长" * 31))


def test_only_an_offered_language_is_chosen(units: Store, campaign: Config) -> None:
    actor = people.make(units)

    def choose(language: str, config: Config = campaign) -> None:
        units.write_now(
            lambda work: service.choose_language(
                work, actor=actor, language=language, config=config
            )
        )

    choose("en")
    assert person(units, actor).language == "en"
    with pytest.raises(NotFound):
        choose("fr")
    with pytest.raises(NotFound):
        choose("en", make_config(languages={"available": ["zh_CN"]}))


def test_a_volunteer_may_belong_to_a_configured_team(units: Store, campaign: Config) -> None:
    actor = people.make(units, Role.volunteer)

    def choose(who: Actor, team: str | None) -> None:
        units.write_now(
            lambda work: service.choose_team(work, actor=who, team=team, config=campaign)
        )

    team = campaign.volunteer_teams[0].slug
    choose(actor, team)
    assert person(units, actor).team == team
    choose(actor, None)
    assert person(units, actor).team is None
    with pytest.raises(NotFound):
        choose(actor, "no-such-team")
    with pytest.raises(NotAllowed):
        choose(people.make(units, Role.citizen), team)


def test_nothing_is_sent_to_who_cannot_be_reached_until_they_come_back(
    units: Store, campaign: Config, clock: SetClock
) -> None:
    actor = people.make(units, Role.volunteer)

    def sent(key: str) -> bool:
        return units.write_now(
            lambda work: (
                Desk(work, campaign, "test_bot").send(
                    actor.person_id, Screen(Plain("hello")), lane=Lane.bulk, key=key
                )
                is not None
            )
        )

    assert sent("one")
    units.write_now(lambda work: service.mark_unreachable(work, actor.telegram_id))
    first = person(units, actor).unreachable_at
    clock.move(days=1)
    units.write_now(lambda work: service.mark_unreachable(work, actor.telegram_id))
    assert person(units, actor).unreachable_at == first == clock.now() - people.DAY
    assert not sent("two")
    units.write_now(lambda work: service.mark_reachable(work, actor.person_id))
    assert sent("three")


def test_a_chat_of_nobody_is_no_matter(units: Store) -> None:
    units.write_now(lambda work: service.mark_unreachable(work, -100))
    units.write_now(lambda work: service.mark_reachable(work, 999))
    assert units.read_now(lambda view: view.session.scalars(select(Person)).all()) == []


def test_the_people_of_units_are_found_by_unit(units: Store) -> None:
    contact = people.make(units, Role.contact, unit="kexie", name="王桂芳")
    second = people.make(units, Role.contact, unit="kexie")
    head = people.make(units, Role.unit_head, unit="kexie")
    elsewhere = people.make(units, Role.contact, unit="sifa")
    kexie = units.read_now(lambda view: unit_named(view, "kexie").id)
    sifa = units.read_now(lambda view: unit_named(view, "sifa").id)
    assert units.read_now(contacts_of_units) == {
        kexie: [contact.person_id, second.person_id],
        sifa: [elsewhere.person_id],
    }
    assert units.read_now(lambda view: heads_of_units(view, [kexie, sifa])) == {
        kexie: [head.person_id]
    }
    bound = units.read_now(lambda view: bindings(view, [kexie]))
    assert [one.person_id for one in bound] == [
        contact.person_id,
        second.person_id,
        head.person_id,
    ]
    assert bound[0].name == "王桂芳"


def test_holders_are_named_once(units: Store, admin: Actor, coordinator: Actor) -> None:
    both = people.make(units, Role.coordinator, Role.admin)
    assert units.read_now(office) == [admin.person_id, coordinator.person_id, both.person_id]
    assert units.read_now(lambda view: holders(view, Role.contact)) == []


def test_a_menu_that_changed_while_it_was_set_is_set_again(units: Store, campaign: Config) -> None:
    actor = people.make(units, name="")
    units.write_now(lambda work: service.register_volunteer(work, actor=actor, name="张三"))
    [shown] = units.read_now(stale_menus)
    units.write_now(
        lambda work: service.choose_language(work, actor=actor, language="en", config=campaign)
    )
    units.write_now(lambda work: service.settle_menu(work, shown))
    [again] = units.read_now(stale_menus)
    assert (again.language, again.roles) == ("en", frozenset({Role.volunteer}))
    units.write_now(lambda work: service.settle_menu(work, again))
    assert units.read_now(stale_menus) == []


@pytest.mark.parametrize("count", [1, 25])
def test_looking_people_up_takes_one_statement_each(units: Store, count: int) -> None:
    actors = [people.make(units, Role.contact, unit="kexie") for _ in range(count)]

    def read(view: View) -> int:
        with counting(view) as statements:
            assert len(bindings(view)) == count
            assert len(holders(view, Role.contact)) == count
            assert len(people_by_id(view, [actor.person_id for actor in actors])) == count
        return len(statements.texts)

    assert units.read_now(read) == 3
