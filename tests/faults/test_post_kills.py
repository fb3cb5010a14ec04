"""Race T8 of peers.md: killed between the commit and the message, in a sign-up, a leave, a yes.

Nothing was on its way at the kill: so each row is there once, and each message comes once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.posts.service import NewPost, publish
from tests.faults.entries.dies_between import CLAIMING, SENDING
from tests.faults.hand import Hand
from tests.faults.killing import accepted, count, look, until
from tests.faults.scene import Known, meet, put_people, write_before_start
from tests.handlers.posts.scene import SATURDAY
from tests.support.process import BotProcess, bot_process

OFFICE = Known(1, "文明办小李", (Role.coordinator,))
HOLDS = Known(2, "甲", (Role.volunteer,))
WAITS = Known(3, "乙", (Role.volunteer,))
ENTRY = ("-m", "tests.faults.entries.dies_between")
NOTED = ("-m", "tests.faults.entries.dies_having_noted")

pytestmark = pytest.mark.timeout(240)


@dataclass
class Trial:
    """A bot that can be told to die, with one post for one person, and two people."""

    process: BotProcess
    holds: Hand
    waits: Hand
    point: str

    async def killed_at(self, act: Callable[[], Awaitable[object]]) -> None:
        """Let the bot die of what `act` sets off, and start it again."""
        order = self.process.folder / "data" / "die"
        order.write_text(self.point, encoding="utf-8")
        await act()
        await self.process.ended()
        order.unlink()
        await self.process.start()


@asynccontextmanager
async def trial_of(
    folder: Path,
    point: str,
    *,
    entry: tuple[str, ...] = ENTRY,
    patience_s: float = 40,
    database_url: str = "",
) -> AsyncIterator[Trial]:
    """Yield a trial whose bot runs; an answer is waited for so long."""
    async with bot_process(folder, entry=entry, database_url=database_url) as process:
        put_people(process, [OFFICE, HOLDS, WAITS])
        write_before_start(process, _publish)
        holds = Hand(await meet(process, HOLDS), patience_s)
        waits = Hand(await meet(process, WAITS), patience_s)
        await process.start()
        yield Trial(process, holds, waits, point)


def _publish(work: Work) -> None:
    office = find_actor(work, OFFICE.id)
    assert office is not None
    end = SATURDAY + timedelta(hours=1)
    publish(work, actor=office, post=NewPost("lukou-yindao", "楚街路口", SATURDAY, end, 1))
    work.facts.clear()


async def sign_up(trial: Trial) -> None:
    """Let the first have the place, with a kill."""
    await trial.holds.say("/posts", "宣传点")
    await trial.killed_at(lambda: trial.holds.person.press("报①", wait_ms=0))
    await trial.holds.await_("报上了")


async def give_on(trial: Trial) -> None:
    """Let the first leave, with a kill, so that the second is asked."""
    await trial.waits.say("/posts", "宣传点")
    await trial.waits.person.press("候补①", wait_ms=0)
    await trial.waits.await_("候补第")
    await trial.killed_at(lambda: trial.holds.person.press("取消报名", wait_ms=0))
    await trial.waits.await_("有名额了")


async def take(trial: Trial) -> None:
    """Let the second take what is offered, with a kill."""
    await trial.killed_at(lambda: trial.waits.person.press("要这个岗", wait_ms=0))
    await trial.waits.await_("报上了")


@pytest.mark.parametrize("point", [CLAIMING, SENDING])
async def test_t8_a_kill_between_commit_and_send_loses_and_repeats_nothing(
    tmp_path: Path, any_url: str, point: str
) -> None:
    async with trial_of(tmp_path, point, database_url=any_url) as trial:
        for step in (sign_up, give_on, take):
            await step(trial)
        await until(lambda: _is_quiet(trial.process))
        found = look(trial.process, "SELECT state, number FROM signup ORDER BY number")
        assert found == [("left", 1), ("confirmed", 2)]
        assert await _times(trial, HOLDS, "报上了") == 1
        assert await _times(trial, HOLDS, "已取消") == 1
        assert await _times(trial, WAITS, "有名额了") == 1
        assert await _times(trial, WAITS, "报上了") == 1


async def test_t8_a_message_that_is_noted_before_it_is_sent_is_lost(
    tmp_path: Path, any_url: str
) -> None:
    async with trial_of(
        tmp_path, SENDING, entry=NOTED, patience_s=8, database_url=any_url
    ) as trial:
        with pytest.raises(AssertionError, match="waited 8 s"):
            await sign_up(trial)
        assert count(trial.process, "SELECT count(*) FROM signup") == 1


async def _times(trial: Trial, whom: Known, text: str) -> int:
    """Return how many calls that Telegram carried out brought somebody `text`."""
    calls = await accepted(trial.process, "sendMessage", "editMessageText")
    return sum(
        int(call.params["chat_id"]) == whom.id and text in call.params["text"] for call in calls
    )


def _is_quiet(process: BotProcess) -> bool:
    return (
        look(
            process,
            "SELECT 1 FROM inbox WHERE state = 'pending'"
            " UNION ALL SELECT 1 FROM outbox WHERE state IN ('held', 'pending', 'sending')",
        )
        == []
    )
