"""The sender stops, is killed, is refused, and loses nothing."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.config import LimitSettings
from bot.db.store import Priority
from bot.db.work import Work
from bot.features.outbox.claim import Turn
from bot.features.outbox.models import Lane, State
from bot.features.outbox.record import Hooks
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from bot.transport.errors import TokenRefused
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from tests.transport.conftest import SOON, UNLIMITED
from tests.transport.harness import TestStore
from tests.transport.running import kill, until
from tests.transport.sending import People, StartSender, all_are, sends

T = TypeVar("T")


async def test_a_graceful_stop_sends_what_people_wait_for_and_leaves_the_rest(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(8)
    bulk = store.put(*range(1, 9), lane=Lane.bulk)
    sender = await start_sender(LimitSettings(overall_per_second=4, burst=1, chat_per_second=50))
    await until(lambda: State.sent in store.states(bulk))
    urgent = store.put(1, 2, 3)
    await sender.stop(drain_s=10)
    assert set(store.states(urgent)) == {State.sent}
    assert State.pending in store.states(bulk)
    assert State.sending not in store.states(bulk)


async def test_a_stop_does_not_wait_for_ever(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(1)
    await sim.fault("sendMessage", kind="timeout_after", ms=60_000)
    (row_id,) = store.put(1)
    sender = await start_sender()
    await sim.expect_call("sendMessage")
    await sender.stop(drain_s=0.2)
    assert store.states([row_id]) == [State.sending]


async def test_after_a_crash_what_was_on_its_way_goes_again(
    store: TestStore, sim: SimClient, wire: Wire, start_sender: StartSender, people: People
) -> None:
    await people(2)
    await sim.fault("sendMessage", kind="timeout_after", ms=60_000, times=2)
    (again,) = store.put(1)
    (once,) = store.put(2, once=True)
    task = asyncio.create_task(Sender(store, wire, UNLIMITED).run())
    await until(all_are(store, [again, once], State.sending))
    await sim.expect_call("sendMessage", chat_id=2)
    await kill(task)
    await start_sender()
    await until(all_are(store, [again], State.sent))
    assert store.states([once]) == [State.unknown]
    chats = [int(call.params["chat_id"]) for call in await sends(sim)]
    assert sorted(chats) == [1, 1, 2]


async def test_a_refused_token_stops_the_sender_and_keeps_the_rows(
    store: TestStore, sandbox: Sandbox
) -> None:
    stranger = Wire("4242:not-this-one", base_url=sandbox.base_url, base_file_url="")
    ids = store.put(1, 2)
    with pytest.raises(TokenRefused):
        await Sender(store, stranger, UNLIMITED, retries=SOON).run()
    await stranger.close()
    assert store.states(ids) == [State.pending, State.pending]
    assert [store.row(row_id).attempts for row_id in ids] == [0, 0]


async def test_a_server_that_is_away_does_not_use_up_the_tries_of_all(
    store: TestStore, sandbox: Sandbox, people: People
) -> None:
    await people(40)
    gone = Wire(sandbox.token, base_url="http://127.0.0.1:9/bot", base_file_url="")
    ids = store.put(*range(1, 41), lane=Lane.bulk)
    sender = Sender(store, gone, UNLIMITED, retries=SOON)
    task = asyncio.create_task(sender.run())
    await asyncio.sleep(1.5)
    await kill(task)
    await gone.close()
    assert State.failed not in store.states(ids)
    assert sum(store.row(row_id).attempts for row_id in ids) < 20


async def test_a_hook_that_fails_stops_no_other_message(
    store: TestStore,
    start_sender: StartSender,
    people: People,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("nobody tells")

    anna, _ = await people(2)
    await anna.block()
    (bad,) = store.put(1)
    sender = await start_sender(hooks=Hooks(unreachable=fail))
    await until(lambda: "cannot be recorded" in caplog.text)
    (good,) = store.put(2)
    sender.wake()
    await until(all_are(store, [good], State.sent))
    assert store.states([bad]) == [State.sending]


async def test_what_a_commit_claimed_whose_answer_got_lost_is_sent_once(
    store: TestStore,
    sim: SimClient,
    start_sender: StartSender,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The database ended at the commit: it may have come through, and nobody told the sender."""
    await people(2)
    write = store.write
    lost: list[Turn] = []

    async def write_unheard(fn: Callable[[Work], T], *, priority: Priority = Priority.normal) -> T:
        done = await write(fn, priority=priority)
        if isinstance(done, Turn) and done.rows and not lost:
            lost.append(done)
            raise ConnectionError("the server closed the connection")
        return done

    monkeypatch.setattr(store, "write", write_unheard)
    ids = store.put(1) + store.put(2, once=True)
    await start_sender()
    await until(all_are(store, ids, State.sent))
    assert lost
    assert len(await sends(sim)) == 2
