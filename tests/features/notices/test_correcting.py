"""Correcting a notice on its way: nobody who can be given the new words keeps the old ones."""

from bot.features.notices import control, correcting, rewording
from bot.features.notices.correcting import NewWords
from bot.features.notices.models import Notice, NoticeState
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from tests.features.notices.scene import NoticeScene


def corrected(scene: NoticeScene, office: Actor, number: int) -> None:
    """Give the notice other words."""
    words = NewWords("新的文字", [], 1)
    scene.write(
        lambda work: (
            rewording.correct(
                work, actor=office, config=scene.config, notice_id=number, words=words
            )
            and None
        )
    )


def changes(scene: NoticeScene, number: int) -> list[OutboxRow]:
    """Return the changes of messages that were sent."""
    return scene.rows(number, topic=f"correct:{number}:2")


def test_who_has_it_is_changed_and_who_waits_gets_the_new_words_at_once(
    scene: NoticeScene,
) -> None:
    for unit in ("kexie", "jiaotong", "keji", "kexie"):
        scene.contact(unit)
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    came, flying, _, failed = scene.rows(number)
    scene.set_row(came.id, state=State.sent, message_id=71, sent_at=scene.clock.now())
    scene.set_row(flying.id, state=State.sending)
    scene.set_row(failed.id, state=State.failed)
    corrected(scene, office, number)
    scene.tick(3)
    # What is on its way says the old words yet: nothing behind it goes before it has landed.
    assert [row.state for row in scene.rows(number)][2] is State.held
    assert [row.target_id for row in changes(scene, number)] == [came.id]
    scene.set_row(flying.id, state=State.sent, message_id=72, sent_at=scene.clock.now())
    scene.tick(3)
    assert [row.target_id for row in changes(scene, number)] == [came.id, flying.id]
    rows = scene.rows(number)
    assert all("新的文字" in row.payload["html"] for row in rows)
    assert [row.state for row in rows] == [State.sent, State.sent, State.pending, State.failed]
    # Asked again, nothing is changed twice, and it is over once the changes have come through.
    for row in changes(scene, number):
        scene.set_row(row.id, state=State.sent)
    scene.tick(3)
    assert len(changes(scene, number)) == 2
    cursor = scene.read(lambda view: view.session.get_one(Notice, number).correct_cursor)
    assert cursor is None


def test_a_paused_notice_stays_paused_and_goes_on_with_the_new_words(scene: NoticeScene) -> None:
    scene.contact("kexie")
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.write(lambda work: control.pause(work, actor=office, notice_id=number) and None)
    corrected(scene, office, number)
    scene.tick(3)
    [row] = scene.rows(number)
    assert (row.state, scene.state(number)) == (State.held, NoticeState.paused)
    scene.write(lambda work: control.go_on(work, actor=office, notice_id=number) and None)
    scene.tick(2)
    [row] = scene.rows(number)
    assert row.state is State.pending
    assert "新的文字" in row.payload["html"]


def test_what_cannot_be_changed_is_counted_and_named(scene: NoticeScene) -> None:
    for unit in ("kexie", "jiaotong", "keji"):
        scene.contact(unit, f"{unit}联络员")
    office = scene.coordinator()
    number = scene.confirmed(office)
    scene.tick(2)
    scene.settle(number, *([State.sent] * 3))
    corrected(scene, office, number)
    scene.tick(2)
    first, second, third = changes(scene, number)
    scene.set_row(first.id, state=State.sent)
    scene.set_row(second.id, state=State.blocked)
    scene.set_row(third.id, state=State.cancelled, error="superseded")
    done, names = scene.read(
        lambda view: (
            correcting.corrected(view, view.session.get_one(Notice, number)),
            correcting.not_corrected(view, view.session.get_one(Notice, number), most=9),
        )
    )
    assert (done.changed, done.anew, done.waiting, done.not_changed) == (2, 0, 0, 1)
    assert names == [("jiaotong联络员", State.blocked)]
