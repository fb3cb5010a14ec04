"""Updates are kept, marked and settled."""

from datetime import timedelta

from sqlalchemy import select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.queue import list_dead, purge_done, requeue_dead
from bot.features.inbox.service import Received, Waiting
from tests.transport.harness import HandClock, TestStore


def receive(store: TestStore, *numbers: int, bot_id: int = 42) -> list[Waiting]:
    """Receive updates of a chat of the same number."""
    updates = [Received(number, number, f'{{"update_id": {number}}}') for number in numbers]
    return store.do(lambda work: inbox.receive(work, bot_id=bot_id, updates=updates))


def row(store: TestStore, row_id: int) -> InboxRow:
    """Return a row of the inbox as it stands."""
    return store.see(lambda view: view.session.get_one(InboxRow, row_id))


def settle(work: Work, row_id: int) -> None:
    """Settle one row."""
    found = inbox.take(work, row_id)
    assert found is not None
    inbox.settle(work, found)


def bury(work: Work, row_id: int) -> None:
    """Bury one row."""
    found = inbox.take(work, row_id)
    assert found is not None
    inbox.bury(work, found, reason="crashed")


def test_new_updates_come_back_in_the_order_of_their_numbers(store: TestStore) -> None:
    fresh = receive(store, 12, 11)
    assert [(each.chat_key, each.raw) for each in fresh] == [
        (11, '{"update_id": 11}'),
        (12, '{"update_id": 12}'),
    ]
    assert fresh[0].id < fresh[1].id


def test_an_update_that_is_known_is_not_new(store: TestStore) -> None:
    receive(store, 11)
    assert [each.chat_key for each in receive(store, 11, 12)] == [12]
    assert receive(store, 11, 12) == []


def test_two_bots_may_have_updates_of_one_number(store: TestStore) -> None:
    receive(store, 11, bot_id=1)
    assert len(receive(store, 11, bot_id=2)) == 1


def test_receiving_nothing_is_nothing(store: TestStore) -> None:
    assert receive(store) == []


def test_what_nobody_settled_waits_a_page_at_a_time(store: TestStore) -> None:
    ids = [each.id for each in receive(store, 1, 2, 3, 4)]
    store.do(lambda work: settle(work, ids[1]))
    first = store.see(lambda view: inbox.waiting(view, most=2))
    rest = store.see(lambda view: inbox.waiting(view, after_id=first[-1].id, most=2))
    assert [each.id for each in first + rest] == [ids[0], ids[2], ids[3]]
    assert store.see(inbox.waiting_ids) == [ids[0], ids[2], ids[3]]
    among = store.see(lambda view: inbox.among(view, [ids[1], ids[3]]))
    assert [each.id for each in among] == [ids[3]]


def test_what_began_and_was_not_settled_was_interrupted(store: TestStore) -> None:
    first, second, third = (each.id for each in receive(store, 1, 2, 3))
    store.do(lambda work: inbox.mark_started(work, [first, second]))
    store.do(lambda work: inbox.mark_started(work, [second]))
    store.do(lambda work: settle(work, first))
    interrupted = store.see(inbox.interrupted)
    assert [(each.id, each.starts) for each in interrupted] == [(second, 2)]
    assert row(store, third).starts == 0


def test_a_settled_row_cannot_be_taken_again(store: TestStore) -> None:
    (update,) = receive(store, 1)
    store.do(lambda work: settle(work, update.id))
    assert store.do(lambda work: inbox.take(work, update.id)) is None
    assert row(store, update.id).state is InboxState.done


def test_the_third_failure_makes_a_dead_letter_and_is_told(store: TestStore) -> None:
    (update,) = receive(store, 1)

    def fail(work: Work) -> bool:
        found = inbox.take(work, update.id)
        assert found is not None
        return inbox.count_failure(work, found, incident="ABC234")

    assert [store.do(fail) for _ in range(3)] == [False, False, True]
    assert row(store, update.id).state is InboxState.dead
    assert store.facts == [UpdateDied(update.id, "incident ABC234")]


def test_dead_letters_are_listed_without_their_words_and_requeued(store: TestStore) -> None:
    first, second = (each.id for each in receive(store, 1, 2))
    store.do(lambda work: bury(work, first))
    (letter,) = store.see(list_dead)
    assert (letter.id, letter.reason) == (first, "crashed")
    assert not hasattr(letter, "raw")
    assert store.do(lambda work: requeue_dead(work, [first, second])) == 1
    again = row(store, first)
    assert (again.state, again.starts, again.attempts, again.reason) == (
        InboxState.pending,
        0,
        0,
        None,
    )


def test_only_old_done_rows_are_purged(store: TestStore, clock: HandClock) -> None:
    old, dead, waiting = (each.id for each in receive(store, 1, 2, 3))
    store.do(lambda work: settle(work, old))
    store.do(lambda work: bury(work, dead))
    clock.pass_time(31 * 86400)
    (fresh,) = (each.id for each in receive(store, 4))
    store.do(lambda work: settle(work, fresh))
    before = clock.now() - timedelta(days=30)
    assert store.do(lambda work: purge_done(work, before)) == 1
    assert store.do(lambda work: purge_done(work, before)) == 0
    left = store.see(lambda view: list(view.session.scalars(select(InboxRow.id).order_by("id"))))
    assert left == [dead, waiting, fresh]
