"""Three `python -m bot run` for one bot on PostgreSQL, of which some die."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.process import BotProcess, bot_process
from tests.support.waiting import until

PEOPLE = 10
ROUNDS = 6

pytestmark = [pytest.mark.fault, pytest.mark.postgres, pytest.mark.timeout(300)]


async def test_three_processes_serve_one_bot_and_two_may_die(
    tmp_path: Path, postgres_url: str
) -> None:
    """They come up together; whoever polls is killed; every update is applied once, in order."""
    async with bot_process(tmp_path, database_url=postgres_url) as first:
        processes = [first, first.another(), first.another()]
        await asyncio.gather(*(process.start() for process in processes))
        people = [await first.sim.person(number, f"P{number}") for number in range(1, PEOPLE + 1)]
        for number in range(ROUNDS):
            await asyncio.gather(*(person.say("/help") for person in people))
            if number in {1, 3}:
                dying = await _polling(processes)
                await dying.kill()
                processes.remove(dying)
        database = _Database(postgres_url)
        await until(database.is_settled(PEOPLE * ROUNDS), timeout_s=120)
        assert database.answers() == dict.fromkeys(range(1, PEOPLE + 1), ROUNDS)
        assert database.in_order()
        assert [await process.stop() for process in processes] == [0]


async def test_each_effect_of_the_clock_happens_once_whoever_ticks(
    tmp_path: Path, postgres_url: str
) -> None:
    """All three tick: what is due is claimed in the transaction that does it."""
    async with bot_process(tmp_path, database_url=postgres_url) as first:
        processes = [first, first.another(), first.another()]
        await asyncio.gather(*(process.start() for process in processes))
        database = _Database(postgres_url)
        claimed = "SELECT count(*), count(DISTINCT (kind, scope, period_key)) FROM job_run"

        async def has_run() -> bool:
            return bool(database.rows(claimed)[0][0])

        await first.sim.advance("9d")
        await until(has_run, timeout_s=60)
        [(runs, different)] = database.rows(claimed)
        assert runs == different
        assert not [line for one in processes for line in one.log if "Traceback" in line]


class _Database:
    """Looks into the database beside the bots."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)

    def rows(self, query: str) -> list[tuple[int, ...]]:
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]

    def is_settled(self, updates: int) -> Callable[[], Awaitable[bool]]:
        async def settled() -> bool:
            [(done, others)] = self.rows(
                "SELECT count(*) FILTER (WHERE state = 'done'),"
                " count(*) FILTER (WHERE state <> 'done') FROM inbox"
            )
            waits = self.rows("SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')")
            return (done, others) == (updates, 0) and not waits

        return settled

    def answers(self) -> dict[int, int]:
        """Return how many replies each chat got."""
        found = self.rows(
            "SELECT chat_id, count(*) FROM outbox"
            " WHERE dedupe_key LIKE 'reply:%' AND state = 'sent' GROUP BY 1"
        )
        return {row[0]: row[1] for row in found}

    def in_order(self) -> bool:
        """Tell whether the replies to a chat were written and sent in the order of its updates."""
        sent = defaultdict(list)
        for chat, number in self.rows(
            "SELECT chat_id, message_id FROM outbox WHERE dedupe_key LIKE 'reply:%'"
            " ORDER BY chat_id, cast(split_part(dedupe_key, ':', 2) AS integer)"
        ):
            sent[chat].append(number)
        return all(numbers == sorted(numbers) for numbers in sent.values())


async def _polling(processes: list[BotProcess]) -> BotProcess:
    """Return the one of those that live which polls, once there is one."""

    def found() -> list[BotProcess]:
        return [one for one in processes if any("this process polls" in line for line in one.log)]

    async def one_polls() -> bool:
        return bool(found())

    await until(one_polls)
    return found()[0]
