"""A notice on its way: paused, gone on, ended, repeated, taken back."""

from datetime import timedelta

import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.notices import control, recalling, sending
from bot.features.notices.audience import EVERYONE, Part, PartKind
from bot.features.notices.content import Content
from bot.features.notices.errors import (
    NotNow,
)
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.sending import BY_ERRORS
from bot.features.outbox.models import Kind, State
from bot.features.outbox.payload import Attachment
from tests.features.notices.scene import NoticeScene, changed, of, role
from tests.support.people import counting, messages


def test_a_paused_notice_keeps_back_what_waits_and_goes_on_where_it_stood(
    scene: NoticeScene,
) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        scene.contact(unit)
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.settle(number, State.sent)
    scene.write(lambda work: control.pause(work, actor=office, notice_id=number) and None)
    states = [row.state for row in scene.rows(number)]
    assert states == [State.sent, State.held, State.held]
    scene.write(lambda work: control.go_on(work, actor=office, notice_id=number) and None)
    scene.tick(2)
    states = [row.state for row in scene.rows(number)]
    assert states == [State.sent, State.pending, State.pending]
    scene.settle(number, State.sent, State.sent)
    scene.tick(2)
    assert scene.state(number) is NoticeState.sent


def test_what_comes_back_of_a_paused_notice_is_kept_back_as_well(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.settle(number, State.sending)
    scene.write(lambda work: control.pause(work, actor=office, notice_id=number) and None)
    [row] = scene.rows(number)
    scene.set_row(row.id, state=State.pending)  # it was tried in vain
    scene.tick(1)
    assert [row.state for row in scene.rows(number)] == [State.held]


def test_it_pauses_by_itself_after_errors_in_a_row(small: NoticeScene) -> None:
    for _ in range(2):
        small.contact("kexie")
    for _ in range(4):
        small.person(Role.volunteer)
    small.config = changed(small.config, second_person_above=99)
    office = small.coordinator()
    number = small.confirmed(office, of(role(Role.contact), role(Role.volunteer)))
    small.tick(2)
    small.settle(number, State.failed, State.blocked)
    small.tick(1)
    assert small.state(number) is NoticeState.sending
    small.settle(number, State.failed)
    small.tick(1)
    notice = small.read(lambda view: view.session.get_one(Notice, number))
    assert (notice.state, notice.pause_reason) == (NoticeState.paused, BY_ERRORS)
    assert any("已自动暂停，其余的没有发" in text for text in messages(small.store, office))
    small.write(lambda work: control.go_on(work, actor=office, notice_id=number) and None)
    small.tick(2)
    assert small.state(number) is NoticeState.sending
    small.settle(number, State.failed, State.sent, State.failed)
    small.tick(1)
    assert small.state(number) is NoticeState.sent


def after_new_errors(small: NoticeScene) -> list[State]:
    """Go on with a notice that paused by itself, let as many new errors come; return its rows."""
    for _ in range(7):
        small.person(Role.volunteer)
    small.config = changed(small.config, second_person_above=99)
    office = small.coordinator()
    number = small.confirmed(office, of(role(Role.volunteer)))
    small.tick(2)
    small.settle(number, *([State.blocked] * 3))
    small.tick(1)
    small.write(lambda work: control.go_on(work, actor=office, notice_id=number) and None)
    small.tick(2)
    small.settle(number, State.failed, State.failed)
    small.tick(1)
    assert small.state(number) is NoticeState.sending, "the errors before count no more"
    small.settle(number, State.failed)
    small.tick(1)
    return [row.state for row in small.rows(number)]


def test_gone_on_as_many_new_errors_pause_it_again(small: NoticeScene) -> None:
    assert after_new_errors(small)[-1] is State.held


def test_forgiving_what_has_not_gone_yet_is_seen(
    small: NoticeScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "SETTLED", tuple(State))
    assert after_new_errors(small)[-1] is State.pending


def test_errors_that_are_not_in_a_row_do_not_pause_it(small: NoticeScene) -> None:
    for _ in range(6):
        small.person(Role.volunteer)
    small.config = changed(small.config, second_person_above=99)
    number = small.confirmed(small.coordinator(), of(role(Role.volunteer)))
    small.tick(2)
    small.settle(number, State.failed, State.failed, State.sent, State.failed, State.blocked)
    small.tick(1)
    assert small.state(number) is NoticeState.sending


def test_a_notice_that_never_goes_twice_says_so_to_the_sender(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    number = scene.confirmed(office, once=True)
    scene.tick(2)
    assert [row.once for row in scene.rows(number)] == [True]
    scene.settle(number, State.unknown)
    scene.tick(1)
    assert scene.state(number) is NoticeState.sent
    again_now = scene.write(
        lambda work: control.repeat_unknown(work, actor=office, notice_id=number)
    )
    assert again_now == 1
    assert [row.state for row in scene.rows(number)] == [State.pending]
    twice = scene.write(lambda work: control.repeat_unknown(work, actor=office, notice_id=number))
    assert twice == 0


def test_ending_it_before_it_begins_tells_nobody(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    number = scene.confirmed(office, send_at=scene.clock.now() + timedelta(hours=2))
    assert scene.write(lambda work: control.stop(work, actor=office, notice_id=number)) == 1
    scene.clock.move(hours=3)
    scene.tick(3)
    assert scene.state(number) is NoticeState.cancelled
    assert scene.told(number) == []
    with pytest.raises(NotNow):
        scene.write(lambda work: control.go_on(work, actor=office, notice_id=number) and None)


def test_what_is_young_is_deleted_and_what_is_old_is_changed(scene: NoticeScene) -> None:
    album = Content("看图", files=[Attachment("photo", f"f{n}") for n in range(3)])
    scene.contact("kexie")
    scene.contact("jiaotong")
    office = scene.coordinator()
    number = scene.confirmed(office, content=album)
    scene.tick(2)
    first, *_ = scene.rows(number)
    scene.settle(number, *([State.sent] * 4))
    scene.tick(1)
    scene.clock.move(hours=49)
    young = [row for row in scene.rows(number) if row.person_id != first.person_id]
    [photos] = young
    scene.set_row(photos.id, album=[71, 74, 90], message_id=71)
    for row in young:
        scene.set_row(row.id, sent_at=scene.clock.now() - timedelta(hours=47))
    scene.write(lambda work: recalling.recall(work, actor=office, notice_id=number) and None)
    scene.tick(4)
    changes = scene.rows(number, topic=recalling.recall_topic(number))
    old = [row for row in changes if row.person_id == first.person_id]
    assert [row.kind for row in old] == [Kind.edit]
    assert "已撤回" in old[0].payload["html"]
    fresh = [row for row in changes if row.person_id != first.person_id]
    assert [row.kind for row in fresh] == [Kind.delete] * 3
    # The row itself, and the others by the numbers that Telegram told, which are in no row.
    assert [row.target_message_id for row in fresh] == [None, 74, 90]
    found = scene.read(lambda view: recalling.recalled(view, view.session.get_one(Notice, number)))
    assert (found.waiting, found.files_stay) == (2, 1)


def test_what_telegram_does_not_delete_is_changed_instead(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.settle(number, State.sent)
    scene.tick(1)
    scene.write(lambda work: recalling.recall(work, actor=office, notice_id=number) and None)
    scene.tick(2)
    topic = recalling.recall_topic(number)
    [deletion] = scene.rows(number, topic=topic)
    scene.set_row(deletion.id, state=State.failed)
    scene.tick(3)
    assert [row.kind for row in scene.rows(number, topic=topic)] == [Kind.delete, Kind.edit]
    assert scene.read(lambda view: view.session.get_one(Notice, number)).finished_at is None
    for row in scene.rows(number, topic=topic):
        if row.state is State.pending:
            scene.set_row(row.id, state=State.sent)
    scene.tick(1)
    notice = scene.read(lambda view: view.session.get_one(Notice, number))
    assert (notice.state, notice.finished_at) == (NoticeState.recalled, scene.clock.now())


def test_what_was_on_its_way_at_a_recall_is_taken_back_as_well(scene: NoticeScene) -> None:
    scene.contact("kexie")
    scene.contact("jiaotong")
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.settle(number, State.sending, State.sent)
    scene.write(lambda work: control.stop(work, actor=office, notice_id=number) and None)
    scene.write(lambda work: recalling.recall(work, actor=office, notice_id=number) and None)
    scene.tick(2)
    topic = recalling.recall_topic(number)
    assert len(scene.rows(number, topic=topic)) == 1
    [late] = [row for row in scene.rows(number) if row.state is State.sending]
    scene.set_row(late.id, state=State.sent)
    scene.tick(2)
    assert len(scene.rows(number, topic=topic)) == 2


def test_beginning_takes_as_many_statements_for_many_as_for_few(scene: NoticeScene) -> None:
    office = scene.coordinator()

    def begin(people: int) -> int:
        for _ in range(people):
            scene.person(Role.volunteer)
        at = scene.clock.now() + timedelta(hours=1)
        number = scene.confirmed(office, of(role(Role.volunteer)), send_at=at)

        def counted(work: Work) -> int:
            notice = work.session.get_one(Notice, number)
            with counting(work) as statements:
                sending.begin(work, scene.config, notice)
            return len(statements.texts)

        return scene.write(counted)

    begin(1)
    few = begin(1)
    assert begin(30) == few


def test_everyone_less_a_list_leaves_the_listed_out(scene: NoticeScene) -> None:
    stays, goes = scene.contact("kexie"), scene.contact("jiaotong")
    listed = Part(PartKind.person, str(goes.person_id))
    office = scene.coordinator()
    number = scene.confirmed(office, of(EVERYONE, less=(listed, role(Role.coordinator))))
    scene.tick(3)
    assert scene.told(number) == [stays.person_id]
