"""The bot is killed while it reads a document: its activities come all the same, and once.

The Bot API knows no idempotency key: only what was on its way at a kill may come twice.
"""

import json
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.faults.killing import count, examine, look, until
from tests.faults.scene import Known, meet, put_people
from tests.render import files
from tests.support.process import BotProcess, bot_process

CONTACT = Known(1, "联络员", (Role.contact,))
FILLER = "活动现场气氛热烈，受到居民欢迎，大家纷纷表示收获很大，希望以后多举办这样的活动。" * 4
WORDS = (
    f"5月28日，区科协在永丰镇温汤村举办核桃修剪技术培训会，60余名果农参加。{FILLER}",
    f"5月30日，区科协在北关社区开展科普进社区活动，展出展版20块。{FILLER}",
)
READ = "《五月.docx》读出 2 项活动"

pytestmark = pytest.mark.timeout(300)


async def sent(process: BotProcess, die_at: str) -> SimPerson:
    """Start the bot that dies at a point and let the contact have a document read."""
    put_people(process, [CONTACT])
    contact = await meet(process, CONTACT)
    process.environment = {**process.environment, "DIE_AT": die_at}
    await process.start()
    await contact.document("五月.docx", content=files.document(*WORDS))
    await contact.expect("要作为创建宣传方案报送吗", timeout_s=40)
    await contact.press("作为活动材料读入", wait_ms=0)
    assert await process.ended() == -9
    return contact


async def lives(process: BotProcess) -> None:
    process.environment = {**process.environment, "DIE_AT": ""}
    await process.start()


async def test_a_document_is_read_and_told_once_wherever_the_bot_is_killed(
    tmp_path: Path,
) -> None:
    entry = ("-m", "tests.faults.entries.document_dies")
    async with bot_process(tmp_path, entry=entry) as process:
        contact = await sent(process, "taken")
        for point in ("read", "told"):
            process.environment = {**process.environment, "DIE_AT": point}
            await process.launch()
            assert await process.ended() == -9
        in_flight = examine(process).sending
        await lives(process)
        await contact.expect(READ, timeout_s=60)
        waiting = "SELECT count(*) FROM outbox WHERE state IN ('held', 'pending', 'sending')"
        await until(lambda: count(process, waiting) == 0)
        cards = [one for one in await contact.messages() if READ in one.text]
        assert 1 <= len(cards) <= 1 + in_flight
        jobs = look(process, "SELECT state, attempts, activities FROM document_job")
        assert jobs == [("done", 2, 2)]
        [(answers,)] = look(process, "SELECT answers FROM draft WHERE flow = 'pasted'")
        assert len(json.loads(answers)["_queue"]) == 1


async def test_without_taking_back_a_document_is_lost_with_its_reader(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.forgetful_reader")
    async with bot_process(tmp_path, entry=entry) as process:
        contact = await sent(process, "taken")
        await lives(process)
        with pytest.raises(AssertionError, match="waited 15 s"):
            await contact.expect(READ, timeout_s=15)
