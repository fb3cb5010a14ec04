"""getUpdates: order, confirmation, waiting, and one poller at a time."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.sandbox.client import SimClient, SimPerson
from bot.sandbox.updates import UpdateQueue
from tests.sandbox.plain import Plain

OTHER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
    "is running"
)


async def test_updates_come_in_order_until_they_are_confirmed(bot: Bot, anna: SimPerson) -> None:
    for text in ("one", "two"):
        await anna.say(text)
    updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == [
        "/start",
        "one",
        "two",
    ]
    assert [update.update_id - updates[0].update_id for update in updates] == [0, 1, 2]
    assert await bot.get_updates() == updates
    assert await bot.get_updates(offset=updates[1].update_id) == updates[1:]
    assert await bot.get_updates(offset=updates[2].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_batch_is_as_large_as_asked(bot: Bot, anna: SimPerson) -> None:
    for number in range(120):
        await anna.say(str(number))
    assert len(await bot.get_updates(limit=7)) == 7
    assert len(await bot.get_updates()) == 100


async def test_a_negative_offset_keeps_only_the_last_updates(bot: Bot, anna: SimPerson) -> None:
    for number in range(5):
        await anna.say(str(number))
    updates = await bot.get_updates(offset=-2)
    assert [update.message.text for update in updates if update.message] == ["3", "4"]
    assert await bot.get_updates() == updates


async def test_a_long_poll_returns_when_something_happens(http: Plain, anna: SimPerson) -> None:
    updates = (await http("getUpdates")).result
    offset = updates[-1]["update_id"] + 1
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(http("getUpdates", offset=offset, timeout=30))
        await asyncio.sleep(0)
        await anna.say("wake up")
    assert poll.result().result[0]["message"]["text"] == "wake up"


async def test_a_long_poll_without_news_returns_empty(http: Plain) -> None:
    assert (await http("getUpdates", timeout=0.01)).result == []


async def test_a_second_poller_terminates_the_first_in_telegrams_words() -> None:
    queue = UpdateQueue()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(_outcome(queue))
        await asyncio.sleep(0)
        second = group.create_task(_outcome(queue))
        await asyncio.sleep(0)
        queue.push("message", {"text": "for the second"})
    assert first.result() == OTHER
    assert "for the second" in second.result()


async def _outcome(queue: UpdateQueue) -> str:
    try:
        return "".join(await queue.poll(offset=0, limit=100, timeout_s=10))
    except Exception as refused:  # noqa: BLE001  # the test compares its words
        return str(refused)


async def test_the_terminated_poller_gets_409(sim: SimClient, bot: Bot, http: Plain) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(_polled(bot))
        while True:
            # The first poller may still be on its way, so the second one tries again.
            await http("getUpdates", timeout=0)
            if first.done():
                break
    assert first.result() == OTHER
    assert any(call.status == 409 for call in await sim.calls(method="getUpdates"))


async def _polled(bot: Bot) -> str:
    try:
        await bot.get_updates(timeout=30)
    except Conflict as conflict:
        return conflict.message
    return "not terminated"


async def test_updates_of_other_kinds_are_kept_away(http: Plain, anna: SimPerson) -> None:
    await http("getUpdates", offset=-1, allowed_updates=["callback_query"])
    await anna.say("not heard")
    assert len((await http("getUpdates")).result) == 1
    await http("getUpdates", allowed_updates=[])
    await anna.say("heard")
    assert (await http("getUpdates")).result[-1]["message"]["text"] == "heard"


@pytest.mark.parametrize("kinds", ["message", '["gossip"]', "[1]"])
async def test_unknown_kinds_of_updates_are_refused(http: Plain, kinds: str) -> None:
    assert (await http("getUpdates", allowed_updates=kinds)).status == 400


async def test_raw_updates_go_through_untouched(sim: SimClient, http: Plain) -> None:
    made = await sim.raw({"message": {"text": "lone \ud800", "odd": [None, 1.5]}})
    given = await sim.raw({"update_id": 5, "poll": "nonsense"})
    assert given == 5
    first, second = (await http("getUpdates")).result
    assert first == {
        "update_id": made,
        "message": {"text": "lone \ud800", "odd": [None, 1.5]},
    }
    assert second == {"update_id": 5, "poll": "nonsense"}


@pytest.mark.filterwarnings("ignore:Please use 'Bot.getUpdates'")
async def test_updates_can_be_fetched_raw_through_python_telegram_bot(
    bot: Bot, anna: SimPerson
) -> None:
    (update,) = await bot.do_api_request(
        "getUpdates", api_kwargs={"offset": 0, "timeout": 1, "allowed_updates": ["message"]}
    )
    assert update["message"]["text"] == "/start"
