"""Updates come in over HTTP: none lost, none twice, in order inside a chat."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.queue import requeue_dead
from bot.features.inbox.service import Received, Waiting
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport import intake as intake_module
from bot.transport import poller as poller_module
from bot.transport.backoff import Backoff
from bot.transport.errors import TokenRefused
from bot.transport.intake import Intake
from bot.transport.telegram import Wire
from tests.transport.harness import TestStore
from tests.transport.running import kill, until

StartIntake = Callable[..., Awaitable[Intake]]

AT_ONCE = Backoff(first_s=0.01, most_s=0.02)


class Handler:
    """Settles updates and remembers them; may wait, fail or leave some unsettled."""

    def __init__(self, store: TestStore) -> None:
        self.store = store
        self.texts: list[str] = []
        self.by_chat: dict[int, list[str]] = defaultdict(list)
        self.gate: asyncio.Event | None = None
        self.in_work = 0
        self.most_in_work = 0
        self.failing: set[str] = set()
        self.leaving: set[str] = set()

    async def __call__(self, row: Waiting) -> None:
        update = json.loads(row.raw)
        text = str(update.get("message", {}).get("text"))
        self.in_work += 1
        self.most_in_work = max(self.most_in_work, self.in_work)
        try:
            if self.gate is not None:
                await self.gate.wait()
            if text in self.failing:
                raise RuntimeError(text)
            self.texts.append(text)
            self.by_chat[row.chat_key].append(text)
            if text not in self.leaving:
                await self.store.write(lambda work: settle(work, row.id))
        finally:
            self.in_work -= 1


def settle(work: Work, row_id: int) -> None:
    """Settle one row, if it is not."""
    row = inbox.take(work, row_id)
    if row is not None:
        inbox.settle(work, row)


def counts(store: TestStore) -> Counter[InboxState]:
    """Return how many rows of the inbox are in each state."""
    found = store.see(
        lambda view: view.session.execute(
            select(InboxRow.state, func.count()).group_by(InboxRow.state)
        ).all()
    )
    return Counter(dict(found))


def all_done(store: TestStore, count: int) -> Callable[[], bool]:
    """Return a check that `count` updates are done and none waits."""
    return lambda: counts(store) == {InboxState.done: count}


def put(store: TestStore, *texts: str, chat: int = 7, starts: int = 0) -> list[int]:
    """Put updates into the inbox as an earlier process left them."""

    def fill(work: Work) -> list[int]:
        last = work.session.scalar(select(func.max(InboxRow.update_id))) or 0
        rows = inbox.receive(
            work,
            bot_id=4242,
            updates=[
                Received(number, chat, json.dumps({"message": {"text": text}}))
                for number, text in enumerate(texts, last + 1)
            ],
        )
        for row in rows:
            work.session.get_one(InboxRow, row.id).starts = starts
        return [row.id for row in rows]

    return store.do(fill)


def row(store: TestStore, row_id: int) -> InboxRow:
    """Return a row of the inbox as it stands."""
    return store.see(lambda view: view.session.get_one(InboxRow, row_id))


@pytest.fixture
def handler(store: TestStore) -> Handler:
    """Return a handler that settles everything."""
    return Handler(store)


@pytest.fixture
async def anna(sim: SimClient) -> SimPerson:
    """Return somebody who writes."""
    return await sim.person(11, "Anna")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for a backoff."""
    for name in ("_NETWORK", "_CONFLICT"):
        monkeypatch.setattr(poller_module, name, AT_ONCE)
    monkeypatch.setattr(poller_module, "_LEAST_CONFLICT_S", 0.0)
    monkeypatch.setattr(intake_module, "_DATABASE", AT_ONCE)


async def test_what_people_write_is_handled_once_and_in_order(
    store: TestStore, sim: SimClient, start_intake: StartIntake, handler: Handler
) -> None:
    people = [await sim.person(number, f"P{number}") for number in range(1, 6)]
    await start_intake(handler)
    for number in range(20):
        for person in people:
            await person.say(f"{number}")
    await until(all_done(store, 100))
    assert handler.by_chat == {each.id: [str(n) for n in range(20)] for each in people}


async def test_chats_are_handled_side_by_side_and_each_in_its_order(
    store: TestStore, sim: SimClient, start_intake: StartIntake, handler: Handler
) -> None:
    people = [await sim.person(number, f"P{number}") for number in range(1, 13)]
    for person in people:
        for number in range(3):
            await person.say(f"{number}")
    handler.gate = asyncio.Event()
    await start_intake(handler, workers=8)
    await until(lambda: handler.in_work == 8)
    handler.gate.set()
    await until(all_done(store, 36))
    assert handler.most_in_work == 8
    assert all(texts == ["0", "1", "2"] for texts in handler.by_chat.values())


