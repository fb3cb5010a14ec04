"""Race T7 of peers.md: taps that are delivered twice, through the front door."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import func, select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received, Waiting, receive
from bot.features.outbox.models import OutboxRow
from bot.features.posts.models import LineEntry, Signup, SignupState
from bot.sandbox.client import SimPerson
from tests.handlers.posts.scene import Posts, open_day
from tests.support.bot import RunningBot

StartBot = Callable[..., Awaitable[RunningBot]]
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the address of the database to run a bot on; None is SQLite in its own folder."""
    if request.param == "sqlite":
        return None
    found: str = request.getfixturevalue("postgres_url")
    return found


async def t7(bot: RunningBot) -> list[str]:
    """Deliver each of three taps twice: each time one row, one reply.

    Somebody signs up, leaves again, and whoever waits takes what is offered to them.
    """
    await Posts(bot, await bot.coordinator()).publish(capacity=1)
    holds, waits = await bot.volunteer("甲"), await bot.volunteer("乙")
    await open_day(holds)
    found = await twice(bot, holds, "报①")
    await open_day(waits)
    await waits.press("候补①")
    await waits.expect("候补第")
    found += await twice(bot, holds, "取消报名")
    await waits.expect("有名额了")
    # That the offer has ended is what the answer says already: the message is changed once.
    found += await twice(bot, waits, "要这个岗")
    rows, steps = await bot.read(
        lambda view: (
            [one.state for one in view.session.scalars(select(Signup).order_by(Signup.number))],
            Counter(view.session.scalars(select(LineEntry.step))),
        )
    )
    if rows != [SignupState.left, SignupState.confirmed]:
        found.append(f"rows: {rows}")
    if set(steps.values()) != {1}:
        found.append(f"steps: {steps}")
    return found


async def twice(bot: RunningBot, person: SimPerson, button: str) -> list[str]:
    """Let a tap be delivered twice; return what is wrong with the replies."""
    before, sent = await bot.sim.last_call(), await replies(bot, person)
    await bot.sim.fault("getUpdates", kind="duplicate")
    await person.press(button)
    # What a chat sends is handled in order: with this answer the second copy is settled as well.
    await person.say("/mine")
    await person.expect("我的排班")
    copies = Counter(
        update["update_id"]
        for call in await bot.sim.calls(before, method="getUpdates")
        for update in call.result
    )
    assert max(copies.values()) == 2, "the tap was delivered twice"
    times = await replies(bot, person) - sent - 1
    return [] if times == 1 else [f"{button} was answered {times} times"]


async def replies(bot: RunningBot, person: SimPerson) -> int:
    """Return how many messages and changes of messages there are for a person."""
    whose = await bot.person_id(person)
    wanted = select(func.count()).select_from(OutboxRow).where(OutboxRow.person_id == whose)
    return await bot.read(lambda view: view.session.scalars(wanted).one())


@pytest.mark.parametrize("url", DATABASES, indirect=True)
async def test_t7_a_tap_delivered_twice_counts_once(start_bot: StartBot, url: str | None) -> None:
    assert await t7(await start_bot(database_url=url)) == []


@pytest.mark.parametrize("url", DATABASES, indirect=True)
async def test_t7_fails_when_the_inbox_forgets_numbers(
    start_bot: StartBot, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_numbers(monkeypatch)
    found = await t7(await start_bot(database_url=url))
    # To leave twice is refused by the rules, with a word on the button and no message.
    assert {one.split()[0] for one in found} >= {"报①", "要这个岗"}


def forget_numbers(patch: pytest.MonkeyPatch) -> None:
    """Let the inbox know no update again."""
    numbers = count(10_000)

    def forgetful(work: Work, *, bot_id: int, updates: Sequence[Received]) -> list[Waiting]:
        anew = [replace(update, update_id=next(numbers)) for update in updates]
        return receive(work, bot_id=bot_id, updates=anew)

    patch.setattr(inbox, "receive", forgetful)
