"""Which rows go, and in which order."""

from datetime import timedelta

from bot.db.work import Work
from bot.features.outbox.claim import Verdict, has_due, release_due
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.outcome import Retry, Sent
from bot.features.outbox.payload import Attachment, Payload
from tests.features.outbox.choosing import OWNER, Takes, claim_one, claimed, settle, turn
from tests.transport.harness import NOON, HandClock, TestStore

LATER = NOON + timedelta(seconds=60)


def test_the_lowest_lane_goes_first_whatever_the_age(store: TestStore) -> None:
    (bulk,) = store.put(1, lane=Lane.bulk)
    (reminder,) = store.put(2, lane=Lane.reminder)
    (urgent,) = store.put(3, lane=Lane.interactive)
    assert claimed(store) == [urgent, reminder, bulk]


def test_inside_a_lane_the_oldest_goes_first(store: TestStore) -> None:
    ids = store.put(3, 1, 2, lane=Lane.bulk)
    assert claimed(store, Takes(most=2)) == ids[:2]


def test_a_chat_has_one_message_on_its_way(store: TestStore) -> None:
    first, second = store.put(1, 1)
    assert claimed(store) == [first]
    assert claimed(store) == []
    settle(store, first, Sent(71))
    assert claimed(store) == [second]


def test_a_claimed_row_is_leased(store: TestStore) -> None:
    (row_id,) = store.put(1)
    claimed(store)
    row = store.row(row_id)
    assert (row.state, row.lease_owner) == (State.sending, OWNER)
    assert row.lease_until == NOON + timedelta(seconds=300)


def test_one_chat_with_a_long_queue_does_not_hide_the_others(store: TestStore) -> None:
    store.put(*[1] * 100, lane=Lane.bulk)
    others = store.put(2, 3, lane=Lane.bulk)
    assert claimed(store)[1:] == others


def test_what_is_not_due_is_not_seen(store: TestStore, clock: HandClock) -> None:
    (row_id,) = store.put(1, lane=Lane.reminder, not_before=LATER)
    store.do(release_due)
    assert claimed(store) == []
    clock.pass_time(60)
    store.do(release_due)
    assert claimed(store) == [row_id]


def test_a_row_that_is_not_due_holds_nobody_back(store: TestStore) -> None:
    store.put(1, not_before=LATER)
    (later,) = store.put(1)
    assert claimed(store) == [later]


def test_moving_the_campaign_clock_does_not_shorten_a_retry(
    store: TestStore, clock: HandClock
) -> None:
    store.put(1, retry_at=LATER)
    clock.campaign += timedelta(days=7)
    assert claimed(store) == []
    clock.real += timedelta(seconds=60)
    assert len(claimed(store)) == 1


def test_a_retry_holds_back_the_later_rows_of_its_chat_and_lane_only(store: TestStore) -> None:
    store.put(1, lane=Lane.bulk, retry_at=LATER)
    store.put(1, lane=Lane.bulk)
    (other_lane,) = store.put(1, lane=Lane.reminder)
    (other_chat,) = store.put(2, lane=Lane.bulk)
    assert claimed(store) == [other_lane, other_chat]


def test_an_earlier_row_does_not_wait_for_a_later_retry(store: TestStore) -> None:
    (first,) = store.put(1)
    store.put(1, retry_at=LATER)
    assert claimed(store) == [first]


def test_the_sender_learns_when_the_next_retry_is_due(store: TestStore) -> None:
    store.put(1, retry_at=LATER)
    store.put(2, retry_at=LATER + timedelta(seconds=5))
    assert turn(store).retry_at == LATER


def test_closed_chats_get_nothing(store: TestStore) -> None:
    _, second = store.put(1, 2)
    assert claimed(store, Takes(closed_chats=[1])) == [second]


def test_slow_chats_get_only_what_is_interactive(store: TestStore) -> None:
    store.put(1, lane=Lane.bulk)
    (urgent,) = store.put(1, lane=Lane.interactive)
    assert claimed(store, Takes(slow_chats=[1])) == [urgent]


def test_a_chat_that_must_wait_lets_the_others_go(store: TestStore) -> None:
    _, second = store.put(1, 2)
    assert claimed(store, Takes(refuses=[1])) == [second]


def test_the_sender_learns_that_the_limits_of_all_held_rows_back(store: TestStore) -> None:
    store.put(1, 2)
    assert turn(store, Takes(most=1)).stopped_by is Verdict.all_must_wait
    assert turn(store).stopped_by is None


