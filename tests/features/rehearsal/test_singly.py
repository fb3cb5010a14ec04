"""What goes to many as one is cancelled for one of them, or for all, on both databases."""

from datetime import timedelta

import pytest

from bot.config import Config
from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.closing import asking
from bot.features.meetings import evening
from bot.features.notices.models import Dropped
from bot.features.people.actor import Actor
from bot.features.receipts import chasing
from bot.features.rehearsal.errors import GoneOut, NotWhole
from bot.features.rehearsal.looking import GroupKey, days_ahead
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.rehearsal.skipping import skip, skip_all, unskip
from jobs import meetings as meetings_job
from tests.features.meetings.test_meetings import START
from tests.features.meetings.test_meetings import Scene as Meetings
from tests.features.notices.scene import NoticeScene
from tests.features.posts.scene import Scene
from tests.features.receipts.scene import ReceiptScene
from tests.features.rehearsal.moves import run
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock
from tests.support.people import load, make, messages


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


@pytest.fixture
def office(scene: Scene) -> Actor:
    return make(scene.store, Role.coordinator)


def people(scene: Scene) -> list[Actor]:
    return [make(scene.store, Role.contact, unit=unit) for unit in ("kexie", "jiaotong", "zhujian")]


def lines(scene: Scene, days: int = 4) -> dict[GroupKey, list[int]]:
    """Return the lines of the coming days, and whom they are for."""
    zone = scene.config.time.zone_info
    first = scene.store.clock.now().astimezone(zone).date()
    found = scene.read(
        lambda view: days_ahead(view, scene.config, first, first + timedelta(days=days))
    )
    return {key: group.people for day in found for key, group in day.groups.items()}


def line(scene: Scene, kind: str, step: str) -> GroupKey:
    [key] = [one for one in lines(scene) if one.kind == kind and one.step == step]
    return key


def cancel(scene: Scene, actor: Actor, key: GroupKey, whose: Actor) -> SkippedSend:
    return scene.write(
        lambda work: skip(
            work,
            actor=actor,
            config=scene.config,
            kind=key.kind,
            at=key.at,
            person_id=whose.person_id,
            reason=SkipReason.told,
        )
    )


def cancel_all(scene: Scene, actor: Actor, key: GroupKey) -> SkippedSend:
    return scene.write(
        lambda work: skip_all(
            work, actor=actor, config=scene.config, key=key, reason=SkipReason.needless
        )
    )


def test_a_chase_by_the_clock_passes_over_one(scene: Scene, office: Actor, clock: SetClock) -> None:
    receipts = ReceiptScene(scene.store, scene.config, clock)
    first, second, _ = everybody = people(scene)
    at = clock.now() + timedelta(hours=5)
    notice = receipts.notice(office, *everybody, chase_at=at)
    key = line(scene, chasing.KIND, "chase")
    row = cancel(scene, office, key, first)
    cancel(scene, office, key, second)
    scene.write(lambda work: unskip(work, actor=office, skip_id=row.id))
    assert lines(scene)[key] == [one.person_id for one in everybody if one is not second]
    clock.at = at
    receipts.tick()
    assert receipts.asked(notice) == [one.person_id for one in everybody if one is not second]


def test_a_chase_by_the_clock_is_cancelled_for_all(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    receipts = ReceiptScene(scene.store, scene.config, clock)
    at = clock.now() + timedelta(hours=5)
    notice = receipts.notice(office, *people(scene), chase_at=at)
    key = line(scene, chasing.KIND, "chase")
    row = cancel_all(scene, office, key)
    assert (row.person_id, row.reason) == (None, SkipReason.needless)
    assert key not in lines(scene)
    assert cancel_all(scene, office, key).id == row.id, "pressed twice"
    clock.at = at
    receipts.tick()
    assert receipts.asked(notice) == []
    with pytest.raises(GoneOut):
        cancel_all(scene, office, key)
    scene.write(
        lambda work: chasing.chase(work, actor=office, notice_id=notice, config=scene.config)
    )
    receipts.tick()
    assert len(receipts.asked(notice)) == 3, "by hand it is still sent"


def test_a_notice_of_a_time_to_come_passes_over_one(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    notices = NoticeScene(scene.store, scene.config, clock)
    first, second, third = people(scene)
    at = clock.now() + timedelta(hours=5)
    number = notices.confirmed(office, send_at=at)
    key = line(scene, "notice", "sent")
    cancel(scene, office, key, second)
    with pytest.raises(NotWhole):
        cancel_all(scene, office, key)
    clock.at = at
    notices.tick(3)
    assert notices.told(number) == [first.person_id, third.person_id]
    assert notices.dropped(number) == {second.person_id: Dropped.by_hand}


@pytest.mark.parametrize("whole", [False, True])
def test_a_meeting_s_day_before_passes_over_one_or_all(
    scene: Scene, office: Actor, clock: SetClock, *, whole: bool
) -> None:
    meetings = Meetings(scene.store, scene.config, clock, office)
    everybody = people(scene)
    meetings.call()
    before = {one.person_id: len(messages(scene.store, one)) for one in everybody}
    key = line(scene, evening.KIND, evening.CHASE)
    if whole:
        cancel_all(scene, office, key)
    else:
        cancel(scene, office, key, everybody[0])
    clock.at = evening.day_before(START, scene.config)
    Ticking(scene.store, scene.config, meetings_job.job).tick()
    more = [len(messages(scene.store, one)) - before[one.person_id] for one in everybody]
    assert more == ([0, 0, 0] if whole else [0, 1, 1])


def test_what_goes_to_the_whole_office_is_cancelled_for_all(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    scene.sign_up(scene.person(), scene.post())
    clock.at = shanghai("06-08T12:00")
    key = line(scene, asking.KIND, "office")
    one = people(scene)[0]
    with pytest.raises(NotAllowed):
        cancel_all(scene, one, key)
    cancel_all(scene, office, key)
    assert run(scene, clock, shanghai("06-09T09:00"))[office.person_id] == 0
