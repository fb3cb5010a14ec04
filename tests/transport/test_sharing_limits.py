"""Several processes that send together, on PostgreSQL (here: several senders in one)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest

from bot.config import LimitSettings
from bot.db.work import Work
from bot.features.outbox import pacing
from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import Kind, Lane, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.queue import take_back
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport.ledger import SharedLedger
from bot.transport.limits import PaceSelection
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from tests.transport.conftest import SOON
from tests.transport.harness import HandClock, MovableClock, TestStore, open_store
from tests.transport.running import run_in_background, until

pytestmark = pytest.mark.postgres

STRICT = LimitSettings(chat_per_second=1000, chat_burst=1000)
"""The shipped limits, but as fast to one chat as to all."""


@pytest.fixture
def store(postgres_tables: str, clock: MovableClock) -> Iterator[TestStore]:
    """Return an empty store on PostgreSQL."""
    with open_store(postgres_tables, clock) as opened:
        yield opened


@pytest.fixture
async def three_senders(
    store: TestStore, sandbox: Sandbox
) -> AsyncIterator[Callable[..., Awaitable[list[Sender]]]]:
    """Return a function that starts three senders, each with connections of its own."""
    async with AsyncExitStack() as stack:

        async def start(*, single: bool, limits: LimitSettings = STRICT) -> list[Sender]:
            found = []
            for _ in range(3):
                wire = Wire(
                    sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url
                )
                stack.push_async_callback(wire.close)
                sender = Sender(store, wire, limits, retries=SOON, single=single)
                await stack.enter_async_context(run_in_background(sender))
                found.append(sender)
            return found

        yield start


async def test_three_processes_keep_the_limits_together(
    store: TestStore,
    sim: SimClient,
    people: Callable[[int], Awaitable[list[SimPerson]]],
    three_senders: Callable[..., Awaitable[list[Sender]]],
) -> None:
    """The sandbox answers 429 to the thirty-first message of any second."""
    await people(90)
    await sim.limits(enabled=True)
    ids = store.put(*range(1, 91), lane=Lane.bulk)
    await three_senders(single=False)
    await until(lambda: set(store.states(ids)) == {State.sent})
    calls = await sim.calls(method="sendMessage")
    assert [call.status for call in calls] == [200] * 90


async def test_three_that_know_nothing_of_each_other_are_refused(
    store: TestStore,
    sim: SimClient,
    people: Callable[[int], Awaitable[list[SimPerson]]],
    three_senders: Callable[..., Awaitable[list[Sender]]],
) -> None:
    """The control: the same three, each with limits of its own."""
    await people(90)
    await sim.limits(enabled=True)
    store.put(*range(1, 91), lane=Lane.bulk)
    await three_senders(single=True)

    async def refused() -> int:
        return sum(call.status == 429 for call in await sim.calls(method="sendMessage"))

    async with asyncio.timeout(90):
        while not await refused():  # noqa: ASYNC110 - the sandbox tells it over HTTP
            await asyncio.sleep(0.02)
    assert await refused() > 0


@pytest.mark.parametrize(("chats", "room"), [((1,), True), ((1, 2), False)])
async def test_a_429_that_one_process_got_holds_the_others(
    store: TestStore, chats: tuple[int, ...], room: bool
) -> None:
    """One refused chat waits, for everybody; with a second one within a second all wait."""
    refused, other = (SharedLedger(STRICT, store.clock) for _ in range(2))
    for chat in chats:
        refused.pause(chat, 3600.0)
    look(store, refused)
    seen = look(store, other)
    assert set(chats) <= set(seen.closed())
    assert (seen.room > 0) is room
    assert (other.wait_s() == 0.0) is room


async def test_after_a_pause_one_message_of_all_processes_goes_first(
    store: TestStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandClock()
    monkeypatch.setattr(pacing, "_seconds", lambda _: clock.seconds)
    first, other = (SharedLedger(STRICT, clock) for _ in range(2))
    for chat in (1, 2):
        first.pause(chat, 5.0)
    look(store, first)
    clock.pass_time(5.0)
    assert look(store, other).slots == 1
    row = claimed(*store.put(5, state=State.sending))
    look(store, first, row)
    assert look(store, other).slots == 0
    first.answered(row)
    look(store, first)
    assert look(store, other).slots == STRICT.in_flight


async def test_an_answer_counts_for_a_second_however_slowly_the_database_tells_its_time(
    store: TestStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it takes the answer to come back must not make earlier answers look older to others."""
    clock = HandClock()
    on_the_way: list[float] = []

    def seconds(_: object) -> float:
        now = clock.seconds
        clock.pass_time(on_the_way.pop() if on_the_way else 0.0)
        return now

    monkeypatch.setattr(pacing, "_seconds", seconds)
    slow, other = (SharedLedger(STRICT, clock) for _ in range(2))
    row = claimed(*store.put(5, state=State.sending))
    look(store, slow, row)
    slow.answered(row)
    on_the_way.append(0.3)
    whole = look(store, slow).room
    clock.pass_time(0.5)
    assert look(store, other).room == whole
    clock.pass_time(0.5)
    assert look(store, other).room == whole + 1


async def test_what_one_process_has_in_flight_counts_for_the_others(store: TestStore) -> None:
    first, other = (SharedLedger(STRICT, store.clock) for _ in range(2))
    whole = look(store, other).room
    row = claimed(*store.put(5, state=State.sending))
    look(store, first, row)
    seen = look(store, other)
    assert (5 in seen.closed(), seen.room) == (True, whole - 1)
    first.answered(row)
    look(store, first)
    assert 5 not in look(store, other).closed()


async def test_what_a_dead_process_had_in_flight_ends_when_its_row_is_taken_back(
    store: TestStore,
) -> None:
    dead, other = (SharedLedger(STRICT, store.clock) for _ in range(2))
    (row_id,) = store.put(5, state=State.sending)
    look(store, dead, claimed(row_id))
    assert 5 in look(store, other).closed()
    store.do(lambda work: take_back(work, all_of_them=True))
    assert 5 not in look(store, other).closed()


async def test_a_chat_has_one_message_in_flight_whoever_sends(
    store: TestStore,
    sim: SimClient,
    people: Callable[[int], Awaitable[list[SimPerson]]],
    three_senders: Callable[..., Awaitable[list[Sender]]],
) -> None:
    await people(3)
    await sim.fault("sendMessage", kind="latency", ms=30, times=45)
    ids = store.put(*[*range(1, 4)] * 15)
    senders = await three_senders(single=False)
    for sender in senders:
        sender.wake()
    await until(lambda: set(store.states(ids)) == {State.sent})
    for chat in range(1, 4):
        numbers = [row.message_id or 0 for each in ids if (row := store.row(each)).chat_id == chat]
        assert numbers == sorted(numbers)
    assert len(await sim.calls(method="sendMessage")) == 45


def look(store: TestStore, ledger: SharedLedger, *leaving: Claimed) -> PaceSelection:
    """Do one exchange of a sender that lets `leaving` go; return what it was told it may send."""
    exchange = ledger.exchange(probing=False)

    def both(work: Work) -> PaceSelection:
        found = exchange.selection(work)
        exchange.note(work, leaving)
        return found

    found = store.do(both)
    exchange.committed(leaving)
    return found


def claimed(row_id: int, chat_id: int = 5) -> Claimed:
    """Return a row as a sender has it."""
    return Claimed(row_id, chat_id, Kind.send, Lane.bulk, Payload("words"), once=False, attempts=0)
