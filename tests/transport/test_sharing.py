"""Several processes at one inbox, on PostgreSQL (here: several receivers in one)."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import Select, update

from bot.features.inbox import service as inbox
from bot.features.inbox import sharing as inbox_sharing
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.service import Waiting
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport import sharing
from bot.transport.poller import Poller
from bot.transport.sharing import SharedIntake, TurnPolling
from bot.transport.source import Keep, Room
from bot.transport.telegram import Wire
from tests.transport.harness import MovableClock, TestStore, open_store
from tests.transport.receiving import all_done, counts, put, settle
from tests.transport.running import kill, run_in_background, until

pytestmark = pytest.mark.postgres


@pytest.fixture
def store(postgres_tables: str, clock: MovableClock) -> Iterator[TestStore]:
    """Return an empty store on PostgreSQL."""
    with open_store(postgres_tables, clock) as opened:
        yield opened


class Nothing:
    """A source that brings nothing."""

    def __init__(self) -> None:
        self._stopped = asyncio.Event()

    async def run(self, keep: Keep, room: Room) -> None:
        del keep, room
        await self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()


class Log:
    """What several processes did, in the order in which they did it."""

    def __init__(self, store: TestStore) -> None:
        self.store = store
        self.began: dict[int, list[int]] = defaultdict(list)
        self.who: dict[int, str] = {}
        self.in_chat: dict[int, int] = defaultdict(int)
        self.beside: list[int] = []
        self.gate: asyncio.Event | None = None

    def handler(self, name: str) -> Callable[[Waiting], Awaitable[None]]:
        """Return what one process does with an update."""

        async def handle(row: Waiting) -> None:
            self.in_chat[row.chat_key] += 1
            if self.in_chat[row.chat_key] > 1:
                self.beside.append(row.id)
            self.began[row.chat_key].append(row.id)
            self.who[row.id] = name
            if self.gate is not None:
                await self.gate.wait()
            await asyncio.sleep(0)
            await self.store.write(lambda work: settle(work, row.id))
            self.in_chat[row.chat_key] -= 1

        return handle

    @property
    def in_order(self) -> bool:
        """Whether no chat had two at a time, and each had its own in the order of their ids."""
        return not self.beside and all(ids == sorted(ids) for ids in self.began.values())


def intake(store: TestStore, wire: Wire, log: Log, name: str, workers: int = 4) -> SharedIntake:
    """Return one process's share of handling."""
    return SharedIntake(store, wire, Nothing(), handle=log.handler(name), workers=workers)


def fill(store: TestStore, *, chats: int, each: int) -> int:
    """Put updates of some chats into the inbox, chat by chat in turn; return how many."""
    for number in range(each):
        for chat in range(1, chats + 1):
            put(store, f"{chat}:{number}", chat=chat)
    return chats * each


async def test_two_processes_handle_the_updates_of_a_chat_in_order(
    store: TestStore, wire: Wire
) -> None:
    log = Log(store)
    count = fill(store, chats=4, each=15)
    async with AsyncExitStack() as stack:
        for name in ("one", "other"):
            await stack.enter_async_context(run_in_background(intake(store, wire, log, name, 2)))
        await until(all_done(store, count))
    assert log.in_order
    assert set(log.who.values()) == {"one", "other"}
    assert sum(map(len, log.began.values())) == count


