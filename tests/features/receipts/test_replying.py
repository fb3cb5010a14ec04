"""What people write back, and the report of a notice, on both databases (BUL-02)."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.notices.models import NoticeState
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.payload import Attachment
from bot.features.people.actor import Actor
from bot.features.people.forgetting import forget
from bot.features.receipts import replying, report, service
from bot.features.receipts.errors import EmptyReply, NothingToRequeue
from bot.features.receipts.models import NoticeReply
from bot.features.receipts.replying import Written
from tests.features.receipts.scene import ReceiptScene
from tests.support.people import counting, make, messages

PHOTO = Attachment(kind="photo", file_id="f1")


@pytest.fixture
def office(scene: ReceiptScene) -> Actor:
    return make(scene.store, Role.coordinator, name="小李")


@pytest.fixture
def contact(scene: ReceiptScene) -> Actor:
    return make(scene.store, Role.contact, unit="kexie", name="张三")


def write_back(scene: ReceiptScene, actor: Actor, notice: int, written: Written) -> NoticeReply:
    return scene.store.write_now(
        partial(replying.write_back, actor=actor, notice_id=notice, written=written)
    )


def answer(scene: ReceiptScene, actor: Actor, reply: int, text: str) -> NoticeReply:
    return scene.store.write_now(
        partial(replying.answer, actor=actor, reply_id=reply, written=Written(text))
    )


def test_a_reply_reaches_every_coordinator_and_the_answer_who_wrote(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    other = make(scene.store, Role.admin, name="小王")
    notice = scene.notice(office, contact)
    reply = write_back(scene, contact, notice, Written("能不能<改>到四点"))
    for reader in (office, other):
        [told] = messages(scene.store, reader)
        assert "区科协 张三" in told
        assert "能不能&lt;改&gt;到四点" in told
        assert "明天下午三点开会" in told
    answer(scene, other, reply.id, "可以")
    assert len(messages(scene.store, office)) == 1, "the others see it on the card"
    *_, told = messages(scene.store, contact)
    assert "您说：能不能&lt;改&gt;到四点" in told
    assert told.endswith("可以")


def test_who_got_no_notice_and_who_is_no_coordinator_is_refused(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    stranger = make(scene.store, Role.volunteer)
    notice = scene.notice(office, contact)
    with pytest.raises(NotFound):
        write_back(scene, stranger, notice, Written("我也说"))
    with pytest.raises(EmptyReply):
        write_back(scene, contact, notice, Written(" "))
    reply = write_back(scene, contact, notice, Written("问一下"))
    with pytest.raises(NotAllowed):
        answer(scene, contact, reply.id, "自问自答")
    own = answer(scene, office, reply.id, "答")
    with pytest.raises(NotFound):
        answer(scene, office, own.id, "答复的答复")


def test_the_photos_of_an_album_are_one_reply_and_each_is_handed_on(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    notice = scene.notice(office, contact)
    for number in range(3):
        photo = Attachment(kind="photo", file_id=f"f{number}")
        write_back(scene, contact, notice, Written("现场" if number == 0 else "", photo, "a1"))
    count = scene.store.read_now(partial(replying.count_replies, notice_id=notice))
    assert count == 1
    sent = scene.store.read_now(
        lambda view: [
            file["file_id"]
            for row in view.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.person_id == office.person_id)
                .order_by(OutboxRow.id)
            )
            for file in row.payload["files"]
        ]
    )
    assert sent == ["f0", "f1", "f2"]


def test_a_long_text_follows_whole(scene: ReceiptScene, office: Actor, contact: Actor) -> None:
    notice = scene.notice(office, contact)
    text = "长" * 4096
    write_back(scene, contact, notice, Written(text))
    heading, whole = messages(scene.store, office)
    assert "全文见下一条" in heading
    assert whole == text


def test_the_words_of_who_was_erased_are_gone_and_the_count_stays(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    notice = scene.notice(office, contact)
    reply = write_back(scene, contact, notice, Written("我的电话是 123", PHOTO))
    answer(scene, office, reply.id, "记下了 123")
    scene.store.write_now(partial(forget, actor=contact, inbox_id=1))

    def kept(view: View) -> list[tuple[str, Any]]:
        return [(one.text, one.files) for one in view.session.scalars(select(NoticeReply))]

    assert scene.store.read_now(kept) == [("", []), ("", [])]
    assert scene.store.read_now(partial(replying.count_replies, notice_id=notice)) == 1


def test_the_figures_are_those_of_the_rows_by_unit(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    other = make(scene.store, Role.contact, unit="jiaotong", name="李四")
    alone = [make(scene.store, Role.volunteer) for _ in range(3)]
    states = {
        contact.person_id: None,
        other.person_id: State.blocked,
        alone[0].person_id: State.failed,
        alone[1].person_id: State.unknown,
        alone[2].person_id: State.pending,
    }
    notice = scene.notice_as(office, states)
    scene.store.write_now(partial(service.confirm, actor=contact, notice_id=notice))
    whole = scene.store.read_now(partial(report.figures, notice_id=notice))
    assert (whole.total, whole.sent, whole.blocked, whole.failed) == (5, 1, 1, 1)
    assert (whole.unknown, whole.waiting, whole.confirmed) == (1, 1, 1)
    units = scene.store.read_now(partial(report.by_unit, notice_id=notice, most=9))
    assert [one.total for one in units] == [1, 1, 3]
    assert units[-1].unit is None
    assert sum(one.confirmed for one in units) == 1
    assert scene.store.read_now(partial(report.count_units, notice_id=notice)) == 3
    people = scene.store.read_now(lambda view: list(report.all_people(view, notice)))
    assert len(people) == 5


def states_of(scene: ReceiptScene, notice: int) -> dict[int, State]:
    return scene.store.read_now(
        lambda view: {
            row.person_id or 0: row.state
            for row in view.session.scalars(
                select(OutboxRow).where(OutboxRow.topic == f"notice:{notice}")
            )
        }
    )


def test_only_failed_messages_go_again(scene: ReceiptScene, office: Actor, contact: Actor) -> None:
    people = [contact, *(make(scene.store, Role.volunteer) for _ in range(4))]
    before = (State.failed, State.blocked, State.unknown, State.sent, State.cancelled)
    states = dict(zip([one.person_id for one in people], before, strict=True))
    notice = scene.notice_as(office, dict(states))
    with pytest.raises(NotAllowed):
        scene.store.write_now(partial(report.send_failed_again, actor=contact, notice_id=notice))
    again = partial(report.send_failed_again, actor=office, notice_id=notice)
    assert scene.store.write_now(again) == 1
    assert states_of(scene, notice) == {**states, contact.person_id: State.pending}
    with pytest.raises(NothingToRequeue):
        scene.store.write_now(again)


@pytest.mark.parametrize(
    "state", [NoticeState.stopped, NoticeState.recalled, NoticeState.cancelled]
)
def test_what_was_ended_goes_out_no_more(
    scene: ReceiptScene, office: Actor, contact: Actor, state: NoticeState
) -> None:
    notice = scene.notice_as(office, {contact.person_id: State.failed}, state=state)
    with pytest.raises(NothingToRequeue):
        scene.store.write_now(partial(report.send_failed_again, actor=office, notice_id=notice))
    assert states_of(scene, notice) == {contact.person_id: State.failed}


def test_the_statements_do_not_grow_with_the_replies(
    scene: ReceiptScene, office: Actor, contact: Actor
) -> None:
    notice = scene.notice(office, contact)

    def statements() -> int:
        def read(view: View) -> int:
            with counting(view) as found:
                replying.replies_to(view, notice, most=50)
                report.by_unit(view, notice, most=50)
            return len(found.texts)

        return scene.store.read_now(read)

    write_back(scene, contact, notice, Written("一"))
    few = statements()
    for text in "二三四五六":
        write_back(scene, contact, notice, Written(text))
    assert statements() == few
