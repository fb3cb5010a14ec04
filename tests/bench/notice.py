"""A notice to 2,000 chats under the limits, while somebody presses buttons."""

import asyncio
import contextlib
import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox.client import SimCall, SimClient, SimPerson
from tests.bench.lines import line, percentile
from tests.bench.processes import bot_at, sandbox_process
from tests.support.bot import UNLIMITED

_CHATS = 2000
_RATE = 28.0
_LIMITS = {"overall_per_second": _RATE, "burst": 2, "in_flight": 8}
_FIRST_ID = 10_000
_AT_ONCE = 50
_PRESS_EVERY_S = 1.0


async def measure() -> None:
    """Print the rate of the broadcast, the fullest second, and how long a press waits."""
    async with sandbox_process() as url, SimClient(url) as sim:
        with TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            await sim.limits(enabled=False)
            async with bot_at(url, folder, limits=UNLIMITED):
                author = await _people(sim)
            _grant(folder / "data" / "bot.db")
            await sim.limits(enabled=True)
            async with bot_at(url, folder, limits=_LIMITS):
                await _broadcast(sim, author)


async def _people(sim: SimClient) -> SimPerson:
    """Let everybody greet the bot, and be greeted: nobody else may be written to."""
    author = await sim.person(1, "A")
    for first in range(_FIRST_ID, _FIRST_ID + _CHATS, _AT_ONCE):
        people = [await sim.person(each, "C") for each in range(first, first + _AT_ONCE)]
        await asyncio.gather(*(_greet(person) for person in people))
    await _greet(author)
    await _greet(await sim.person(2, "B"))
    return author


async def _greet(person: SimPerson) -> None:
    await person.say("/start")
    await person.expect(timeout_s=60.0)


def _grant(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database, timeout=30)) as file, file:
        file.execute(
            "INSERT INTO role_grant (person_id, role, granted_at)"
            " SELECT id, iif(telegram_id = 1, 'coordinator', 'contact'), ?"
            " FROM person WHERE telegram_id = 1 OR telegram_id >= ?",
            ("2024-06-03 01:00:00.000000", _FIRST_ID),
        )


async def _broadcast(sim: SimClient, author: SimPerson) -> None:
    await author.say("/notice")
    await author.expect("请发来")
    await author.say("通知一则")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect(f"{_CHATS:,}", timeout_s=20.0)
    await author.press("选好了")
    await author.expect("看看对不对")
    after = await sim.last_call()
    await author.press("确认发送")
    presser = await sim.person(2, "B")
    waits: list[float] = []
    pressing = asyncio.create_task(_press(presser, waits))
    await author.expect("发送完毕", timeout_s=600.0)
    pressing.cancel()
    _report(await _sends(sim, after), waits)


async def _press(person: SimPerson, waits: list[float]) -> None:
    while True:
        await person.say("/help")
        start = time.perf_counter()
        await person.expect(timeout_s=60.0)
        waits.append(time.perf_counter() - start)
        await asyncio.sleep(_PRESS_EVERY_S)


async def _sends(sim: SimClient, after: int) -> list[SimCall]:
    found: list[SimCall] = []
    while calls := await sim.calls(after):
        after = calls[-1].n
        found += [call for call in calls if call.method.startswith(("send", "edit"))]
    return found


def _report(calls: Sequence[SimCall], waits: Sequence[float]) -> None:
    times = sorted(call.at for call in calls)
    rate = (len(times) - 1) / (times[-1] - times[0])
    line("notice_2000", rate, "messages/s", ratio=rate / _RATE, against="configured rate")
    window: deque[float] = deque()
    fullest = 0
    for at in times:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        fullest = max(fullest, len(window))
    line("notice_fullest_second", fullest, "messages")
    line("notice_refused", sum(1 for call in calls if call.status == 429), "messages")
    if waits:
        line("notice_press_p99", percentile(waits, 0.99) * 1000, "ms")
