"""Who is in an audience: each kind of part, more and less of it, each person once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import View
from bot.features.notices.audience import EVERYONE, Audience, Part, PartKind
from bot.features.notices.errors import NoNames
from bot.features.notices.lists import find_names, names_in
from bot.features.notices.members import member
from bot.features.notices.reach import Why, left_out, names, reach, unbound_units
from bot.features.people.models import Person
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.features.posts.signing import sign_up
from bot.features.units.service import add_members
from tests.features.notices.scene import CONTACTS, NoticeScene, of, role
from tests.support.people import counting


def test_roles_units_and_everyone_hold_whom_they_say(scene: NoticeScene) -> None:
    contact = scene.contact("kexie")
    head = scene.person(Role.unit_head, unit="kexie")
    other = scene.contact("jiaotong")
    volunteer = scene.person(Role.volunteer)
    scene.person()  # holds no role
    assert scene.people_of(CONTACTS) == [contact.person_id, other.person_id]
    assert scene.people_of(of(scene.unit("kexie"))) == [contact.person_id, head.person_id]
    everyone = [contact, head, other, volunteer]
    assert scene.people_of(of(EVERYONE)) == [one.person_id for one in everyone]


def test_one_who_is_in_several_parts_is_there_once(scene: NoticeScene) -> None:
    both = scene.person(Role.contact, Role.volunteer, unit="kexie")
    audience = of(role(Role.contact), role(Role.volunteer), scene.unit("kexie"), EVERYONE)
    assert scene.people_of(audience) == [both.person_id]
    assert scene.read(lambda view: reach(view, scene.config, audience).reachable) == 1


def test_what_is_taken_away_is_away_whatever_else_was_chosen(scene: NoticeScene) -> None:
    scene.contact("kexie")
    stays = scene.contact("jiaotong")
    audience = of(EVERYONE, role(Role.contact), less=(scene.unit("kexie"),))
    assert scene.people_of(audience) == [stays.person_id]


def test_tasks_and_sections_mean_their_responsible_units(scene: NoticeScene) -> None:
    task = next(one for one in scene.config.tasks if "kexie" in one.responsible)
    contact = scene.contact("kexie")
    inside = of(Part(PartKind.task, task.id))
    assert contact.person_id in scene.people_of(inside)
    assert contact.person_id in scene.people_of(of(Part(PartKind.section, task.section)))
    others = [one for one in scene.config.tasks if "kexie" not in one.responsible]
    assert contact.person_id not in scene.people_of(of(Part(PartKind.task, others[0].id)))
    assert scene.people_of(of(Part(PartKind.task, "no such task"))) == []


def test_a_group_stands_for_its_members(scene: NoticeScene) -> None:
    office = scene.coordinator()
    group = scene.unit("xiangzhen-jiedao", PartKind.group)
    slug = scene.write(
        lambda work: (
            add_members(work, actor=office, group_id=group.number, names=["甲街道"])[0].slug
        )
    )
    contact = scene.contact(slug)
    assert scene.people_of(of(group)) == [contact.person_id]


def test_a_team_holds_its_members(scene: NoticeScene) -> None:
    member_of_team, other = scene.person(Role.volunteer), scene.person(Role.volunteer)
    scene.change_person(member_of_team, team="kepu")
    scene.change_person(other, team="jinguo")
    assert scene.people_of(of(Part(PartKind.team, "kepu"))) == [member_of_team.person_id]


def test_a_post_holds_those_who_have_a_place_there(scene: NoticeScene) -> None:
    office, stands = scene.coordinator(), scene.person(Role.volunteer)
    scene.person(Role.volunteer)  # did not sign up
    starts = scene.clock.now() + timedelta(days=3)
    new = NewPost("lukou-yindao", "楚街路口", starts, starts + timedelta(hours=1), 5)
    post = scene.write(lambda work: publish(work, actor=office, post=new).id)
    scene.write(lambda work: sign_up(work, actor=stands, post_id=post, config=scene.config))
    assert scene.people_of(of(Part(PartKind.post, str(post)))) == [stands.person_id]


def test_the_missing_are_the_contacts_of_units_that_have_not_filed(scene: NoticeScene) -> None:
    contact = scene.contact("kexie")
    scene.person(Role.unit_head, unit="kexie")
    assert scene.people_of(of(Part(PartKind.missing, "O1.once"))) == [contact.person_id]
    assert scene.people_of(of(Part(PartKind.missing, "O9.nothing"))) == []


def test_a_closed_unit_has_nobody(scene: NoticeScene) -> None:
    scene.contact("kexie")
    scene.close_unit("kexie")
    assert scene.people_of(of(EVERYONE, role(Role.contact), scene.unit("kexie"))) == []


def test_who_cannot_be_reached_is_named_with_the_reason(scene: NoticeScene) -> None:
    scene.contact("kexie", name="甲")
    blocked = scene.contact("jiaotong", name="乙")
    scene.change_person(blocked, unreachable_at=scene.clock.now())
    mute = scene.contact("jiaotong", name="丙")
    scene.change_person(mute, telegram_id=None)
    found = scene.read(lambda view: reach(view, scene.config, CONTACTS))
    assert (found.reachable, found.blocked, found.without_chat, found.units) == (1, 1, 1, 1)
    out = scene.read(lambda view: left_out(view, scene.config, CONTACTS, most=9))
    assert dict(out) == {"乙": Why.blocked, "丙": Why.no_chat}
    [named] = scene.read(lambda view: names(view, scene.config, CONTACTS, most=9))
    assert (named.name, list(named.units)) == ("甲", ["区科协"])
    unbound = scene.read(lambda view: unbound_units(view, scene.config, CONTACTS))
    assert "区科协" not in unbound
    assert len(unbound) > 10


def test_looking_at_many_takes_as_many_statements_as_at_few(scene: NoticeScene) -> None:
    def counted(view: View) -> int:
        with counting(view) as statements:
            names(view, scene.config, CONTACTS, most=30)
            left_out(view, scene.config, CONTACTS, most=30)
            reach(view, scene.config, CONTACTS)
        return len(statements.texts)

    def look() -> int:
        return scene.read(counted)

    scene.contact("kexie")
    few = look()
    for number in range(12):
        scene.contact("jiaotong", name=f"联络员{number}")
    assert look() == few


def test_a_list_finds_units_and_people_and_says_what_it_did_not(scene: NoticeScene) -> None:
    person = scene.contact("kexie", name="王小明")
    scene.contact("jiaotong", name="同名")
    scene.contact("keji", name="同名")
    text = "区科协\n王 小明、同名，不存在的单位;  ；\n1\n区科协"
    found = scene.read(lambda view: find_names(view, names_in(text)))
    assert set(found.parts) == {
        scene.unit("kexie"),
        Part(PartKind.person, str(person.person_id)),
    }
    assert (found.unknown, found.ambiguous) == (["不存在的单位"], ["同名"])


def test_a_list_without_names_is_refused() -> None:
    with pytest.raises(NoNames):
        names_in(" 1\n、、\n…")


def test_a_forgotten_person_is_in_no_audience(scene: NoticeScene) -> None:
    gone = scene.contact("kexie")
    scene.change_person(gone, forgotten_at=scene.clock.now(), telegram_id=None)
    inside = scene.read(
        lambda view: view.session.scalars(
            select(Person.id).where(member(view, scene.config, of(EVERYONE)))
        ).all()
    )
    assert gone.person_id not in inside


PARTS = st.builds(Part, st.sampled_from(PartKind), st.sampled_from(["1", "2", "kepu", ""]))


@given(st.sets(PARTS, max_size=5), st.lists(st.tuples(PARTS, st.booleans()), max_size=8))
def test_a_part_is_never_both_in_and_out(plus: set[Part], presses: list[tuple[Part, bool]]) -> None:
    audience = Audience(frozenset(plus))
    for part, without in presses:
        before = part in (audience.minus if without else audience.plus)
        audience = audience.toggled(part, without=without)
        assert (part in (audience.minus if without else audience.plus)) is not before
        assert not audience.plus & audience.minus
    assert Audience.of(audience.plain()) == audience
