"""Updates that Telegram brings, to a bot that is killed between receipt and commit."""

from collections import Counter
from pathlib import Path

import pytest

from bot.sandbox.updates import FIRST_UPDATE_ID
from tests.faults.killing import count, look, until
from tests.support.process import BotProcess, bot_process, free_port

PEOPLE = 12
ROUNDS = 3
KILLS = 2

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]


async def test_what_was_brought_is_kept_once_whenever_the_bot_is_killed(tmp_path: Path) -> None:
    said, kept = await _trial(tmp_path, ("-m", "bot"))
    assert kept == said


async def test_answering_before_the_commit_loses_some(tmp_path: Path) -> None:
    """The control: Telegram brings nothing again that it was answered for."""
    said, kept = await _trial(tmp_path, ("-m", "tests.faults.entries.answers_first"))
    assert kept < said


async def _trial(folder: Path, entry: tuple[str, ...]) -> tuple[Counter[int], Counter[int]]:
    """Let people talk and the bot die; return the updates there were and those that were kept."""
    port = free_port()
    webhook = {"url": f"http://127.0.0.1:{port}/telegram", "listen": f"127.0.0.1:{port}"}
    async with bot_process(folder, entry=entry, webhook=webhook) as process:
        await process.start()
        people = [await process.sim.person(number, f"P{number}") for number in range(1, PEOPLE + 1)]
        for number in range(ROUNDS):
            for person in people:
                await person.say(f"/help {number}")
            if number < KILLS:
                # Some are kept, and others on their way.
                await until(lambda number=number: _brought(process) > number * PEOPLE)  # type: ignore[misc]
                await process.restart()
        world = process.sandbox.world
        await until(lambda: not len(world.updates))
        await until(lambda: not count(process, _UNSETTLED))
        said = Counter(range(FIRST_UPDATE_ID, world.updates.next_id))
        return said, Counter(number for (number,) in look(process, "SELECT update_id FROM inbox"))


_UNSETTLED = "SELECT count(*) FROM inbox WHERE state = 'pending'"


def _brought(process: BotProcess) -> int:
    world = process.sandbox.world
    return world.updates.next_id - FIRST_UPDATE_ID - len(world.updates)
