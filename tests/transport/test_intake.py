"""Updates come in over HTTP: none twice, in order inside a chat."""

import asyncio

from sqlalchemy import select

from bot.features.inbox.models import InboxRow, InboxState
from bot.sandbox.client import SimClient, SimPerson
from tests.transport.harness import TestStore
from tests.transport.receiving import Handler, StartIntake, all_done, counts
from tests.transport.running import until


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
