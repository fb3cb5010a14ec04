"""What becomes of a row for each outcome."""

from datetime import timedelta

import pytest

from bot.db.work import Work
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.outcome import (
    Dropped,
    Failed,
    Moved,
    Retry,
    SendAnew,
    SendPlain,
    Sent,
    Unknown,
    Unreachable,
)
from bot.features.outbox.queue import list_failed, requeue, take_back
from bot.features.outbox.record import Hooks
from tests.features.outbox.choosing import claim_one, claimed, settle
from tests.transport.harness import NOON, HandClock, TestStore

SOON = NOON + timedelta(seconds=3)


def one(store: TestStore, **fields: object) -> int:
    """Put one row in, claim it and return its id."""
    (row_id,) = store.put(1, **fields)  # type: ignore[arg-type] # passed on as they are
    assert claimed(store) == [row_id]
    return row_id


def test_a_sent_row_knows_its_message_and_when(store: TestStore) -> None:
    row_id = one(store)
    settle(store, row_id, Sent(71))
    row = store.row(row_id)
    assert (row.state, row.message_id, row.sent_at) == (State.sent, 71, NOON)
    assert (row.lease_owner, row.lease_until, row.error) == (None, None, None)


def test_a_retry_counts_as_an_attempt(store: TestStore) -> None:
    row_id = one(store)
    settle(store, row_id, Retry(SOON, "503"))
    row = store.row(row_id)
    assert (row.state, row.attempts, row.retry_at, row.error) == (State.pending, 1, SOON, "503")


def test_a_pause_counts_as_no_attempt(store: TestStore) -> None:
    row_id = one(store)
    settle(store, row_id, Retry(SOON, "429", counts=False))
    assert (store.row(row_id).attempts, store.row(row_id).retry_at) == (0, SOON)


def test_a_failed_row_is_told(store: TestStore) -> None:
    row_id = one(store)
    settle(store, row_id, Failed("400 nonsense"))
    assert store.row(row_id).state is State.failed
    assert store.facts == [RowFailed(row_id, "400 nonsense")]


def test_a_failed_alarm_raises_no_alarm(store: TestStore) -> None:
    row_id = one(store, lane=Lane.alarm)
    settle(store, row_id, Failed("400 nonsense"))
    assert store.row(row_id).state is State.failed
    assert store.facts == []


def test_an_unknown_outcome_is_not_repeated(store: TestStore) -> None:
    row_id = one(store, once=True)
    settle(store, row_id, Unknown("no answer"))
    assert store.row(row_id).state is State.unknown
    assert claimed(store) == []


def test_an_unreachable_chat_loses_what_waits_and_somebody_is_told(store: TestStore) -> None:
    row_id = one(store)
    (waiting,) = store.put(1, lane=Lane.bulk)
    (other,) = store.put(2)
    told: list[int] = []
    hooks = Hooks(unreachable=lambda _, chat_id: told.append(chat_id))
    settle(store, row_id, Unreachable("403 blocked"), hooks=hooks)
    assert store.states([row_id, waiting, other]) == [
        State.blocked,
        State.cancelled,
        State.pending,
    ]
    assert told == [1]


def test_a_chat_that_moved_is_followed(store: TestStore) -> None:
    row_id = one(store)
    (waiting,) = store.put(1, lane=Lane.bulk)
    told: list[tuple[int, int]] = []
    hooks = Hooks(moved=lambda _, old, new: told.append((old, new)))
    settle(store, row_id, Moved(-1001), hooks=hooks)
    assert [store.row(each).chat_id for each in (row_id, waiting)] == [-1001, -1001]
    assert store.row(row_id).attempts == 0
    assert told == [(1, -1001)]
    assert claim_one(store).id == row_id


