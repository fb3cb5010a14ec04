"""Race T7 of peers.md: one tap that is delivered twice, through the front door."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received, Waiting, receive
from bot.features.outbox.models import OutboxRow
from bot.features.posts.models import Signup
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
    """Deliver one tap twice: one row, one reply."""
    post = await Posts(bot, await bot.coordinator()).publish(capacity=1)
    person = await bot.volunteer()
    await open_day(person)
    before = await bot.sim.last_call()
    await bot.sim.fault("getUpdates", kind="duplicate")
    await person.press("报①")
    # What a chat sends is handled in order: with this answer the second copy is settled as well.
    await person.say("/mine")
    await person.expect("我的排班")
    copies = Counter(
        update["update_id"]
        for call in await bot.sim.calls(before, method="getUpdates")
        for update in call.result
    )
    assert max(copies.values()) == 2, "the tap was delivered twice"
    rows, replies = await bot.read(
        lambda view: (
            view.session.scalars(select(Signup.id).where(Signup.post_id == post)).all(),
            [
                row.id
                for row in view.session.scalars(select(OutboxRow))
                if "报上了" in row.payload["html"]
            ],
        )
    )
    return [f"{len(found)} of one" for found in (rows, replies) if len(found) != 1]


@pytest.mark.parametrize("url", DATABASES, indirect=True)
async def test_t7_one_tap_delivered_twice_counts_once(start_bot: StartBot, url: str | None) -> None:
    assert await t7(await start_bot(database_url=url)) == []


@pytest.mark.parametrize("url", DATABASES, indirect=True)
async def test_t7_fails_when_the_inbox_forgets_numbers(
    start_bot: StartBot, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_numbers(monkeypatch)
    assert await t7(await start_bot(database_url=url))


def forget_numbers(patch: pytest.MonkeyPatch) -> None:
    """Let the inbox know no update again."""
    numbers = count(10_000)

    def forgetful(work: Work, *, bot_id: int, updates: Sequence[Received]) -> list[Waiting]:
        anew = [replace(update, update_id=next(numbers)) for update in updates]
        return receive(work, bot_id=bot_id, updates=anew)

    patch.setattr(inbox, "receive", forgetful)
