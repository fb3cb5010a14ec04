"""The bot is killed at every step of a report: it goes on at that step with everything kept."""

from pathlib import Path

import pytest

from bot.core.roles import Role
from tests.faults.hand import Hand
from tests.faults.reporting import RECEIPT, Answer, Report, filed, meant, says
from tests.faults.scene import Known, meet, put_people
from tests.support.process import BotProcess, bot_process

PATIENT = Known(2, "联络员甲", (Role.contact,), ("kexie",))
HASTY = Known(3, "联络员乙", (Role.contact,), ("keji",))
BEGIN = Answer("begin", lambda hand: hand.person.say("/report"), "活动叫什么名称")
FIRST, SECOND = Report(7), Report(8)

pytestmark = pytest.mark.timeout(600)


async def test_a_report_goes_on_at_its_step_after_a_kill_at_every_one(tmp_path: Path) -> None:
    """One reporter is answered before each kill; the other's answer is on its way at the kill."""
    async with bot_process(tmp_path) as process:
        patient, hasty = await _hands(process, PATIENT, HASTY)
        first, second = [BEGIN, *FIRST.answers()], [BEGIN, *SECOND.answers()]
        for done, under_way in zip(first, second, strict=True):
            await done.act(patient)
            await patient.await_(done.wanted)
            await under_way.act(hasty)
            await process.restart()
            await hasty.await_(under_way.wanted)
        assert sorted(map(says, filed(process))) == sorted(map(meant, (FIRST, SECOND)))
        for hand in (patient, hasty):
            receipts = {one.text for one in await hand.person.messages() if RECEIPT in one.text}
            assert len(receipts) == 1


async def test_drafts_in_memory_are_lost_at_the_first_kill(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.memory_drafts")
    async with bot_process(tmp_path, entry=entry) as process:
        [hand] = await _hands(process, PATIENT)
        hand.patience_s = 5
        title, *_ = FIRST.answers()
        await BEGIN.act(hand)
        await hand.await_(BEGIN.wanted)
        await process.restart()
        await title.act(hand)
        with pytest.raises(AssertionError, match="waited 5 s"):
            await hand.await_(title.wanted)


async def _hands(process: BotProcess, *people: Known) -> list[Hand]:
    put_people(process, people)
    hands = [Hand(await meet(process, known), patience_s=20) for known in people]
    await process.start()
    return hands