def test_a_change_whose_message_is_gone_goes_as_a_new_message(store: TestStore) -> None:
    (target,) = store.put(1, state=State.sent, message_id=71)
    row_id = one(store, kind=Kind.edit, target_id=target)
    settle(store, row_id, SendAnew())
    row = claim_one(store)
    assert (row.id, row.kind, row.replaces) == (row_id, Kind.send, True)
    settle(store, row_id, Sent(90), replaces=True)
    (later,) = store.put(1, kind=Kind.edit, target_id=target)
    row = claim_one(store)
    assert row.id == later
    assert row.target is not None
    assert row.target.message_id == 90


def test_changes_by_number_find_the_message_that_took_the_place(store: TestStore) -> None:
    row_id = one(store, kind=Kind.edit, target_message_id=71)
    (later,) = store.put(1, kind=Kind.edit, target_message_id=71)
    settle(store, row_id, SendAnew())
    assert claimed(store) == [row_id]
    settle(store, row_id, Sent(90), replaces=True)
    assert store.row(later).target_message_id == 90


def test_unreadable_mark_up_goes_once_as_plain_text(store: TestStore) -> None:
    row_id = one(store, words="<b>1 &lt; 2</b>")
    settle(store, row_id, SendPlain())
    assert claim_one(store).payload.html == "1 &lt; 2"
    settle(store, row_id, SendPlain())
    assert store.row(row_id).state is State.failed


def test_a_pointless_row_is_cancelled_with_its_reason(store: TestStore) -> None:
    row_id = one(store)
    settle(store, row_id, Dropped("nothing to change"))
    assert (store.row(row_id).state, store.row(row_id).error) == (
        State.cancelled,
        "nothing to change",
    )


@pytest.mark.parametrize("outcome", [Sent(71), Failed("400"), Retry(SOON, "503")])
def test_a_result_without_the_lease_changes_nothing(
    store: TestStore, outcome: Sent | Failed | Retry
) -> None:
    row_id = one(store)
    settle(store, row_id, outcome, owner="sender-2")
    row = store.row(row_id)
    assert (row.state, row.attempts, row.message_id) == (State.sending, 0, None)
    assert store.facts == []


def test_an_ended_lease_is_taken_back(store: TestStore, clock: HandClock) -> None:
    again = one(store)
    (once,) = store.put(2, once=True)
    assert claimed(store) == [once]
    assert store.do(take_back) == 0
    clock.pass_time(301)
    assert store.do(take_back) == 2
    assert store.states([again, once]) == [State.pending, State.unknown]


def test_the_single_sender_takes_everything_back_at_its_start(store: TestStore) -> None:
    row_id = one(store)
    assert store.do(lambda work: take_back(work, all_of_them=True)) == 1
    assert claimed(store) == [row_id]


def test_given_up_rows_are_listed_without_their_words_and_requeued(store: TestStore) -> None:
    failed = one(store, attempts=7)
    settle(store, failed, Failed("400 nonsense"))
    (unknown,) = store.put(2, state=State.unknown)
    (sent,) = store.put(3, state=State.sent)
    listed = store.see(list_failed)
    assert [(row.id, row.state, row.attempts) for row in listed] == [
        (failed, State.failed, 8),
        (unknown, State.unknown, 0),
    ]
    assert not hasattr(listed[0], "payload")
    assert store.do(lambda work: requeue(work, [failed, unknown, sent])) == 2
    assert store.states([failed, unknown, sent]) == [State.pending, State.pending, State.sent]
    assert (store.row(failed).attempts, store.row(failed).error) == (0, None)


def test_listing_goes_on_after_the_last_one_seen(store: TestStore) -> None:
    first, second = store.put(1, 2, state=State.failed)
    listed = store.see(lambda view: list_failed(view, after_id=first, most=1))
    assert [row.id for row in listed] == [second]


def test_a_hook_that_fails_rolls_the_result_back(store: TestStore) -> None:
    row_id = one(store)

    def fail(work: Work, _chat_id: int) -> None:
        assert work.session.get(OutboxRow, row_id) is not None
        raise LookupError

    with pytest.raises(LookupError):
        settle(store, row_id, Unreachable("403"), hooks=Hooks(unreachable=fail))
    assert store.row(row_id).state is State.sending
