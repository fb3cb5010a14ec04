"""Many tap at once while two processes on one database have a long queue: one result each.

Whichever process a tap came to, either of them answers it early, and either handles it.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.i18n import catalogue
from bot.sandbox.client import SimCall
from tests.faults.killing import count
from tests.faults.scene import Known, meet, put_people, write_before_start
from tests.support.process import BotProcess, bot_process, free_port
from tests.support.waiting import until

PEOPLE = [Known(100 + number, f"志愿者{number}", (Role.volunteer,)) for number in range(16)]
PLACE = "一号岗亭"
OFFICE = Known(10, "文明办", (Role.coordinator,))
EARLY = catalogue("zh_CN").text("early.being_done")
PENDING = "SELECT count(*) FROM inbox WHERE state = 'pending'"
NOTED = "SELECT count(*) FROM inbox WHERE early = 'answered'"
WAITS = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"

pytestmark = [pytest.mark.fault, pytest.mark.postgres, pytest.mark.timeout(240)]


@dataclass(frozen=True)
class Seen:
    """What came of the taps: early answers by query, results by chat, places by what happened."""

    early: Counter[str]
    answers: Counter[str]
    results: Counter[int]
    placed: int


@pytest.mark.parametrize("brought", [False, True], ids=["polling", "webhook"])
async def test_each_tap_gets_one_result_and_one_early_answer(
    tmp_path: Path, postgres_url: str, *, brought: bool
) -> None:
    seen = await _trial(tmp_path, postgres_url, "holds", brought=brought)
    assert set(seen.early.values()) == {1}
    assert len(seen.early) == len(PEOPLE), "the early answers came while nothing was handled"
    assert seen.answers == seen.early, "no tap was answered a second time"
    assert seen.results == Counter(one.id for one in PEOPLE)
    assert seen.placed == len(PEOPLE)


async def test_without_the_claim_taps_are_answered_twice(tmp_path: Path, postgres_url: str) -> None:
    """The control: nobody notes what is answered early, so it is answered again."""
    seen = await _trial(tmp_path, postgres_url, "holds_unclaimed", brought=False)
    assert max(seen.early.values()) > 1
    assert seen.placed == len(PEOPLE), "what was tapped is done once all the same"


async def _trial(folder: Path, url: str, entry: str, *, brought: bool) -> Seen:
    """Let everybody tap while nothing is handled, then let it be handled; return what came."""
    port = free_port()
    webhook = {"url": f"http://127.0.0.1:{port}/telegram", "listen": f"127.0.0.1:{port}"}
    async with bot_process(
        folder,
        entry=("-m", f"tests.faults.entries.{entry}"),
        database_url=url,
        webhook=webhook if brought else None,
        rush={"answer_after_seconds": 1},
    ) as base:
        hold = folder / "hold"
        _put_scene(base)
        first = base.another(HOLD=str(hold))
        second = base.another(HOLD=str(hold), BOT_LISTEN=f"127.0.0.1:{free_port()}")
        await asyncio.gather(first.start(), second.start())
        people = [await meet(base, known) for known in PEOPLE]
        await asyncio.gather(*(person.say("/posts") for person in people))
        await asyncio.gather(*(person.expect(PLACE, timeout_s=60) for person in people))
        hold.touch()
        after = await base.sim.last_call()
        await asyncio.gather(*(person.press(data="po.s:1", wait_ms=0) for person in people))
        await until(lambda: _answered_early(base, after))
        hold.unlink()
        await until(lambda: _settled(base))
        return await _seen(base, after)


def _put_scene(process: BotProcess) -> None:
    put_people(process, [OFFICE, *PEOPLE])
    write_before_start(process, _publish)


def _publish(work: Work) -> None:
    office = find_actor(work, OFFICE.id)
    assert office is not None
    start = work.now + timedelta(days=1)
    post = NewPost("shichang", PLACE, start, start + timedelta(hours=2), capacity=len(PEOPLE))
    publish(work, actor=office, post=post)


async def _answered_early(process: BotProcess, after: int) -> bool:
    """Tell whether every tap was answered early, and that noted, or one of them twice."""
    found = _by_query(await _answers(process, after), early=True)
    noted = count(process, NOTED) == len(PEOPLE)
    return len(found) == len(PEOPLE) and (noted or max(found.values()) > 1)


async def _settled(process: BotProcess) -> bool:
    return not count(process, PENDING) and not count(process, WAITS)


async def _answers(process: BotProcess, after: int) -> list[SimCall]:
    found = await process.sim.calls(after, method="answerCallbackQuery")
    return [call for call in found if call.ok]


def _by_query(calls: list[SimCall], *, early: bool) -> Counter[str]:
    return Counter(
        str(call.params["callback_query_id"])
        for call in calls
        if not early or call.params.get("text") == EARLY
    )


async def _seen(process: BotProcess, after: int) -> Seen:
    calls = await _answers(process, after)
    shown = [
        call
        for call in await process.sim.calls(after)
        if call.ok and "报上了" in str(call.params.get("text"))
    ]
    return Seen(
        early=_by_query(calls, early=True),
        answers=_by_query(calls, early=False),
        results=Counter(int(call.params["chat_id"]) for call in shown),
        placed=count(process, "SELECT count(*) FROM signup WHERE state = 'confirmed'"),
    )
