"""What an earlier process left behind, and what cannot be handled."""

import asyncio

import pytest
from sqlalchemy import select

from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.queue import requeue_dead
from bot.sandbox.client import SimClient, SimPerson
from bot.transport import intake as intake_module
from bot.transport.intake import Intake
from bot.transport.telegram import Wire
from tests.transport.harness import TestStore
from tests.transport.receiving import Handler, StartIntake, all_done, counts, put
from tests.transport.running import kill, until


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
