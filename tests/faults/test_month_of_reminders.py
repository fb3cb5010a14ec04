"""A month of reminders while the bot is killed again and again: each of them once (TIME-15).

The clock goes from day to day; at some of them the bot is killed around the moment at which it
looks at the clock. What was on its way to Telegram at a kill may come twice, and nothing else.
"""

import asyncio
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.roles import Role
from tests.faults.killing import accepted, count, examine, look, until
from tests.faults.scene import Known, meet, put_people
from tests.support.process import BotProcess, bot_process

CONTACTS = [
    Known(11, "甲", (Role.contact,), ("kexie", "keji")),
    Known(12, "乙", (Role.contact,), ("kexie",)),
    Known(13, "丙", (Role.contact,), ("jiaoyu",)),
]
HEAD = Known(14, "丁", (Role.unit_head,), ("kexie",))
EVERYBODY = [*CONTACTS, HEAD]
BEGIN = datetime.fromisoformat("2024-06-01T12:00:00+08:00")
# Nothing is ever filed, so on each of these days a step of a ladder is due that was not before:
# of the plan (10 June), of June's information (30 June), or of both.
DAYS = [
    *(date(2024, 6, number) for number in (3, 7, 9, 10, 13, 22, 23, 27, 29, 30)),
    date(2024, 7, 3),
]
HEADS_DAYS = {date(2024, 6, 13), date(2024, 7, 3)}
KILLS_ON = {date(2024, 6, 3), date(2024, 6, 10), date(2024, 6, 23), date(2024, 6, 30)}
LONGEST_DELAY_S = 1.2
"""The bot looks at the clock every second: a kill falls before, into or after that."""

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize("seed", [1])
async def test_each_reminder_of_a_month_comes_once_whatever_is_killed(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    in_flight = 0
    async with bot_process(tmp_path, start=BEGIN) as process:
        await _begin(process)
        for day in DAYS:
            await _go_to(process, day)
            if day in KILLS_ON:
                in_flight += await _kill(process, delay_s=chance.uniform(0, LONGEST_DELAY_S))
            await _reminded(process, day)
        assert _reminders(process) == _expected()
        assert await _repeats(process) <= in_flight
        assert _unfinished(process) == 0


async def test_a_bot_that_notes_nothing_reminds_again_the_next_day(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.unclaimed_reminders")
    async with bot_process(tmp_path, entry=entry, start=BEGIN) as process:
        await _begin(process)
        await _go_to(process, date(2024, 6, 3))
        await _reminded(process, date(2024, 6, 3))
        await _go_to(process, date(2024, 6, 4))
        await until(lambda: _on(process, date(2024, 6, 4)) == len(CONTACTS))


async def _begin(process: BotProcess) -> None:
    put_people(process, EVERYBODY)
    for known in EVERYBODY:
        await meet(process, known)
    await process.start()


async def _go_to(process: BotProcess, day: date) -> None:
    await process.sim.set_clock(f"{day.isoformat()}T09:00:00+08:00")


async def _kill(process: BotProcess, *, delay_s: float) -> int:
    """Kill and restart; return how many messages were on their way."""
    await asyncio.sleep(delay_s)
    await process.kill()
    sending = examine(process).sending
    await process.start()
    return sending


async def _reminded(process: BotProcess, day: date) -> None:
    """Wait until everybody who is to hear something on `day` has it from Telegram."""
    wanted = len(CONTACTS) + (day in HEADS_DAYS)
    await until(lambda: _on(process, day) == wanted and _unsent(process) == 0)


def _on(process: BotProcess, day: date) -> int:
    return sum(number for (_, one), number in _reminders(process).items() if one == day)


def _unsent(process: BotProcess) -> int:
    return count(process, "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'cancelled')")


def _reminders(process: BotProcess) -> Counter[tuple[int, date]]:
    """Return how many reminders there are for each chat and day."""
    rows = look(
        process,
        "SELECT chat_id, created_at FROM outbox WHERE dedupe_key LIKE 'reminder:%'",
    )
    return Counter(
        (chat, (datetime.fromisoformat(at) + timedelta(hours=8)).date()) for chat, at in rows
    )


def _expected() -> Counter[tuple[int, date]]:
    contacts = [(known.id, day) for known in CONTACTS for day in DAYS]
    return Counter([*contacts, *((HEAD.id, day) for day in HEADS_DAYS)])


async def _repeats(process: BotProcess) -> int:
    """Return how many reminders Telegram took once more than there are."""
    taken = Counter(
        call.params["chat_id"]
        for call in await accepted(process, "sendMessage")
        if "件事" in call.params["text"]
    )
    return sum(taken.values()) - sum(_expected().values())


def _unfinished(process: BotProcess) -> int:
    """Return how many steps of the bound units are neither done nor left out for a reason."""
    return count(
        process,
        "SELECT count(*) FROM job_run WHERE kind = 'deadline' AND state <> 'done'"
        " AND reason IS NULL",
    )
