"""The bot is killed at every step of a month: no word is lost, and it is filed once (REP-02)."""

from pathlib import Path

import pytest

from bot.core.roles import Role
from tests.faults.hand import Hand
from tests.faults.killing import look
from tests.faults.reporting import Answer
from tests.faults.scene import Known, meet, put_people
from tests.support.process import bot_process

CONTACT = Known(2, "联络员甲", (Role.contact,), ("kexie",))
LONG, REST = "一" * 4096, "完。"
RECEIPT = "已收到6月创建宣传信息"

pytestmark = pytest.mark.timeout(240)

STEPS = [
    Answer("open", lambda hand: hand.person.say("/month"), "6月创建宣传信息 · 区科协"),
    Answer("write", lambda hand: hand.person.press("补写一段"), "写哪一部分"),
    Answer("section", lambda hand: hand.person.press("城区变化"), "请发一段文字"),
    Answer("first piece", lambda hand: hand.person.say(LONG), "收下 4,096 字"),
    Answer("last piece", lambda hand: hand.person.say(REST), "已写进“城区变化”"),
    Answer("submit", lambda hand: hand.person.press("提交"), RECEIPT),
]


@pytest.mark.parametrize("under_way", [False, True])
async def test_a_month_goes_on_at_its_step_after_a_kill_at_every_one(
    tmp_path: Path, under_way: bool
) -> None:
    """The kill comes after each answer, or while it is on its way."""
    async with bot_process(tmp_path) as process:
        put_people(process, [CONTACT])
        hand = Hand(await meet(process, CONTACT), patience_s=20)
        await process.start()
        for step in STEPS:
            await step.act(hand)
            if not under_way:
                await hand.await_(step.wanted)
            await process.restart()
            if under_way:
                await hand.await_(step.wanted)
        filed = look(process, "SELECT version, state FROM submission")
        assert [tuple(row) for row in filed] == [(1, "submitted")]
        assert [tuple(row) for row in look(process, "SELECT section, own FROM month_section")] == [
            ("F3", LONG + REST)
        ]
