"""Inviting, answering, chasing, changing, signing in and filing minutes, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.archive.models import StoredFile
from bot.features.archive.service import Incoming
from bot.features.meetings import answers, queries, service
from bot.features.meetings.errors import (
    MeetingCancelled,
    MeetingInPast,
    MeetingOver,
    MinutesFiled,
    NobodyInvited,
    NothingChanged,
    TooEarlyToSign,
)
from bot.features.meetings.models import Coming, Meeting, MeetingGuest
from bot.features.meetings.queries import Tally
from bot.features.meetings.service import NewMeeting
from bot.features.people.actor import Actor
from bot.features.people.forgetting import forget
from jobs import meetings
from tests.jobs.ticking import Ticking
from tests.support.audiences import holders
from tests.support.clock import SetClock
from tests.support.people import counting, load, make, messages

START = datetime.fromisoformat("2024-06-06T15:00:00+08:00")
MINUTES = Incoming("f1", "u1", "document", "纪要.docx", 100, None)


@dataclass
class Scene:
    """A store with the campaign's units, a clock to move, and a coordinator."""

    store: Store
    config: Config
    clock: SetClock
    office: Actor

    def call(self, *roles: Role, starts_at: datetime = START) -> int:
        """Call a meeting of those who hold `roles`."""
        given = NewMeeting("创建动员会", starts_at, "区政府二楼")
        invited = holders(roles or [Role.contact])
        made = self.store.write_now(
            lambda work: service.call_meeting(
                work, actor=self.office, config=self.config, given=given, audience=invited
            )
        )
        return made.id

    def reply(self, actor: Actor, meeting: int, answer: Coming, **words: str) -> None:
        """Let somebody answer."""
        self.store.write_now(
            lambda work: answers.reply(
                work, actor=actor, meeting_id=meeting, answer=answer, **words
            )
        )

    def sign(self, actor: Actor, meeting: int, *, by: Actor | None = None) -> MeetingGuest:
        """Note that somebody is there, or take it back."""
        return self.store.write_now(
            lambda work: answers.sign_in(
                work,
                self.config,
                actor=by or self.office,
                meeting_id=meeting,
                person_id=actor.person_id,
            )
        )

    def tally(self, meeting: int) -> Tally:
        """Return the counts."""
        return self.store.read_now(partial(queries.tally, meeting_id=meeting))

    def tick(self) -> None:
        """Carry out what the clock sets off now, until nothing is left."""
        ticking = Ticking(self.store, self.config, meetings.job)
        while ticking.tick():
            pass

    def got(self, actor: Actor, words: str) -> int:
        """Return how many messages with `words` somebody has."""
        return sum(words in one for one in messages(self.store, actor))

    def refused(self, error: type[BusinessError], act: Callable[..., Any], **given: Any) -> None:
        """Check that the rules refuse `act` with `error`."""
        with pytest.raises(error):
            self.store.write_now(partial(act, **given))


@pytest.fixture
def scene(any_store: Store, campaign: Config, clock: SetClock) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign, clock, make(any_store, Role.coordinator, name="小李"))


def contact(scene: Scene, unit: str = "kexie", name: str = "张三") -> Actor:
    return make(scene.store, Role.contact, unit=unit, name=name)


def test_everybody_chosen_is_invited_once(scene: Scene) -> None:
    both = make(scene.store, Role.contact, Role.unit_head, unit="kexie", name="两个身份")
    other = contact(scene, "jiaotong")
    outside = make(scene.store, Role.volunteer)
    meeting = scene.call(Role.contact, Role.unit_head)
    assert [scene.got(one, "会议通知") for one in (both, other, outside)] == [1, 1, 0]
    assert scene.tally(meeting) == Tally(2, 0, 0, 0, 0, 0)
    assert scene.tally(meeting).silent == 2


def test_the_last_answer_before_the_beginning_counts(scene: Scene) -> None:
    one, other = contact(scene), contact(scene, "jiaotong")
    meeting = scene.call()
    scene.reply(one, meeting, Coming.leave, reason="出差")
    scene.reply(one, meeting, Coming.stand_in, stand_in="王五 副主任")
    scene.reply(other, meeting, Coming.comes)
    counted = scene.tally(meeting)
    assert (counted.comes, counted.stand_in, counted.leave, counted.silent) == (1, 1, 0, 0)
    lines = scene.store.read_now(lambda view: queries.guests(view, meeting, most=9))
    mine = next(found for found in lines if found.guest.person_id == one.person_id)
    assert (mine.guest.stand_in, mine.guest.reason) == ("王五 副主任", None)
    scene.clock.at = START
    scene.refused(MeetingOver, answers.reply, actor=one, meeting_id=meeting, answer=Coming.leave)
    assert scene.tally(meeting).stand_in == 1


def test_only_those_invited_answer(scene: Scene) -> None:
    contact(scene)
    stranger = make(scene.store, Role.volunteer)
    meeting = scene.call()
    for number in (meeting, meeting + 1):
        scene.refused(
            NotFound, answers.reply, actor=stranger, meeting_id=number, answer=Coming.comes
        )
    assert (scene.tally(meeting).invited, scene.tally(meeting).comes) == (1, 0)


def test_what_cannot_be_called_is_refused(scene: Scene) -> None:
    one = contact(scene)
    given = NewMeeting("会", START, "这里")
    late = NewMeeting("会", scene.clock.now(), "这里")
    call = service.call_meeting
    contacts = holders([Role.contact])
    as_office = {"actor": scene.office, "config": scene.config}
    scene.refused(NotAllowed, call, actor=one, config=scene.config, given=given, audience=contacts)
    scene.refused(MeetingInPast, call, **as_office, given=late, audience=contacts)
    scene.refused(NobodyInvited, call, **as_office, given=given, audience=holders([Role.citizen]))
    assert scene.store.read_now(queries.count_meetings) == 0


