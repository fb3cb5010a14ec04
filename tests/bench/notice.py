"""A notice to many chats under the limits, while somebody presses buttons.

`BENCH_NOTICE_CHATS` (2000) is how many; 10,000 take six minutes. By one process on SQLite, and by
three on PostgreSQL where a server starts: together they keep the same limits. The sandbox counts
strictly and answers 429 to the thirty-first message of any second.
"""

import asyncio
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from bot.config import load_config
from bot.core.clock import FileClock
from bot.core.roles import Role
from bot.db import migrate
from bot.db.store import Store
from bot.features.models import MODEL_MODULES
from bot.features.units.service import load_units
from bot.sandbox.client import SimCall, SimClient, SimPerson
from tests.bench.lines import line, percentile
from tests.bench.processes import TOKEN, bot_at, sandbox_process
from tests.faults.noticed import AUTHOR, confirm
from tests.faults.scene import Known, add_people
from tests.support.config import SHIPPED

_CHATS = 2000
_RATE = 28.0
_LIMITS = {"overall_per_second": _RATE, "burst": 2, "in_flight": 8}
_FIRST_ID = 10_000
_AT_ONCE = 50
_PRESS_EVERY_S = 1.0
_SPARE_S = 120.0
_PRESSER = Known(2, "B", (Role.volunteer,))
_UPDATES_A_PAGE = 100


@dataclass(frozen=True)
class _Trial:
    name: str
    folder: Path
    chats: int
    database_url: str
    processes: int

    @property
    def clock(self) -> Path:
        return self.folder / "clock"


def measure(postgres_url: Callable[[], str] | None) -> None:
    """Print how long the broadcast took, the fullest second, and how long a press waits."""
    chats = int(os.environ.get("BENCH_NOTICE_CHATS", _CHATS))
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir(mode=0o700)
        url = f"sqlite:///{folder / 'data' / 'bot.db'}"
        asyncio.run(_measured(_Trial("notice", folder, chats, url, 1)))
    if postgres_url is not None:
        with TemporaryDirectory(prefix="bench-") as name:
            trial = _Trial("notice_by_three", Path(name), chats, postgres_url(), 3)
            asyncio.run(_measured(trial))


async def _measured(trial: _Trial) -> None:
    async with sandbox_process(clock=trial.clock) as url, SimClient(url) as sim:
        people = [
            Known(_FIRST_ID + number, f"C{number}", (Role.volunteer,))
            for number in range(trial.chats - 1)
        ]
        await asyncio.to_thread(_fill, trial, [AUTHOR, _PRESSER, *people])
        author = await _open_chats(sim, people)
        await _confirm_all(url)
        await sim.limits(enabled=True)
        async with AsyncExitStack() as stack:
            for _ in range(trial.processes):
                bot = bot_at(
                    url,
                    trial.folder,
                    limits=_LIMITS,
                    database_url=trial.database_url,
                    clock=trial.clock,
                )
                await stack.enter_async_context(bot)
            await _broadcast(trial, sim, author)


def _fill(trial: _Trial, people: Sequence[Known]) -> None:
    """Let the bot know everybody, before it starts."""
    assert MODEL_MODULES
    migrate.upgrade(trial.database_url)
    store = Store(trial.database_url, clock=FileClock(trial.clock), tell=lambda _: None)
    config = load_config(SHIPPED)
    store.write_now(lambda work: load_units(work, config))
    store.write_now(lambda work: add_people(work, people))
    store.close_now()


async def _open_chats(sim: SimClient, people: Sequence[Known]) -> SimPerson:
    """Let everybody greet the bot: nobody else may be written to."""

    async def open_one(known: Known) -> SimPerson:
        person = await sim.person(known.id, known.name)
        await person.say("/start")
        return person

    for first in range(0, len(people), _AT_ONCE):
        await asyncio.gather(*map(open_one, people[first : first + _AT_ONCE]))
    await open_one(_PRESSER)
    return await open_one(AUTHOR)


async def _confirm_all(url: str) -> None:
    """Take the greetings in the bot's place: it knows them all."""
    offset = 0
    async with ClientSession() as http:
        while True:
            query = {"offset": str(offset), "limit": str(_UPDATES_A_PAGE)}
            async with http.get(f"{url}/bot{TOKEN}/getUpdates", params=query) as answer:
                updates = (await answer.json())["result"]
            if not updates:
                return
            offset = updates[-1]["update_id"] + 1


async def _broadcast(trial: _Trial, sim: SimClient, author: SimPerson) -> None:
    after = await sim.last_call()
    presser = sim.known(_PRESSER.id)
    waits: list[float] = []
    # The presser is a volunteer as well, and gets the notice.
    await confirm(author, trial.chats)
    pressing = asyncio.create_task(_press(presser, waits))
    await author.expect("发送完毕", timeout_s=2 * trial.chats / _RATE + _SPARE_S)
    pressing.cancel()
    _report(trial, await _sends(sim, after), waits)


async def _press(person: SimPerson, waits: list[float]) -> None:
    while True:
        await person.skip()
        await person.say("/help")
        start = time.perf_counter()
        await person.expect("/help", timeout_s=60.0)
        waits.append(time.perf_counter() - start)
        await asyncio.sleep(_PRESS_EVERY_S)


async def _sends(sim: SimClient, after: int) -> list[SimCall]:
    found: list[SimCall] = []
    while calls := await sim.calls(after):
        after = calls[-1].n
        found += [call for call in calls if call.method.startswith(("send", "edit"))]
    return found


def _report(trial: _Trial, calls: Sequence[SimCall], waits: Sequence[float]) -> None:
    first = next(call.at for call in calls if int(call.params["chat_id"]) >= _FIRST_ID)
    times = sorted(call.at for call in calls if call.at >= first)
    took = times[-1] - times[0]
    line(
        f"{trial.name}_{trial.chats}",
        took,
        "s",
        ratio=took / (len(times) / _RATE),
        against="messages of all kinds / 28 a second",
        messages=len(times),
        processes=trial.processes,
        limits="as shipped",
    )
    line(f"{trial.name}_fullest_second", _fullest(times), "messages")
    line(f"{trial.name}_refused", sum(call.status == 429 for call in calls), "answers 429")
    if waits:
        p99 = percentile(waits, 0.99) * 1000
        line(f"{trial.name}_press_p99", p99, "ms", presses=len(waits))


def _fullest(times: Sequence[float]) -> int:
    """Return how many of the sorted `times` lie in the fullest second."""
    window: deque[float] = deque()
    fullest = 0
    for at in times:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        fullest = max(fullest, len(window))
    return fullest
