"""The same over PostgreSQL, where several threads write."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import func, select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.service import Waiting
from bot.features.outbox.models import Kind, Lane, State
from bot.sandbox.client import SimClient, SimPerson
from bot.transport.intake import Intake
from bot.transport.sender import Sender
from tests.transport.harness import MovableClock, TestStore, open_store
from tests.transport.running import until

pytestmark = pytest.mark.postgres


@pytest.fixture
def store(postgres_tables: str, clock: MovableClock) -> Iterator[TestStore]:
    """Return an empty store on PostgreSQL."""
    with open_store(postgres_tables, clock) as opened:
        yield opened


async def test_messages_go_in_order_and_once(
    store: TestStore,
    sim: SimClient,
    start_sender: Callable[..., Awaitable[Sender]],
    people: Callable[[int], Awaitable[list[SimPerson]]],
) -> None:
    await people(10)
    await sim.fault("sendMessage", status=502, times=3)
    ids = store.put(*[*range(1, 11)] * 10, lane=Lane.bulk)
    (edit,) = store.put(1, kind=Kind.edit, target_id=ids[0], words="changed")
    await start_sender()
    await until(lambda: set(store.states([*ids, edit])) == {State.sent})
    sent = [call for call in await sim.calls(method="sendMessage") if call.ok]
    assert len(sent) == 100
    for chat in range(1, 11):
        rows = [store.row(each) for each in ids if store.row(each).chat_id == chat]
        numbers = [each.message_id or 0 for each in rows]
        assert numbers == sorted(numbers)


async def test_updates_are_handled_in_order_and_once(
    store: TestStore, sim: SimClient, start_intake: Callable[..., Awaitable[Intake]]
) -> None:
    handled: list[Waiting] = []

    def settle(work: Work, row_id: int) -> None:
        row = inbox.take(work, row_id)
        assert row is not None
        inbox.settle(work, row)

    async def handle(row: Waiting) -> None:
        handled.append(row)
        await store.write(lambda work: settle(work, row.id))

    people = [await sim.person(number, f"P{number}") for number in range(1, 9)]
    await sim.fault("getUpdates", kind="duplicate", times=3)
    for number in range(10):
        for person in people:
            await person.say(f"{number} \x00 \ud83d")
    await start_intake(handle)
    done = select(func.count()).where(InboxRow.state == InboxState.done)
    await until(lambda: store.see(lambda view: view.session.scalar(done)) == 80)
    assert len(handled) == 80
    for person in people:
        of_chat = [row.id for row in handled if row.chat_key == person.id]
        assert of_chat == sorted(of_chat)
