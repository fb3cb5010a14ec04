"""Updates that the bot cannot digest: each becomes a dead letter, and nobody else notices."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.faults.entries.poisonous import EXITS, RAISES, STATUS
from tests.faults.killing import count, look, until
from tests.faults.scene import Known, meet, put_people
from tests.support.process import BotProcess, bot_process

ADMIN = Known(1, "管理员", (Role.admin,))
VICTIM = Known(2, "联络员", (Role.contact,))
OTHERS = [Known(10 + n, f"志愿者{n}", (Role.volunteer,)) for n in range(5)]
HELP = "/help"

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with bot_process(tmp_path, entry=("-m", "tests.faults.entries.poisonous")) as made:
        put_people(made, [ADMIN, VICTIM, *OTHERS])
        yield made


async def test_an_update_that_fails_three_times_is_buried_and_its_sender_gets_an_apology(
    process: BotProcess,
) -> None:
    admin, victim, *others = [await meet(process, each) for each in (ADMIN, VICTIM, *OTHERS)]
    await process.start()
    await victim.say(f"{HELP} {RAISES}")
    await _all_are_answered(others)
    apology = await victim.expect("出了点问题", timeout_s=15)
    incident = _incident(apology.text)
    [[state, attempts, reason]] = look(
        process, "SELECT state, attempts, reason FROM inbox WHERE state != 'done'"
    )
    assert (state, attempts, reason) == ("dead", 3, f"incident {incident}")
    assert [line for line in process.log if incident in line and " ERROR " in line]
    assert not [line for line in process.log if RAISES in line]
    await admin.expect("没能处理")
    await victim.say(HELP)
    answer = await victim.expect(HELP)
    said = [message.text for message in await victim.messages() if message.from_bot]
    assert said == [apology.text, answer.text]


async def test_an_update_that_kills_the_process_is_buried_after_three_starts(
    process: BotProcess,
) -> None:
    admin, victim, *others = [await meet(process, each) for each in (ADMIN, VICTIM, *OTHERS)]
    # All of them wait when the bot comes up, so some are in progress when it goes down.
    await victim.say(f"{HELP} {EXITS}")
    for other in others:
        await other.say(HELP)
    await victim.say(HELP)
    for _ in range(3):
        await process.launch()
        assert await process.ended() == STATUS
    await process.start()
    for each in (victim, *others):
        await each.expect(HELP, timeout_s=15)
    await until(lambda: count(process, "SELECT count(*) FROM inbox WHERE state = 'pending'") == 0)
    dead = look(process, "SELECT starts, reason FROM inbox WHERE state = 'dead'")
    assert dead == [(3, "crashed")]
    await admin.expect("没能处理")


async def _all_are_answered(people: list[SimPerson]) -> None:
    for person in people:
        await person.say(HELP)
    for person in people:
        await person.expect(HELP)


def _incident(text: str) -> str:
    """Return the short id that an apology names."""
    [found] = re.findall(r"[2-9A-HJ-NP-Z]{6}", text)
    return str(found)
