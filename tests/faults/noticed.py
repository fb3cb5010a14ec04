"""A notice under trial: who reads it, how it is confirmed, and what came of it.

The promises of the design (section 4) as numbers: nobody is left out, only what was on its way at
a fault comes twice, the report tells what the rows say, and the notice comes to its end.
"""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import View
from bot.features.notices.models import Notice, NoticeState
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.sandbox import Sandbox
from bot.sandbox.client import SimCall, SimClient, SimPerson
from tests.faults.scene import Known, add_people, meet
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.config import ONE_PERSON_SENDS, make_config

WORDS = "明天上午九点请到宣传点集合"
IN_FLIGHT = 8
LIMITS = {**UNLIMITED, "in_flight": IN_FLIGHT}
AUTHOR = Known(1, "文明办小李", (Role.coordinator,))
PATIENCE_S = 300.0
FIRST_ID = 1000


@dataclass(frozen=True)
class Found:
    """What came of a notice: `broke` names the promises that were not kept.

    `longest_pause_s` is the longest time (real seconds) in which nobody got it while it went out.
    """

    people: int
    lost: int
    repeated: int
    longest_pause_s: float
    broke: Sequence[str]
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """What the database says: the notice's state, and its messages by state and by attempts."""

    state: NoticeState
    states: Counter[State]
    attempts: Counter[int]


def readers(count: int) -> list[Known]:
    """Return so many people who are to get the notice."""
    return [Known(FIRST_ID + n, f"志愿者{n}", (Role.volunteer,)) for n in range(count)]


@asynccontextmanager
async def known_to(
    folder: Path, people: Sequence[Known], *, database_url: str | None = None
) -> AsyncIterator[tuple[RunningBot, SimPerson]]:
    """Yield a running bot that knows `people`, without limits, and the author of a notice."""
    config = make_config(limits=LIMITS, notices=ONE_PERSON_SENDS)
    async with running(folder, config=config, database_url=database_url) as bot:
        await bot.write(lambda work: add_people(work, [AUTHOR, *people]))
        for each in people:
            await meet(bot, each)
        yield bot, await meet(bot, AUTHOR)


async def confirm(author: SimPerson, people: int, *, once: bool = False) -> None:
    """Write the notice to all volunteers and let it go; `once`: to nobody twice."""
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
    await author.expect(f"将发给 {people:,} 人")
    await author.press("选好了")
    card = await author.expect("看看对不对")
    if once:
        await author.press("更多设置", message_id=card.id)
        await author.expect("还要加什么")
        await author.press("绝不重发", message_id=card.id)
        await author.expect(lambda message: "✓ 绝不重发" in message.button_texts)
        await author.press("选好了", message_id=card.id)
        card = await author.expect("绝不重发：")
    await author.press("确认发送", message_id=card.id)
    await author.expect("已确认")


def received(sandbox: Sandbox, people: Sequence[Known]) -> Counter[int]:
    """Return how many times the notice stands in each chat that has it."""
    chats = sandbox.world.chats
    found = Counter(
        {
            each.id: sum(
                entry.by_bot and WORDS in str(entry.message.get("text", ""))
                for entry in chats[each.id].entries.values()
            )
            for each in people
        }
    )
    return +found


async def sends(sim: SimClient) -> list[SimCall]:
    """Return the calls that carried the notice to a reader, or should have, oldest first."""
    found: list[SimCall] = []
    after = 0
    while page := await sim.calls(after, method="sendMessage"):
        after = page[-1].n
        found += page
    return [
        call
        for call in found
        if WORDS in str(call.params.get("text")) and int(call.params["chat_id"]) >= FIRST_ID
    ]


def longest_pause_s(calls: Sequence[SimCall]) -> float:
    """Return the longest time between two messages of the notice that Telegram took."""
    taken = sorted(call.at for call in calls if call.ok)
    return max((later - earlier for earlier, later in pairwise(taken)), default=0.0)


def rows_of(view: View) -> Rows:
    """Return what the database says of the only notice."""
    notice = view.session.scalars(select(Notice)).one()
    rows = view.session.execute(
        select(OutboxRow.state, OutboxRow.attempts).where(
            OutboxRow.topic == f"notice:{notice.id}", OutboxRow.kind == Kind.send
        )
    ).all()
    return Rows(
        notice.state,
        Counter(state for state, _ in rows),
        Counter(attempts for _, attempts in rows),
    )


def left_out(had: Counter[int], people: Sequence[Known]) -> int:
    """Return how many never got the notice."""
    return sum(had[each.id] == 0 for each in people)


def repeats(had: Counter[int]) -> int:
    """Return how many messages came once more than they should."""
    return sum(had.values()) - len(had)


def broken(**kept: bool) -> tuple[str, ...]:
    """Return the names of the promises that were not kept."""
    return tuple(name for name, holds in kept.items() if not holds)
