"""Ten thousand updates that nobody should send: none is lost, and the bot answers as before."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.inbox.models import InboxRow
from bot.sandbox.client import SimPerson
from bot.sandbox.updates import FIRST_UPDATE_ID
from tests.faults.fuzzing import GROUPS, MARK, PEOPLE, Fuzzed, Fuzzer
from tests.faults.killing import count, look, until
from tests.faults.raw_rows import raw_rows
from tests.faults.scene import Known, meet, put_people, write_before_start
from tests.support.process import BotProcess, bot_process

UPDATES = 10_000
WITHOUT_NUMBER = 5
WRITERS = 8
SEED = 20240603
SANE = Known(1, "联络员", (Role.contact,))
ROLES = (Role.admin, Role.coordinator, Role.contact, Role.volunteer, Role.post_lead)

pytestmark = pytest.mark.timeout(900)


async def test_nothing_is_lost_and_polling_lives_after_ten_thousand_fuzzed_updates(
    tmp_path: Path,
) -> None:
    async with bot_process(tmp_path) as process:
        sane = await _open_chats(process)
        rows = write_before_start(process, _put_raw_rows)
        await process.start()
        fuzzed = await _push(process)
        await until(lambda: _unsettled(process) == 0, timeout_s=700)
        await sane.say("/help")
        await sane.expect("/help", timeout_s=20)
        assert count(process, "SELECT count(*) FROM inbox") == rows + _numbered(process)
        assert _wrongly_dead(process, fuzzed) == []
        assert _failed_at_first(process, fuzzed) == []
        assert _dead_without_reason(process) == []
        assert [line for line in process.log if MARK in line] == []
        assert [line for line in process.log if _is_unhandled(line)] == []
        dead = count(process, "SELECT count(*) FROM inbox WHERE state = 'dead'")
        print(f"{len(fuzzed)} updates and {rows} rows: {dead} dead letters")


async def _open_chats(process: BotProcess) -> SimPerson:
    known = [Known(number, "某人", (ROLES[number % 5],)) for number in [*PEOPLE][:30]]
    put_people(process, [SANE, *known])
    for number in PEOPLE:
        await meet(process, Known(number, "某人"))
    for group in GROUPS:
        await process.sim.group(group, "群", [process.sim.known(PEOPLE[0])])
    return await meet(process, SANE)


def _put_raw_rows(work: Work) -> int:
    """Put into the inbox what no server sends, as if it had come."""
    for number, raw in enumerate(raw_rows()):
        work.session.add(
            InboxRow(bot_id=424242, update_id=number, chat_key=0, raw=raw, received_at=work.now)
        )
    return len(raw_rows())


async def _push(process: BotProcess) -> dict[int, Fuzzed]:
    """Push everything and return it by its update's number."""
    fuzzer = Fuzzer(SEED)
    waiting = iter([fuzzer.next() for _ in range(UPDATES)])
    pushed: dict[int, Fuzzed] = {}

    async def push() -> None:
        for fuzzed in waiting:
            update_id = await process.sim.raw(fuzzed.update)
            pushed[update_id] = fuzzed

    for number in range(WITHOUT_NUMBER):
        await process.sim.raw({"update_id": f"none{number}", "message": {}})
    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(push())
    return pushed


def _numbered(process: BotProcess) -> int:
    """Return how many updates with a number there were, of everybody."""
    return process.sandbox.world.updates.next_id - FIRST_UPDATE_ID - WITHOUT_NUMBER


def _unsettled(process: BotProcess) -> int:
    pending = count(process, "SELECT count(*) FROM inbox WHERE state = 'pending'")
    return pending + len(process.sandbox.world.updates)


def _wrongly_dead(process: BotProcess, fuzzed: dict[int, Fuzzed]) -> list[str]:
    """Return dead letters that were sound."""
    return [
        f"{number}: {json.dumps(fuzzed[number].update)[:400]}"
        for (number,) in look(process, "SELECT update_id FROM inbox WHERE state = 'dead'")
        if number in fuzzed and fuzzed[number].sound
    ]


def _failed_at_first(process: BotProcess, fuzzed: dict[int, Fuzzed]) -> list[str]:
    """Return sound updates whose handling failed, even if a later attempt did not."""
    return [
        f"{number}: {json.dumps(fuzzed[number].update)[:400]}"
        for (number,) in look(process, "SELECT update_id FROM inbox WHERE attempts > 0")
        if number in fuzzed and fuzzed[number].sound
    ]


def _dead_without_reason(process: BotProcess) -> list[tuple[int, str]]:
    return look(
        process,
        "SELECT id, reason FROM inbox WHERE state = 'dead'"
        " AND reason NOT LIKE 'unreadable%' AND reason NOT LIKE 'incident%'",
    )


def _is_unhandled(line: str) -> bool:
    return "Traceback" in line or "never retrieved" in line or " CRITICAL " in line
