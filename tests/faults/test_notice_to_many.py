"""A notice to a thousand chats while the bot is killed five times: nobody is left out.

The Bot API knows no idempotency key, so what was on its way at a kill goes again: that is the
only reason for a message that comes twice, and the trial counts both sides of it.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.faults.killing import Killer, count, points_of, until
from tests.faults.scene import Known, meet, put_people
from tests.support.bot import UNLIMITED
from tests.support.process import BotProcess, bot_process

PEOPLE = 1000
KILLS = 5
IN_FLIGHT = 8
WORDS = "明天上午九点请到宣传点集合"
AUTHOR = Known(1, "文明办小李", (Role.coordinator,))
READERS = [Known(1000 + n, f"志愿者{n}", (Role.volunteer,)) for n in range(PEOPLE)]

pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True)
class Account:
    """What came of the notice: how often each chat got it, and what the kills interrupted."""

    received: Counter[int]
    in_flight: int
    most_in_flight: int
    kills: int
    report: str

    @property
    def left_out(self) -> list[int]:
        """The chats that never got it."""
        return [each.id for each in READERS if self.received[each.id] == 0]

    @property
    def repeats(self) -> int:
        """How many messages came once more than they should."""
        return sum(self.received.values()) - len(self.received)

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept."""
        return not self.left_out and self.repeats <= self.in_flight


@pytest.mark.parametrize("seed", [1])
async def test_every_chat_gets_the_notice_and_only_what_was_in_flight_comes_twice(
    tmp_path: Path, seed: int
) -> None:
    account = await t8(tmp_path, seed, kills=KILLS)
    assert account.kills == KILLS
    assert account.left_out == []
    assert account.repeats <= account.in_flight
    assert account.most_in_flight <= IN_FLIGHT
    assert f"已送达 {PEOPLE:,}" in account.report
    print(f"in flight at the kills {account.in_flight}, repeated {account.repeats}")


async def test_progress_in_memory_without_dedupe_keys_repeats_the_notice(tmp_path: Path) -> None:
    account = await t8(tmp_path, 1, kills=2, entry=("-m", "tests.faults.entries.forgetful_notice"))
    assert not account.is_kept
    assert account.repeats > account.in_flight


async def test_noting_a_message_as_sent_before_it_is_sent_leaves_chats_out(tmp_path: Path) -> None:
    account = await t8(
        tmp_path, 1, kills=2, entry=("-m", "tests.faults.entries.sent_before_sending")
    )
    assert not account.is_kept
    assert account.left_out


async def t8(
    folder: Path, seed: int, *, kills: int, entry: tuple[str, ...] = ("-m", "bot")
) -> Account:
    """Let a notice go out while the process is killed between commits and sends (T8)."""
    limits = {**UNLIMITED, "in_flight": IN_FLIGHT}
    async with bot_process(folder, entry=entry, limits=limits) as process:
        put_people(process, [AUTHOR, *READERS])
        author = await meet(process, AUTHOR)
        for reader in READERS:
            await meet(process, reader)
        await process.start()
        await _confirm_notice(author)
        # A message takes a while, as it does in the world: otherwise nothing is ever on its way.
        await process.sim.fault("sendMessage", kind="latency", ms=20, times=None)
        killer = Killer(process, seed)
        points = points_of(seed, kills=kills, of=PEOPLE)
        await killer.kill_at(lambda: sum(_received(process).values()), points)
        await until(lambda: _is_over(process))
        report = await author.expect("发送完毕", timeout_s=20)
        return Account(
            _received(process),
            killer.in_flight,
            max(wreck.sending for wreck in killer.wrecks),
            len(killer.wrecks),
            report.text,
        )


async def _confirm_notice(author: SimPerson) -> None:
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say(WORDS)
    audience = await author.expect("发给谁")
    [volunteers] = [
        button.data
        for row in audience.buttons
        for button in row
        if button.data and button.data.endswith(f":r.{Role.volunteer}")
    ]
    await author.press(data=volunteers)
    await author.expect(f"将发给 {PEOPLE:,} 人")
    await author.press("选好了")
    await author.expect("看看对不对")
    await author.press("确认发送")
    await author.expect("已确认")


def _received(process: BotProcess) -> Counter[int]:
    """Return how many times the notice stands in each chat that has it."""
    chats = process.sandbox.world.chats
    found = Counter(
        {
            reader.id: sum(
                entry.by_bot and WORDS in str(entry.message.get("text", ""))
                for entry in chats[reader.id].entries.values()
            )
            for reader in READERS
        }
    )
    return +found


def _is_over(process: BotProcess) -> bool:
    return count(process, "SELECT count(*) FROM notice WHERE state = 'sent'") == 1
