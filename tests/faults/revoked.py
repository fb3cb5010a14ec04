"""Fault 4: the token is refused in the middle of a notice, and works again later."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.faults.killing import count, until
from tests.faults.noticed import (
    AUTHOR,
    LIMITS,
    PATIENCE_S,
    Found,
    broken,
    confirm,
    left_out,
    longest_pause_s,
    readers,
    received,
    repeats,
    sends,
)
from tests.faults.scene import meet, put_people
from tests.support.process import BotProcess, bot_process

SAYS = "Telegram 不认这个令牌"

_LATENCY_MS = 20


async def revoked(
    folder: Path, *, people: int, entry: Sequence[str] = ("-m", "bot"), times: int = 1
) -> Found:
    """Let the token be refused so many `times`: each time the bot says so, ends and goes on later.

    Who starts it again finds everything as it was.
    """
    all_of_them = readers(people)
    said, stopped = [], []
    async with bot_process(folder, entry=entry, limits=LIMITS) as process:
        put_people(process, [AUTHOR, *all_of_them])
        author = await meet(process, AUTHOR)
        for reader in all_of_them:
            await meet(process, reader)
        await process.start()
        await process.sim.fault("sendMessage", kind="latency", ms=_LATENCY_MS, times=None)
        await confirm(author, people)
        for number in range(1, times + 1):
            part = people * number // (times + 2)
            await until(lambda part=part: len(received(process.sandbox, all_of_them)) >= part)  # type: ignore[misc]
            process.log.clear()
            await process.sim.clear_faults()
            await process.sim.fault("*", status=401, times=None)
            stopped.append(await _ends(process))
            said.append(any(SAYS in line for line in process.log))
            await process.kill()
            await process.sim.clear_faults()
            await process.sim.fault("sendMessage", kind="latency", ms=_LATENCY_MS, times=None)
            await process.start()
        await until(lambda: _over(process), timeout_s=PATIENCE_S)
        had, calls = received(process.sandbox, all_of_them), await sends(process.sim)
        lost, repeated = left_out(had, all_of_them), repeats(had)
        return Found(
            people,
            lost,
            repeated,
            longest_pause_s(calls),
            broken(
                none_lost=lost == 0,
                none_repeated=repeated == 0,
                stops=all(stopped),
                says_so=all(said),
                finished=_finished(process),
            ),
            {"times": times},
        )


async def _ends(process: BotProcess) -> bool:
    """Tell whether the process ends by itself with an error; False once it gave messages up."""
    ending = asyncio.create_task(process.ended(timeout_s=PATIENCE_S))
    try:
        await until(lambda: ending.done() or _over(process), timeout_s=PATIENCE_S)
        return ending.done() and await ending == 1
    finally:
        ending.cancel()


def _over(process: BotProcess) -> bool:
    """Tell whether the notice is over, or waits for a person after too many errors."""
    return count(process, "SELECT count(*) FROM notice WHERE state IN ('sent', 'paused')") == 1


def _finished(process: BotProcess) -> bool:
    return count(process, "SELECT count(*) FROM notice WHERE state = 'sent'") == 1
