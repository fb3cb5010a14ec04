"""Messages that wait for a file: held, freed once, and never lost (design, sections 3 and 4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.making.keeping import KEPT, mark_gone, old_files
from bot.features.making.models import FileJob, JobState
from bot.features.making.service import (
    FileOrder,
    Made,
    Taken,
    enqueue_with_file,
    finish,
    give_up,
    hand_back,
    has_wanted,
    is_under_way,
    postpone,
    take_back,
    take_next,
)
from bot.features.outbox.claim import claim
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.outcome import Result, Unreachable
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.purging import purge_replies
from bot.features.outbox.record import Hooks, record
from bot.features.outbox.service import Outgoing, cancel_topic, enqueue
from bot.features.people.actor import Actor
from bot.features.people.forgetting import forget
from tests.features.outbox.choosing import Takes
from tests.support import people
from tests.support.clock import SetClock

ORDER = FileOrder("export", {"month": "2024-06-01"})
MADE = Made("上报.xlsx", "ab" * 32, 1234)
ME = "maker-a"


def message(actor: Actor, key: str = "k", *, html: str = "文件") -> Outgoing:
    return Outgoing(
        actor.telegram_id,
        Payload(html),
        Lane.interactive,
        key,
        person_id=actor.person_id,
        topic="t",
    )


@pytest.fixture
def actor(any_store: Store) -> Actor:
    return people.make(any_store, Role.coordinator)


@pytest.fixture
def held(any_store: Store, actor: Actor) -> int:
    """Return a row that waits for its file."""

    def write(work: Work) -> int:
        row = enqueue_with_file(work, message(actor), ORDER, person_id=actor.person_id)
        assert row is not None
        return row.id

    return any_store.write_now(write)


def take(store: Store, *, owner: str = ME) -> Taken | None:
    return store.write_now(
        lambda work: take_next(work, owner=owner, lease_until=work.real_now + timedelta(minutes=1))
    )


def taken(store: Store) -> Taken:
    found = take(store)
    assert found is not None
    return found


def row_of(store: Store, row_id: int) -> OutboxRow:
    return store.read_now(lambda view: view.session.get_one(OutboxRow, row_id))


def job_states(store: Store) -> list[JobState]:
    return store.read_now(
        lambda view: list(view.session.scalars(select(FileJob.state).order_by(FileJob.id)))
    )


def claimed(store: Store) -> list[int]:
    """Return the rows that a sender would take now."""

    def write(work: Work) -> list[int]:
        until = work.real_now + timedelta(minutes=1)
        turn = claim(work, owner="sender", lease_until=until, selection=Takes())
        return [row.id for row in turn.rows]

    return store.write_now(write)


def test_a_message_is_held_until_its_file_is_there(any_store: Store, held: int) -> None:
    assert claimed(any_store) == []
    one = taken(any_store)
    assert one.order == ORDER
    assert claimed(any_store) == []
    assert any_store.write_now(lambda work: finish(work, one, MADE, owner=ME))
    assert claimed(any_store) == [held]
    [file] = Payload.of(row_of(any_store, held).payload).files
    assert file == Attachment("document", name="上报.xlsx", path=f"made/ab/{MADE.sha256}")
    assert job_states(any_store) == [JobState.done]


def test_what_comes_later_does_not_wait_for_the_file(
    any_store: Store, actor: Actor, held: int
) -> None:
    later = any_store.write_now(lambda work: enqueue(work, message(actor, "later")))
    assert later is not None
    assert claimed(any_store) == [later.id]
    assert row_of(any_store, held).state is State.held


def test_one_file_has_one_maker(any_store: Store, held: int) -> None:
    assert taken(any_store).id
    assert take(any_store, owner="maker-b") is None
    assert not any_store.read_now(has_wanted)


def test_a_file_of_a_maker_that_is_gone_is_made_by_another_and_sent_once(
    any_store: Store, held: int
) -> None:
    slow = taken(any_store)
    assert any_store.write_now(take_back) == 0
    assert any_store.write_now(lambda work: take_back(work, all_of_them=True)) == 1
    again = take(any_store, owner="maker-b")
    assert again is not None
    assert again.attempts == 1
    other = Made("x", "cd" * 32, 1)
    assert not any_store.write_now(lambda work: finish(work, slow, other, owner=ME))
    assert any_store.write_now(lambda work: finish(work, again, MADE, owner="maker-b"))
    assert not any_store.write_now(lambda work: finish(work, again, other, owner="maker-b"))
    assert row_of(any_store, held).payload["files"][0]["name"] == MADE.name


def test_a_failed_try_waits_and_counts_and_one_that_was_handed_back_does_not(
    any_store: Store, held: int
) -> None:
    first = taken(any_store)
    any_store.write_now(lambda work: hand_back(work, first, owner=ME))
    second = taken(any_store)
    assert second.attempts == 0

    def fail(work: Work, seconds: int) -> None:
        at = work.real_now + timedelta(seconds=seconds)
        postpone(work, second, owner=ME, error="TookTooLong", retry_at=at)

    any_store.write_now(lambda work: fail(work, 60))
    assert take(any_store) is None
    any_store.write_now(lambda work: work.session.execute(update(FileJob).values(retry_at=None)))
    assert taken(any_store).attempts == 1


def test_a_file_that_is_given_up_lets_its_message_say_so(any_store: Store, held: int) -> None:
    one = taken(any_store)
    sorry = Payload("没有做成")
    any_store.write_now(lambda work: give_up(work, one, sorry, owner=ME, error="MakerDied"))
    assert claimed(any_store) == [held]
    assert row_of(any_store, held).payload == sorry.plain()
    assert job_states(any_store) == [JobState.failed]


def test_the_same_order_twice_is_noticed_while_it_is_under_way(
    any_store: Store, actor: Actor, held: int
) -> None:
    def under_way(order: FileOrder, person_id: int) -> bool:
        return any_store.read_now(lambda view: is_under_way(view, order, person_id=person_id))

    assert under_way(ORDER, actor.person_id)
    assert not under_way(FileOrder("export", {"month": None}), actor.person_id)
    assert not under_way(ORDER, actor.person_id + 1)
    one = taken(any_store)
    assert under_way(ORDER, actor.person_id)
    any_store.write_now(lambda work: finish(work, one, MADE, owner=ME))
    assert not under_way(ORDER, actor.person_id)


def test_a_repeated_key_orders_nothing(any_store: Store, actor: Actor, held: int) -> None:
    again = any_store.write_now(
        lambda work: enqueue_with_file(work, message(actor), ORDER, person_id=actor.person_id)
    )
    assert again is None
    assert len(job_states(any_store)) == 1


def test_a_message_with_another_file_or_long_words_cannot_wait_for_one(
    store: Store, actor: Actor
) -> None:
    photo = Payload("", files=[Attachment("photo", file_id="x")])
    for payload in (photo, Payload("字" * 1025)):
        wrong = Outgoing(1, payload, Lane.interactive, "other")
        with pytest.raises(ValueError, match="waits for"):
            store.write_now(
                lambda work, wrong=wrong: enqueue_with_file(work, wrong, ORDER, person_id=1)  # type: ignore[misc]
            )


def _unreachable(store: Store, actor: Actor, held: int) -> None:
    def write(work: Work) -> None:
        row = enqueue(work, message(actor, "other"))
        assert row is not None
        row.state, row.lease_owner = State.sending, "sender"
        work.session.flush()
        record(work, [Result(row.id, Unreachable("blocked"))], owner="sender", hooks=Hooks())

    store.write_now(write)


def _forgotten(store: Store, actor: Actor, held: int) -> None:
    store.write_now(lambda work: forget(work, actor=actor, inbox_id=0))


def _cancelled(store: Store, actor: Actor, held: int) -> None:
    assert store.write_now(lambda work: cancel_topic(work, "t")) == 1


@pytest.mark.parametrize("end", [_unreachable, _forgotten, _cancelled])
def test_nobody_makes_a_file_for_a_reader_who_is_gone(
    any_store: Store, actor: Actor, held: int, end: Callable[[Store, Actor, int], None]
) -> None:
    people.make(any_store, Role.coordinator)
    end(any_store, actor, held)
    assert take(any_store) is None
    assert job_states(any_store) == [JobState.cancelled]
    assert row_of(any_store, held).state is State.cancelled


def test_a_file_that_was_begun_before_its_reader_left_is_not_sent(
    any_store: Store, actor: Actor, held: int
) -> None:
    one = taken(any_store)
    _forgotten(any_store, actor, held)
    assert any_store.write_now(lambda work: finish(work, one, MADE, owner=ME))
    row = row_of(any_store, held)
    assert row.state is State.cancelled
    assert row.payload["files"] == []


def test_bytes_are_kept_for_a_month_and_as_long_as_they_are_needed(
    any_store: Store, clock: SetClock, held: int
) -> None:
    one = taken(any_store)
    any_store.write_now(lambda work: finish(work, one, MADE, owner=ME))

    def old() -> list[str]:
        return any_store.read_now(old_files)

    clock.move(days=KEPT.days + 1)
    assert old() == []
    any_store.write_now(
        lambda work: work.session.execute(update(OutboxRow).values(state=State.sent))
    )
    clock.move(days=-2)
    assert old() == []
    clock.move(days=2)
    assert old() == [MADE.sha256]
    any_store.write_now(lambda work: mark_gone(work, [MADE.sha256]))
    assert job_states(any_store) == [JobState.gone]


def test_a_message_is_purged_and_its_file_is_still_known(
    any_store: Store, clock: SetClock, held: int
) -> None:
    one = taken(any_store)
    any_store.write_now(lambda work: finish(work, one, MADE, owner=ME))
    any_store.write_now(
        lambda work: work.session.execute(update(OutboxRow).values(state=State.sent))
    )
    clock.move(days=KEPT.days + 1)
    assert any_store.write_now(lambda work: purge_replies(work, work.now)) == 1
    assert any_store.read_now(old_files) == [MADE.sha256]
