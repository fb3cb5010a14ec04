"""What the calendar says of chases and meetings is what their jobs do (design, section 6)."""

from datetime import timedelta
from functools import partial

import pytest

from bot.core.roles import Role
from bot.db.work import View
from bot.features.meetings import answers, evening, service
from bot.features.meetings.models import Coming
from bot.features.meetings.service import NewMeeting
from bot.features.people.actor import Actor
from bot.features.receipts import chasing
from bot.features.receipts.service import confirm
from bot.features.runs.foresight import ahead
from jobs import meetings
from tests.features.receipts.scene import ReceiptScene
from tests.jobs.ticking import Ticking
from tests.support.audiences import holders
from tests.support.people import make, messages

AHEAD = timedelta(days=7)


@pytest.fixture
def office(scene: ReceiptScene) -> Actor:
    return make(scene.store, Role.coordinator)


def contact(scene: ReceiptScene, unit: str = "kexie") -> Actor:
    return make(scene.store, Role.contact, unit=unit)


def test_whom_the_clock_will_ask_is_whom_it_asks(scene: ReceiptScene, office: Actor) -> None:
    done, missing = contact(scene), contact(scene)
    at = scene.clock.now() + timedelta(hours=5)
    notice = scene.notice(office, done, missing, chase_at=at)

    def foreseen(view: View) -> list[int]:
        until = view.now + AHEAD
        found = list(chasing.foresee(ahead(view), scene.config, until))
        assert {one.at for one in found} <= {at}
        return [one.person_id for one in found]

    assert scene.store.read_now(foreseen) == [done.person_id, missing.person_id]
    scene.store.write_now(partial(confirm, actor=done, notice_id=notice))
    assert scene.store.read_now(foreseen) == [missing.person_id]
    scene.clock.at = at
    scene.tick()
    assert scene.asked(notice) == [missing.person_id]
    assert scene.store.read_now(foreseen) == [], "it is done"


def test_who_will_be_written_to_before_a_meeting_is_who_is(
    scene: ReceiptScene, office: Actor
) -> None:
    comes, silent, leave = (contact(scene, unit) for unit in ("kexie", "jiaotong", "zhujian"))
    given = NewMeeting("动员会", scene.clock.now() + timedelta(days=3), "二楼")
    meeting = scene.store.write_now(
        partial(
            service.call_meeting,
            actor=office,
            config=scene.config,
            given=given,
            audience=holders([Role.contact]),
        )
    ).id
    for actor, answer in ((comes, Coming.comes), (leave, Coming.leave)):
        scene.store.write_now(
            partial(answers.reply, actor=actor, meeting_id=meeting, answer=answer)
        )

    def foreseen(view: View) -> list[tuple[int, str]]:
        found = evening.foresee(ahead(view), scene.config, view.now + AHEAD)
        return [(one.person_id, one.about[0].step) for one in found]

    expected = [(comes.person_id, evening.REMIND), (silent.person_id, evening.CHASE)]
    assert scene.store.read_now(foreseen) == expected
    before = {one.person_id: len(messages(scene.store, one)) for one in (comes, silent, leave)}
    scene.clock.at = evening.day_before(given.starts_at, scene.config)
    Ticking(scene.store, scene.config, meetings.job).tick()
    told = [
        one.person_id
        for one in (comes, silent, leave)
        if len(messages(scene.store, one)) > before[one.person_id]
    ]
    assert told == [person_id for person_id, _ in expected]
    assert scene.store.read_now(foreseen) == []