def test_an_album_costs_its_items(store: TestStore) -> None:
    takes = Takes()
    album = Payload(html="", files=[Attachment("photo", file_id=str(n)) for n in range(4)])
    store.put(1, payload=album)
    claimed(store, takes)
    assert takes.offered == [4]


def test_only_the_asked_lanes_are_claimed(store: TestStore) -> None:
    store.put(1, lane=Lane.bulk)
    (urgent,) = store.put(2)
    found = turn(store, lanes=[Lane.interactive])
    assert [row.id for row in found.rows] == [urgent]


def test_due_rows_of_a_lane_are_noticed_whatever_the_limits(store: TestStore) -> None:
    store.put(1, lane=Lane.bulk)
    store.put(2, retry_at=LATER)
    assert not store.see(lambda view: has_due(view, lanes=[Lane.interactive]))
    assert store.see(lambda view: has_due(view, lanes=[Lane.bulk]))


def test_a_row_that_cannot_be_read_fails_and_stops_nobody(store: TestStore) -> None:
    (bad,) = store.put(1)
    (good,) = store.put(2)

    def spoil(work: Work) -> None:
        work.session.get_one(OutboxRow, bad).payload = {"html": "no more"}

    store.do(spoil)
    assert claimed(store) == [good]
    assert store.row(bad).state is State.failed
    assert [fact for fact in store.facts if isinstance(fact, RowFailed)] != []


def test_a_change_waits_until_its_message_is_there(store: TestStore) -> None:
    (target,) = store.put(1)
    (edit,) = store.put(1, kind=Kind.edit, target_id=target)
    assert claimed(store) == [target]
    settle(store, target, Retry(LATER, "503"))
    assert claimed(store) == []
    settle_again(store, target)
    row = claim_one(store)
    assert (row.id, row.kind) == (edit, Kind.edit)
    assert row.target is not None
    assert (row.target.message_id, row.target.has_file) == (71, False)


def settle_again(store: TestStore, row_id: int) -> None:
    """Let a row that waits for its retry go, and be sent as message 71."""
    store.do(lambda work: setattr(work.session.get_one(OutboxRow, row_id), "retry_at", None))
    assert claimed(store) == [row_id]
    settle(store, row_id, Sent(71))


def test_a_waiting_change_does_not_hold_back_the_chat(store: TestStore) -> None:
    (target,) = store.put(1, lane=Lane.bulk, retry_at=LATER)
    store.put(1, kind=Kind.edit, target_id=target)
    (later,) = store.put(1)
    assert claimed(store) == [later]


def test_the_change_of_a_failed_message_is_sent_anew(store: TestStore) -> None:
    (target,) = store.put(1, state=State.failed)
    store.put(1, kind=Kind.edit, target_id=target, words="changed")
    row = claim_one(store)
    assert (row.kind, row.target, row.replaces) == (Kind.send, None, True)


def test_the_change_of_a_cancelled_message_is_dropped(store: TestStore) -> None:
    for state in (State.cancelled, State.blocked):
        (target,) = store.put(1, state=state)
        (edit,) = store.put(1, kind=Kind.edit, target_id=target)
        assert claimed(store) == []
        assert store.row(edit).state is State.cancelled


def test_deleting_what_never_was_sent_is_dropped(store: TestStore) -> None:
    (target,) = store.put(1, state=State.failed)
    (deletion,) = store.put(1, kind=Kind.delete, target_id=target)
    assert claimed(store) == []
    assert store.row(deletion).state is State.cancelled


def test_a_change_of_keyboard_alone_is_not_sent_anew(store: TestStore) -> None:
    (target,) = store.put(1, state=State.failed)
    (edit,) = store.put(1, kind=Kind.edit, target_id=target, words="")
    assert claimed(store) == []
    assert store.row(edit).state is State.cancelled


def test_changes_of_one_message_collapse_to_the_last_however_it_is_named(
    store: TestStore,
) -> None:
    (target,) = store.put(1, state=State.sent, message_id=71)
    (by_row,) = store.put(1, kind=Kind.edit, target_id=target)
    (by_number,) = store.put(1, kind=Kind.edit, target_message_id=71)
    (last,) = store.put(1, kind=Kind.edit, target_id=target)
    assert claimed(store) == [last]
    assert store.states([by_row, by_number]) == [State.cancelled, State.cancelled]


def test_a_photo_is_known_to_have_a_caption(store: TestStore) -> None:
    photo = Payload(html="", files=[Attachment("photo", file_id="p")])
    store.put(1, payload=photo, state=State.sent, message_id=71)
    store.put(1, kind=Kind.edit, target_message_id=71)
    target = claim_one(store).target
    assert target is not None
    assert target.has_file