async def test_two_hundred_updates_survive_an_abrupt_end(
    store: TestStore, sim: SimClient, wire: Wire, start_intake: StartIntake, handler: Handler
) -> None:
    people = [await sim.person(number, f"P{number}") for number in range(1, 11)]
    for number in range(20):
        for person in people:
            await person.say(f"{person.id}:{number}")
    for handled in (20, 80, 140):
        task = asyncio.create_task(Intake(store, wire, handle=handler).run())
        await until(lambda wanted=handled: counts(store)[InboxState.done] >= wanted)  # type: ignore[misc] # bound now
        await kill(task)
    await start_intake(handler)
    await until(all_done(store, 200))
    assert set(handler.texts) == {f"{p}:{n}" for p in range(1, 11) for n in range(20)}
    assert store.facts == []


async def test_an_update_is_kept_before_it_is_confirmed(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    await anna.say("kept")
    await start_intake(handler)
    await until(all_done(store, 1))
    first, *later = [
        call for call in await sim.calls(method="getUpdates") if call.params.get("timeout")
    ]
    assert "offset" not in first.params
    assert first.params["allowed_updates"] is not None
    number = store.see(lambda view: view.session.scalar(select(InboxRow.update_id)))
    assert {str(call.params["offset"]) for call in later} <= {str(number + 1 if number else 0)}


async def test_what_the_database_refuses_is_not_confirmed(
    store: TestStore,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusals = 2
    receive = inbox.receive

    def refuse(work: Work, **given: Any) -> list[Waiting]:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise OSError("disk full")
        return receive(work, **given)

    monkeypatch.setattr(inbox, "receive", refuse)
    await anna.say("kept in the end")
    await start_intake(handler)
    await until(all_done(store, 1))
    assert handler.texts == ["kept in the end"]


async def test_an_update_that_comes_twice_is_handled_once(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    await sim.fault("getUpdates", kind="duplicate", times=3)
    for number in range(3):
        await anna.say(f"{number}")
    await start_intake(handler)
    await until(all_done(store, 3))
    await anna.say("end")
    await until(all_done(store, 4))
    assert handler.texts == ["0", "1", "2", "end"]


@pytest.mark.parametrize(
    "trouble",
    [{"status": 502}, {"status": 429}, {"kind": "reset"}, {"kind": "bad_json"}, {"status": 409}],
)
async def test_trouble_of_the_network_loses_nothing(
    store: TestStore,
    sim: SimClient,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    trouble: dict[str, Any],
) -> None:
    await sim.fault("getUpdates", times=2, **trouble)
    await anna.say("through")
    await start_intake(handler)
    await until(all_done(store, 1))
    assert handler.texts == ["through"]


async def test_a_conflict_is_said_once_and_clearly(
    store: TestStore,
    sim: SimClient,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await sim.fault("getUpdates", status=409, times=5)
    await anna.say("through")
    await start_intake(handler)
    await until(all_done(store, 1))
    said = [record.message for record in caplog.records if "another program" in record.message]
    assert len(said) == 1


async def test_a_refused_token_stops_the_intake(sandbox: Sandbox, store: TestStore) -> None:
    stranger = Wire("4242:not-this-one", base_url=sandbox.base_url, base_file_url="")
    intake = Intake(store, stranger, handle=Handler(store))
    with pytest.raises(TokenRefused):
        await intake.run()
    await stranger.close()


async def test_an_update_nobody_can_read_does_not_stop_the_others(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    await sim.raw({"message": {"text": "odd", "chat": {"id": "no number"}, "date": None}})
    await sim.raw({"message": {"text": "half \ud83d and \x00", "chat": {"id": 5}}})
    await anna.say("plain")
    await start_intake(handler)
    await until(all_done(store, 3))
    assert sorted(handler.texts) == ["half \ud83d and \x00", "odd", "plain"]
    kept = store.see(lambda view: list(view.session.scalars(select(InboxRow.raw))))
    assert all(raw.isascii() for raw in kept)


async def test_a_handler_that_raises_is_tried_three_times_and_then_buried(
    store: TestStore,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler.failing = {"my secret words"}
    await anna.say("my secret words")
    await anna.say("next")
    await start_intake(handler)
    await until(lambda: counts(store) == {InboxState.dead: 1, InboxState.done: 1})
    assert handler.texts == ["next"]
    (died,) = store.facts
    assert isinstance(died, UpdateDied)
    assert died.reason.startswith("incident ")
    assert died.reason.removeprefix("incident ") in caplog.text
    assert "my secret words" not in caplog.text


async def test_what_was_in_progress_at_a_crash_is_handled_alone_and_first(
    store: TestStore, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    put(store, "a", chat=1, starts=1)
    put(store, "b", chat=2, starts=2)
    put(store, "c", chat=3)
    await anna.say("d")
    handler.gate = asyncio.Event()
    await start_intake(handler)
    await until(lambda: handler.in_work)
    await asyncio.sleep(0.05)
    assert handler.in_work == 1
    handler.gate.set()
    await until(all_done(store, 4))
    assert handler.texts[:2] == ["a", "b"]


async def test_what_was_in_progress_at_three_crashes_is_a_dead_letter(
    store: TestStore, start_intake: StartIntake, handler: Handler
) -> None:
    (poison,) = put(store, "poison", starts=3)
    put(store, "next")
    await start_intake(handler)
    await until(lambda: counts(store) == {InboxState.dead: 1, InboxState.done: 1})
    assert handler.texts == ["next"]
    assert store.facts == [UpdateDied(poison, "crashed")]


async def test_a_start_is_counted_before_the_handling_begins(
    store: TestStore, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    handler.gate = asyncio.Event()
    await anna.say("first")
    await anna.say("second")
    await start_intake(handler)
    await until(lambda: handler.in_work)
    starts = store.see(
        lambda view: list(view.session.scalars(select(InboxRow.starts).order_by("id")))
    )
    assert starts == [1, 0]
    handler.gate.set()
    await until(all_done(store, 2))


async def test_a_long_backlog_is_taken_in_pages_before_anything_new(
    store: TestStore,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "_PAGE", 10)
    put(store, *(f"{number}" for number in range(55)), chat=11)
    await anna.say("new")
    intake = await start_intake(handler, most_waiting=20)
    most_in_memory = 0

    def done() -> bool:
        nonlocal most_in_memory
        most_in_memory = max(most_in_memory, len(intake._line))
        return counts(store) == {InboxState.done: 56}

    await until(done)
    assert handler.texts == [*(f"{number}" for number in range(55)), "new"]
    assert most_in_memory <= 30


async def test_polling_waits_while_too_much_is_in_memory(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    handler.gate = asyncio.Event()
    for number in range(120):
        await anna.say(f"{number}")
    await start_intake(handler, most_waiting=10)
    await until(lambda: counts(store)[InboxState.pending] == 100)
    asked = len(await sim.calls(method="getUpdates"))
    await anna.say("later")
    await asyncio.sleep(0.1)
    assert len(await sim.calls(method="getUpdates")) == asked
    handler.gate.set()
    await until(all_done(store, 121))


async def test_a_stop_lets_the_update_in_work_finish(
    store: TestStore, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    handler.gate = asyncio.Event()
    await anna.say("in work")
    await anna.say("waits")
    intake = await start_intake(handler)
    await until(lambda: handler.in_work)
    stopping = asyncio.create_task(intake.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    handler.gate.set()
    await stopping
    assert handler.texts == ["in work"]
    assert counts(store) == {InboxState.done: 1, InboxState.pending: 1}


async def test_a_stop_does_not_wait_for_ever(
    store: TestStore, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    handler.gate = asyncio.Event()
    await anna.say("stuck")
    intake = await start_intake(handler)
    await until(lambda: handler.in_work)
    await intake.stop(timeout_s=0.1)
    assert counts(store) == {InboxState.pending: 1}


async def test_a_requeued_dead_letter_is_found_by_the_running_bot(
    store: TestStore,
    start_intake: StartIntake,
    handler: Handler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "_SWEEP_EVERY_S", 0.02)
    (dead,) = put(store, "again", starts=3)
    await start_intake(handler)
    await until(lambda: counts(store) == {InboxState.dead: 1})
    store.do(lambda work: requeue_dead(work, [dead]))
    await until(all_done(store, 1))
    assert handler.texts == ["again"]


async def test_an_update_that_its_handler_leaves_unsettled_is_buried_in_the_end(
    store: TestStore,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "_SWEEP_EVERY_S", 0.02)
    handler.leaving = {"left"}
    await anna.say("left")
    await start_intake(handler)
    await until(lambda: counts(store) == {InboxState.dead: 1})
    assert handler.texts == ["left"] * 3
