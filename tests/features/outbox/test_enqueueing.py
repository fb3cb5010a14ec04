"""How messages enter the outbox."""

from datetime import timedelta

from bot.db.work import Work
from bot.features.outbox.many import enqueue_many
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.queries import find_message, topic_counts
from bot.features.outbox.service import (
    Outgoing,
    cancel_topic,
    enqueue,
    enqueue_edit,
    enqueue_settling,
)
from tests.transport.harness import HandClock, TestStore

ALBUM = Payload(
    html="words",
    buttons=[[{"text": "打开", "data": "x"}]],
    files=[Attachment("photo", file_id="a"), Attachment("photo", file_id="b")],
)


def message(key: str, words: str = "words", payload: Payload | None = None) -> Outgoing:
    return Outgoing(
        chat_id=1,
        payload=payload or Payload(html=words),
        lane=Lane.interactive,
        dedupe_key=key,
        topic="notice:1",
    )


def test_a_message_goes_in_once_for_each_key(store: TestStore) -> None:
    first = store.do(lambda work: enqueue(work, message("key")))
    again = store.do(lambda work: enqueue(work, message("key")))
    assert first is not None
    assert again is None
    assert len(store.rows()) == 1


def test_an_album_with_buttons_becomes_two_rows_in_order(store: TestStore) -> None:
    last = store.do(lambda work: enqueue(work, message("key", payload=ALBUM)))
    files, words = store.rows()
    assert last is not None
    assert (files.kind, len(files.payload["files"]), files.payload["buttons"]) == (
        Kind.files,
        2,
        [],
    )
    assert (words.id, words.kind, words.payload["html"]) == (last.id, Kind.send, "words")
    assert files.id < words.id


def test_many_messages_become_the_rows_that_one_by_one_would_make(store: TestStore) -> None:
    messages = [message("a"), message("b", payload=ALBUM), message("c")]
    put = store.do(lambda work: enqueue_many(work, messages))
    repeated = store.do(lambda work: enqueue_many(work, [*messages, message("d")]))
    assert (put, repeated) == (4, 1)
    assert [row.dedupe_key for row in store.rows()] == ["a", "b#1", "b", "c", "d"]


def test_a_row_of_files_does_not_count_as_a_recipient(store: TestStore) -> None:
    store.do(lambda work: enqueue(work, message("key", payload=ALBUM)))
    assert store.see(lambda view: topic_counts(view, "notice:1")) == {State.pending: 1}


def test_a_reply_to_the_files_of_a_message_is_known(store: TestStore) -> None:
    store.do(lambda work: enqueue(work, message("key", payload=ALBUM)))

    def send(work: Work) -> None:
        for number, row in enumerate(store.rows(), 71):
            work.session.get_one(OutboxRow, row.id).message_id = number

    store.do(send)
    found = store.see(lambda view: find_message(view, chat_id=1, message_id=71))
    assert found is not None
    assert found.topic == "notice:1"


def test_cancelling_a_topic_counts_what_still_waited(store: TestStore) -> None:
    first, second = store.put(1, 2)

    def send_one(work: Work) -> None:
        for row_id in (first, second):
            work.session.get_one(OutboxRow, row_id).topic = "notice:2"
        work.session.get_one(OutboxRow, first).state = State.sent

    store.do(send_one)
    assert store.do(lambda work: cancel_topic(work, "notice:2")) == 1
    assert store.states([first, second]) == [State.sent, State.cancelled]


def test_a_later_change_replaces_one_that_waits(store: TestStore) -> None:
    (target,) = store.put(1)

    def change(words: str) -> int:
        return store.do(
            lambda work: (
                enqueue_edit(work, message(words, words), dedupe_key=words, target_id=target).id
            )
        )

    first, second = change("first"), change("second")
    assert store.states([first, second]) == [State.cancelled, State.pending]


def test_changes_of_different_messages_do_not_replace_each_other(store: TestStore) -> None:
    def change(number: int) -> int:
        key = f"edit:{number}"
        return store.do(
            lambda work: (
                enqueue_edit(work, message(key), dedupe_key=key, target_message_id=number).id
            )
        )

    assert store.states([change(71), change(72)]) == [State.pending, State.pending]


def test_the_change_of_a_change_means_the_same_message(store: TestStore) -> None:
    (target,) = store.put(1)
    first = store.do(
        lambda work: enqueue_edit(work, message("a"), dedupe_key="a", target_id=target).id
    )
    second = store.do(
        lambda work: enqueue_edit(work, message("b"), dedupe_key="b", target_id=first).id
    )
    assert store.row(second).target_id == target


def test_the_reply_to_an_album_waits_for_its_last_photo(store: TestStore, clock: HandClock) -> None:
    first = store.do(lambda work: enqueue_settling(work, message("album", "1 photo")).id)
    clock.pass_time(1)
    second = store.do(lambda work: enqueue_settling(work, message("album", "2 photos")).id)
    row = store.row(first)
    assert second == first
    assert row.payload["html"] == "2 photos"
    assert row.retry_at == clock.real + timedelta(seconds=1.5)


def test_a_photo_after_the_reply_has_left_changes_the_reply(store: TestStore) -> None:
    first = store.do(lambda work: enqueue_settling(work, message("album", "1 photo")).id)
    store.do(lambda work: setattr(work.session.get_one(OutboxRow, first), "state", State.sending))
    second = store.do(lambda work: enqueue_settling(work, message("album", "2 photos")).id)
    row = store.row(second)
    assert (row.kind, row.target_id, row.payload["html"]) == (Kind.edit, first, "2 photos")
