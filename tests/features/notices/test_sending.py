"""From the confirmation to the last message: frozen, seconded, scheduled, paused, taken back."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.notices import service
from bot.features.notices.content import Content
from bot.features.notices.errors import (
    InThePast,
    NobodyToTell,
    NoSecondPerson,
    NothingToSay,
    OwnNotice,
    Settled,
    TooLong,
)
from bot.features.notices.models import Dropped, NoticeState
from bot.features.notices.planned import foresee
from bot.features.people.actor import Actor
from bot.features.runs.foresight import ahead
from tests.features.notices.scene import NoticeScene, of, role
from tests.support.people import again, messages


def agree(scene: NoticeScene, actor: Actor, number: int) -> None:
    """Let a second person confirm, as the database knows them now."""
    now = again(scene.store, actor)
    scene.write(lambda work: service.agree(work, actor=now, notice_id=number, edition=1) and None)


def test_it_goes_to_those_who_were_chosen_when_it_was_confirmed(scene: NoticeScene) -> None:
    first, second = scene.contact("kexie"), scene.contact("jiaotong")
    number = scene.confirmed(scene.coordinator())
    scene.contact("keji")  # came later
    scene.tick(3)
    assert scene.told(number) == [first.person_id, second.person_id]
    scene.tick(3)
    assert scene.told(number) == [first.person_id, second.person_id]


def test_what_it_says_is_checked_again_when_it_is_confirmed(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    for content, error in (
        (Content(), NothingToSay),
        (Content("长" * 4037), TooLong),
    ):
        with pytest.raises(error):
            scene.confirmed(office, content=content)
    with pytest.raises(NobodyToTell):
        scene.confirmed(office, of(role(Role.team_lead)))
    with pytest.raises(InThePast):
        scene.confirmed(office, send_at=scene.clock.now())
    with pytest.raises(NotAllowed):
        scene.confirmed(scene.contact("jiaotong"))


def test_to_many_it_waits_for_a_second_person(small: NoticeScene) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        small.contact(unit)
    author, second = small.coordinator(), small.coordinator()
    number = small.confirmed(author)
    small.tick(3)
    assert small.state(number) is NoticeState.awaiting
    assert small.told(number) == []
    assert any("请确认第" in text for text in messages(small.store, second))
    with pytest.raises(OwnNotice):
        agree(small, author, number)
    agree(small, second, number)
    small.tick(4)
    assert len(small.told(number)) == 3


def test_to_as_many_as_the_limit_it_needs_nobody_else(small: NoticeScene) -> None:
    small.contact("kexie")
    small.contact("jiaotong")
    small.coordinator()
    number = small.confirmed(small.coordinator())
    assert small.state(number) is NoticeState.expanding


def test_without_another_in_the_office_it_is_refused(small: NoticeScene) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        small.contact(unit)
    with pytest.raises(NoSecondPerson):
        small.confirmed(small.coordinator())


def test_a_second_person_who_lost_the_role_cannot_confirm(small: NoticeScene) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        small.contact(unit)
    author, second = small.coordinator(), small.coordinator()
    number = small.confirmed(author)
    small.end_roles(second)
    with pytest.raises(NotAllowed):
        agree(small, second, number)
    assert small.state(number) is NoticeState.awaiting


async def test_two_who_confirm_at_once_send_it_once(small: NoticeScene) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        small.contact(unit)
    author = small.coordinator()
    others = [small.coordinator(), small.coordinator()]
    number = small.confirmed(author)

    def pressed(actor: Actor) -> Callable[[Work], NoticeState]:
        return lambda work: service.agree(work, actor=actor, notice_id=number, edition=1).state

    outcomes = await asyncio.gather(
        *(small.store.write(pressed(one)) for one in others), return_exceptions=True
    )
    refused = [one for one in outcomes if isinstance(one, Settled)]
    assert len(refused) == 1
    assert NoticeState.scheduled in outcomes
    small.tick(4)
    assert len(small.told(number)) == 3


def test_a_scheduled_notice_goes_at_its_time_and_not_before(scene: NoticeScene) -> None:
    contact = scene.contact("kexie")
    at = scene.clock.now() + timedelta(hours=2)
    number = scene.confirmed(scene.coordinator(), send_at=at)
    scene.tick(3)
    assert scene.state(number) is NoticeState.scheduled
    scene.clock.move(hours=2)
    scene.tick(3)
    assert scene.told(number) == [contact.person_id]


def test_who_is_no_longer_chosen_is_left_out_with_the_reason(scene: NoticeScene) -> None:
    stays = scene.contact("kexie")
    closed = scene.contact("jiaotong")
    gone = scene.contact("keji")
    also = scene.person(Role.contact, Role.volunteer, unit="jiaotong")
    number = scene.confirmed(scene.coordinator(), send_at=scene.clock.now() + timedelta(hours=2))
    scene.close_unit("jiaotong")
    scene.end_roles(gone)
    late = scene.contact("kexie")
    scene.clock.move(hours=2)
    scene.tick(3)
    assert scene.told(number) == [stays.person_id]
    assert late.person_id not in scene.told(number)
    assert scene.dropped(number) == {
        closed.person_id: Dropped.unit_closed,
        gone.person_id: Dropped.no_role,
        also.person_id: Dropped.not_chosen,
    }


def test_without_a_confirming_person_in_the_office_it_does_not_begin(scene: NoticeScene) -> None:
    scene.contact("kexie")
    author, other = scene.coordinator(), scene.coordinator()
    number = scene.confirmed(author, send_at=scene.clock.now() + timedelta(hours=2))
    scene.end_roles(author)
    scene.clock.move(hours=2)
    scene.tick(3)
    assert scene.state(number) is NoticeState.cancelled
    assert scene.told(number) == []
    assert any("到时间没有发出" in text for text in messages(scene.store, other))


def test_with_nobody_left_it_does_not_begin(scene: NoticeScene) -> None:
    contact = scene.contact("kexie")
    number = scene.confirmed(scene.coordinator(), send_at=scene.clock.now() + timedelta(hours=2))
    scene.end_roles(contact)
    scene.clock.move(hours=2)
    scene.tick(2)
    assert scene.state(number) is NoticeState.cancelled


def test_looking_ahead_sees_what_will_be_sent(scene: NoticeScene) -> None:
    stays, gone = scene.contact("kexie"), scene.contact("keji")
    start = scene.clock.now()
    number = scene.confirmed(scene.coordinator(), send_at=start + timedelta(hours=2))
    scene.confirmed(scene.coordinator(), send_at=start + timedelta(days=2))
    scene.end_roles(gone)

    def foreseen(view: View) -> list[tuple[int, str, datetime]]:
        found = foresee(ahead(view), scene.config, start + timedelta(days=1))
        return [(one.person_id, one.about[0].name, one.at) for one in found]

    at = start + timedelta(hours=2)
    assert scene.read(foreseen) == [(stays.person_id, str(number), at)]
    scene.clock.at = at
    scene.tick(3)
    assert scene.told(number) == [stays.person_id]
    assert list(scene.dropped(number)) == [gone.person_id]
    assert scene.read(foreseen) == [], "it has begun"