def test_the_day_before_who_comes_is_reminded_and_silent_units_are_chased_once(
    scene: Scene,
) -> None:
    comes = contact(scene, "kexie", "来的")
    colleague = contact(scene, "kexie", "同单位没答的")
    silent = contact(scene, "jiaotong", "没答的")
    leave = contact(scene, "zhujian", "请假的")
    meeting = scene.call()
    scene.reply(comes, meeting, Coming.comes)
    scene.reply(leave, meeting, Coming.leave)
    scene.tick()
    scene.clock.at = START - timedelta(hours=30)
    for _ in range(3):
        scene.tick()
        scene.clock.move(hours=4)
    people = (comes, colleague, silent, leave)
    assert [scene.got(one, "明天开会") for one in people] == [1, 0, 0, 0]
    assert [scene.got(one, "请答复会议通知") for one in people] == [0, 0, 1, 0]


def test_a_meeting_called_for_tomorrow_is_not_chased_at_once(scene: Scene) -> None:
    one = contact(scene)
    scene.call(starts_at=scene.clock.now() + timedelta(hours=23))
    scene.tick()
    assert len(messages(scene.store, one)) == 1


def test_a_change_reaches_everybody_and_a_cancelling_those_not_on_leave(scene: Scene) -> None:
    comes, leave, silent = (contact(scene, unit) for unit in ("kexie", "jiaotong", "zhujian"))
    meeting = scene.call()
    scene.reply(comes, meeting, Coming.comes)
    scene.reply(leave, meeting, Coming.leave)
    later = START + timedelta(days=1)
    move = partial(service.move_meeting, actor=scene.office, meeting_id=meeting)
    scene.refused(NothingChanged, move, starts_at=START, place="区政府二楼")
    scene.refused(MeetingInPast, move, starts_at=scene.clock.now(), place="区政府二楼")
    scene.store.write_now(partial(move, starts_at=later, place="区政府二楼"))
    assert [scene.got(one, "会议有变动") for one in (comes, leave, silent)] == [1, 1, 1]
    assert scene.tally(meeting).comes == 1, "answers stay"
    cancel = partial(service.cancel_meeting, actor=scene.office, meeting_id=meeting)
    scene.store.write_now(cancel)
    assert [scene.got(one, "会议取消") for one in (comes, leave, silent)] == [1, 0, 1]
    scene.refused(MeetingCancelled, cancel)
    scene.refused(
        MeetingCancelled, answers.reply, actor=leave, meeting_id=meeting, answer=Coming.comes
    )
    scene.clock.at = later - timedelta(hours=20)
    scene.tick()
    assert scene.got(comes, "明天开会") == 0


def test_who_signs_in_after_the_beginning_is_late_and_a_mistake_is_taken_back(
    scene: Scene,
) -> None:
    early, late = contact(scene), contact(scene, "jiaotong")
    meeting = scene.call()
    with pytest.raises(TooEarlyToSign):
        scene.sign(early, meeting)
    scene.clock.at = START - timedelta(minutes=10)
    assert not scene.sign(early, meeting).late
    scene.clock.at = START + timedelta(minutes=10)
    assert scene.sign(late, meeting).late
    counted = scene.tally(meeting)
    assert (counted.signed, counted.late) == (2, 1)
    assert scene.sign(late, meeting).signed_at is None
    assert scene.tally(meeting).signed == 1
    with pytest.raises(NotAllowed):
        scene.sign(early, meeting, by=early)
    with pytest.raises(NotFound):
        scene.sign(scene.office, meeting)


@pytest.mark.parametrize("send", [True, False])
def test_minutes_go_to_the_archive_once_and_to_the_invited_if_wanted(
    scene: Scene, send: bool
) -> None:
    one = contact(scene)
    meeting = scene.call()
    scene.clock.at = START + timedelta(hours=2)
    file = partial(
        service.file_minutes,
        config=scene.config,
        actor=scene.office,
        meeting_id=meeting,
        file=MINUTES,
        send=send,
    )
    scene.store.write_now(file)
    assert scene.got(one, "会议纪要") == int(send)
    kept = scene.store.read_now(
        lambda view: [found.owner_kind for found in view.session.scalars(select(StoredFile))]
    )
    assert kept == ["official"]
    scene.refused(MinutesFiled, file)


def test_what_an_erased_person_wrote_is_gone_and_counted(scene: Scene) -> None:
    one = contact(scene)
    meeting = scene.call()
    scene.reply(one, meeting, Coming.leave, reason="住院")
    scene.store.write_now(partial(forget, actor=one, inbox_id=1))
    [line] = scene.store.read_now(lambda view: queries.guests(view, meeting, most=9))
    assert (line.name, line.guest.reason, line.guest.answer) == ("", None, Coming.leave)


def test_the_statements_do_not_grow_with_the_guests(scene: Scene) -> None:
    def statements(meeting: int) -> int:
        def read(view: View) -> int:
            with counting(view) as found:
                queries.tally(view, meeting)
                queries.guests(view, meeting, most=50)
                queries.without_answer(view, meeting)
            return len(found.texts)

        return scene.store.read_now(read)

    contact(scene)
    few = statements(scene.call())
    for _ in range(9):
        contact(scene)
    assert statements(scene.call()) == few


def test_a_meeting_that_was_moved_keeps_its_version(scene: Scene) -> None:
    contact(scene)
    meeting = scene.call()
    scene.store.write_now(
        partial(
            service.move_meeting,
            actor=scene.office,
            meeting_id=meeting,
            starts_at=START,
            place="别处",
        )
    )
    kept = scene.store.read_now(lambda view: view.session.get_one(Meeting, meeting).version)
    assert kept == 2
