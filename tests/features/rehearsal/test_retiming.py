"""What goes to many at one time gets another time, for all of them, on both databases."""

from datetime import datetime, timedelta

import pytest

from bot.config import Config
from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.notices.models import Notice
from bot.features.people.actor import Actor
from bot.features.receipts import chasing
from bot.features.rehearsal.errors import (
    GoneOut,
    NotMoved,
    PastThen,
    QuietThen,
    TooFarAhead,
    TooLateToUndo,
)
from bot.features.rehearsal.looking import GroupKey
from bot.features.rehearsal.retiming import RETIMED, line_choices, retime
from bot.features.rehearsal.skipping import unskip
from tests.features.notices.scene import NoticeScene
from tests.features.posts.scene import Scene
from tests.features.receipts.scene import ReceiptScene
from tests.features.rehearsal.test_singly import cancel, line, lines, people
from tests.support.clock import SetClock
from tests.support.people import load, make

HOUR = timedelta(hours=1)


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


@pytest.fixture
def office(scene: Scene) -> Actor:
    return make(scene.store, Role.coordinator)


def put(scene: Scene, actor: Actor, key: GroupKey, to: datetime) -> int:
    return scene.write(lambda work: retime(work, actor=actor, config=scene.config, key=key, to=to))


def moved(key: GroupKey, to: datetime) -> GroupKey:
    return GroupKey(to, key.kind, key.name, key.step)


def test_a_notice_goes_at_its_new_time_and_to_nobody_before(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    first, second, third = people(scene)
    at = clock.now() + 3 * HOUR
    number = notices.confirmed(office, send_at=at)
    key = line(scene, "notice", "sent")
    assert put(scene, office, key, at + 2 * HOUR) == 3
    assert put(scene, office, key, at + 2 * HOUR) == 3, "pressed twice it is there already"
    assert key not in lines(scene)
    assert lines(scene)[moved(key, at + 2 * HOUR)] == [
        one.person_id for one in (first, second, third)
    ]
    clock.at = at + HOUR
    notices.tick(3)
    assert notices.told(number) == []
    with pytest.raises(GoneOut):
        put(scene, office, key, at + 4 * HOUR)
    clock.at = at + 2 * HOUR
    notices.tick(3)
    assert len(notices.told(number)) == 3
    with pytest.raises(GoneOut):
        put(scene, office, moved(key, at + 2 * HOUR), at + 4 * HOUR)


def test_an_earlier_time_is_one_as_well(scene: Scene, office: Actor, clock: SetClock) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    people(scene)
    at = clock.now() + 5 * HOUR
    number = notices.confirmed(office, send_at=at)
    put(scene, office, line(scene, "notice", "sent"), at - 3 * HOUR)
    clock.at = at - 3 * HOUR
    notices.tick(3)
    assert len(notices.told(number)) == 3


def test_for_whom_it_was_cancelled_it_stays_so_and_can_be_restored_until_the_new_time(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    first, second, third = people(scene)
    at = clock.now() + 3 * HOUR
    number = notices.confirmed(office, send_at=at)
    key = line(scene, "notice", "sent")
    rows = [cancel(scene, office, key, one) for one in (first, second)]
    put(scene, office, key, at + 2 * HOUR)
    clock.at = at + HOUR
    scene.write(lambda work: unskip(work, actor=office, skip_id=rows[0].id))
    clock.at = at + 2 * HOUR
    with pytest.raises(TooLateToUndo):
        scene.write(lambda work: unskip(work, actor=office, skip_id=rows[1].id))
    notices.tick(3)
    assert notices.told(number) == [first.person_id, third.person_id]


def test_a_chase_is_moved_and_keeps_behind_its_notice(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    receipts = ReceiptScene(scene.store, scene.config, clock)
    everybody = people(scene)
    at = clock.now() + 2 * HOUR
    notice = receipts.notice(office, *everybody, chase_at=at)
    put(scene, office, line(scene, chasing.KIND, "chase"), at + 4 * HOUR)
    clock.at = at
    receipts.tick()
    assert receipts.asked(notice) == []
    clock.at = at + 4 * HOUR
    receipts.tick()
    assert len(receipts.asked(notice)) == 3


def test_a_chase_that_would_come_first_keeps_its_distance(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    people(scene)
    at = clock.now() + HOUR
    number = notices.confirmed(office, send_at=at)
    scene.write(
        lambda work: setattr(work.session.get_one(Notice, number), "chase_at", at + 2 * HOUR)
    )
    put(scene, office, line(scene, "notice", "sent"), at + 2 * HOUR)
    chase = scene.read(lambda view: view.session.get_one(Notice, number).chase_at)
    assert chase == at + 4 * HOUR


def test_what_is_no_time_for_it_is_refused(scene: Scene, office: Actor, clock: SetClock) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    one, *_ = people(scene)
    at = clock.now() + 3 * HOUR
    notices.confirmed(office, send_at=at)
    key = line(scene, "notice", "sent")
    night = at.replace(hour=16)
    for to, error in (
        (clock.now(), PastThen),
        (at + timedelta(days=40), TooFarAhead),
        (night, QuietThen),
    ):
        with pytest.raises(error):
            put(scene, office, key, to)
    with pytest.raises(NotAllowed):
        put(scene, one, key, at + HOUR)
    with pytest.raises(NotMoved):
        put(scene, office, GroupKey(at, "digest", "2024-W23", "all"), at + HOUR)
    offered = scene.read(lambda view: line_choices(view, scene.config, key))
    assert [type(one.why_not) for one in offered if one.to.hour >= 14] == [QuietThen] * sum(
        one.to.hour >= 14 for one in offered
    )
    assert line(scene, "notice", "sent") == key
    assert {"notice", chasing.KIND} == RETIMED