async def test_without_looking_at_the_chat_the_order_is_lost(
    store: TestStore, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same with a claim that takes any row that nobody has."""
    whole = inbox_sharing._claimable

    def any_row() -> Select[tuple[int, int, str, int]]:
        found = whole()
        kept = [clause for clause in found._where_criteria if "EXISTS" not in str(clause)]
        found = found._generate()
        found._where_criteria = tuple(kept)
        return found

    monkeypatch.setattr(inbox_sharing, "_claimable", any_row)
    log = Log(store)
    log.gate = asyncio.Event()
    put(store, "first", "second", chat=1)
    async with AsyncExitStack() as stack:
        for name in ("one", "other"):
            await stack.enter_async_context(run_in_background(intake(store, wire, log, name)))
        await until(lambda: len(log.who) == 2)
        log.gate.set()
        await until(all_done(store, 2))
    assert not log.in_order


async def test_what_a_dead_process_had_goes_on_elsewhere_once_its_lease_ends(
    store: TestStore, wire: Wire
) -> None:
    log, dead = Log(store), Log(store)
    dead.gate = asyncio.Event()
    first, second = put(store, "first", "second", chat=1)
    async with run_in_background(intake(store, wire, dead, "dead")) as task:
        await until(lambda: first in dead.who)
        await kill(task)
    async with run_in_background(intake(store, wire, log, "alive")):
        (other,) = put(store, "of another", chat=2)
        await until(lambda: other in log.who)
        assert log.began[1] == []
        end_leases(store)
        await until(all_done(store, 3))
    assert log.began[1] == [first, second]


async def test_an_update_that_ends_processes_is_a_dead_letter_at_last(
    store: TestStore, wire: Wire
) -> None:
    log = Log(store)
    put(store, "poison", "behind it", chat=1, starts=inbox.MOST_STARTS)
    end_leases(store)
    async with run_in_background(intake(store, wire, log, "alive")):
        await until(lambda: counts(store)[InboxState.dead] == 2)
    assert not log.who


async def test_a_lease_is_kept_up_while_the_work_lasts(
    store: TestStore, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "_RENEW_EVERY_S", 0.01)
    log = Log(store)
    log.gate = asyncio.Event()
    (row_id,) = put(store, "long", chat=1)
    async with run_in_background(intake(store, wire, log, "one")):
        await until(lambda: row_id in log.who)
        end_leases(store)
        await until(lambda: is_leased(store, row_id))
        log.gate.set()
        await until(all_done(store, 1))
    assert log.began[1] == [row_id], "nobody else took it"


async def test_one_polls_and_another_takes_over(
    store: TestStore, wire: Wire, sandbox: Sandbox, sim: SimClient, anna: SimPerson
) -> None:
    log = Log(store)
    first, second = (polling(store, wire, log, name) for name in ("one", "other"))
    async with run_in_background(second) as standing_by:
        await until(lambda: sandbox.world.updates.polled)
        async with run_in_background(first):
            await anna.say("hello")
            await until(all_done(store, 1))
            refused = [call for call in await sim.calls(method="getUpdates") if call.status == 409]
            assert not refused
            await kill(standing_by)
            store.do(lambda work: inbox_sharing.give_up_duty(work, "poll", owner=owner(second)))
            await anna.say("again")
            await until(all_done(store, 2))


def polling(store: TestStore, wire: Wire, log: Log, name: str) -> SharedIntake:
    """Return a process that polls when it is its turn, and handles."""
    poller = Poller(wire, allowed_updates=["message"], timeout_s=1)
    source = TurnPolling(poller, store)
    source._ASK_EVERY_S = 0.05
    return SharedIntake(store, wire, source, handle=log.handler(name))


def owner(process: SharedIntake) -> str:
    """Return under which name a process holds the turn to poll."""
    assert isinstance(process._source, TurnPolling)
    return process._source._owner


def end_leases(store: TestStore) -> None:
    """Let time pass for what processes hold in the inbox."""
    store.do(
        lambda work: work.session.execute(
            update(InboxRow).values(lease_until=work.real_now - timedelta(seconds=1))
        )
    )


def is_leased(store: TestStore, row_id: int) -> bool:
    """Tell whether somebody holds a row of the inbox now."""

    def held(row: InboxRow, now: object) -> bool:
        return row.lease_until is not None and row.lease_until > now  # type: ignore[operator]

    return store.see(lambda view: held(view.session.get_one(InboxRow, row_id), view.real_now))
