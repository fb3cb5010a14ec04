"""One /help through everything, against a bare PTB echo bot at the same server."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox.client import SimClient, SimPerson
from tests.bench.lines import line, percentile
from tests.bench.processes import bot_at, echo_at, resident_mb, sandbox_process
from tests.support.bot import UNLIMITED

_IN_FLIGHT = 8
_EACH = 40
_WARM_UP = 5
_RUNS = 3
_IDLE_S = 5.0


async def measure() -> None:
    """Print the rate of round trips, its ratio to the echo's, and the bot's idle memory."""
    rates: list[float] = []
    ratios: list[float] = []
    tails: list[float] = []
    memory = 0.0
    for _ in range(_RUNS):
        async with sandbox_process() as url, SimClient(url) as sim:
            await sim.limits(enabled=False)
            async with echo_at(url):
                echo_rate, _ = await _rate(sim, 100)
            with TemporaryDirectory(prefix="bench-") as folder:
                async with bot_at(url, Path(folder), limits=UNLIMITED) as process:
                    await asyncio.sleep(_IDLE_S)
                    memory = resident_mb(process)
                    rate, waits = await _rate(sim, 200)
        rates.append(rate)
        ratios.append(rate / echo_rate)
        tails.append(percentile(waits, 0.99))
    middle = sorted(range(_RUNS), key=lambda n: ratios[n])[_RUNS // 2]
    line(
        "help_round_trip",
        rates[middle],
        "round trips/s",
        ratio=ratios[middle],
        against="bare PTB echo",
    )
    line("help_round_trip_p99", tails[middle] * 1000, "ms")
    line("idle_memory", memory, "MB")


async def _rate(sim: SimClient, first_id: int) -> tuple[float, list[float]]:
    people = [await sim.person(first_id + n, f"P{n}") for n in range(_IN_FLIGHT)]
    await asyncio.gather(*(_ask(person, _WARM_UP) for person in people))
    start = time.perf_counter()
    waits = await asyncio.gather(*(_ask(person, _EACH) for person in people))
    took = time.perf_counter() - start
    return _IN_FLIGHT * _EACH / took, [wait for one in waits for wait in one]


async def _ask(person: SimPerson, times: int) -> list[float]:
    waits = []
    for _ in range(times):
        start = time.perf_counter()
        await person.say("/help")
        await person.expect(timeout_s=30.0)
        waits.append(time.perf_counter() - start)
    return waits
