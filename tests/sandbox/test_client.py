"""The test client itself: what it matches, what it says when nothing matches."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Sandbox, client, client_person
from bot.sandbox.client import SimClient, SimPerson


async def test_expectations_follow_each_other(bot: Bot, anna: SimPerson) -> None:
    for text in ("one", "two", "three"):
        await bot.send_message(anna.id, text)
    assert (await anna.expect("two")).text == "two"
    assert (await anna.expect()).text == "three"


async def test_an_expectation_may_be_a_test(bot: Bot, anna: SimPerson) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.send_message(anna.id, "plain")
    await bot.send_message(anna.id, "card", reply_markup=markup)
    card = await anna.expect(lambda message: message.button_texts == ["Go"])
    assert card.text == "card"
    assert card.button("Go").data == "go"
    with pytest.raises(AssertionError, match="no button 'Stop' among \\['Go'\\]"):
        card.button("Stop")


async def test_own_messages_are_no_answer(anna: SimPerson) -> None:
    await anna.say("report")
    with pytest.raises(AssertionError, match="nothing"):
        await anna.expect("report", timeout_s=0.01)


async def test_a_missed_expectation_lists_what_came(bot: Bot, anna: SimPerson) -> None:
    await bot.send_message(anna.id, "something else")
    with pytest.raises(AssertionError) as missed:
        await anna.expect("the report", timeout_s=0.01)
    assert "Anna waited 0.01 s for 'the report'" in str(missed.value)
    assert "bot: 'something else'" in str(missed.value)


async def test_an_expectation_waits(bot: Bot, anna: SimPerson) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(anna.expect("later"))
        await bot.send_message(anna.id, "later")
    assert waiting.result().text == "later"


async def test_a_wait_outlasts_its_requests(
    bot: Bot, sandbox: Sandbox, anna: SimPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_TIMEOUT_S", 0.5)
    for where in (client, client_person):
        monkeypatch.setattr(where, "LONGEST_WAIT_MS", 100)
    async with SimClient(sandbox.url) as sim, asyncio.TaskGroup() as group:
        patient, after = await sim.person(anna.id, "Anna"), await sim.last_call()
        waiting = group.create_task(patient.expect("later", timeout_s=20))
        called = group.create_task(sim.expect_call("sendMessage", after=after, timeout_s=20))
        await asyncio.sleep(1)
        await bot.send_message(anna.id, "later")
        assert ((await waiting).text, (await called).ok) == ("later", True)


async def test_what_was_skipped_is_not_expected(bot: Bot, anna: SimPerson) -> None:
    await bot.send_message(anna.id, "old")
    await anna.skip()
    await anna.expect_nothing(within_s=0.01)
    await bot.send_message(anna.id, "new")
    assert (await anna.expect()).text == "new"
    await bot.send_message(anna.id, "more")
    with pytest.raises(AssertionError, match="expected silence"):
        await anna.expect_nothing(within_s=0.01)


async def test_a_silent_bot_has_no_last_message(anna: SimPerson) -> None:
    with pytest.raises(AssertionError, match="said nothing"):
        await anna.last()


async def test_a_call_can_be_waited_for(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    after = await sim.last_call()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(
            sim.expect_call("sendMessage", after=after, chat_id=anna.id, text="two")
        )
        await bot.send_message(anna.id, "one")
        await bot.send_message(anna.id, "two")
    assert waiting.result().ok
    with pytest.raises(AssertionError, match="sendMessage"):
        await sim.expect_call("sendPhoto", after=after, timeout_s=0.01)
