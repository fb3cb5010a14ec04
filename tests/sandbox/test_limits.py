"""Telegram's pace: 30 a second, a chat once a second, a group 20 a minute."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.sandbox import Sandbox, Settings
from bot.sandbox.answers import Refused
from bot.sandbox.client import SimClient, SimPerson, SimRefused
from bot.sandbox.limits import Limits
from tests.sandbox.images import png
from tests.sandbox.plain import Plain


@pytest.fixture
def limits() -> Limits:
    return Limits(Settings())


def accepted(limits: Limits, chat_id: int, moments: list[float], cost: int = 1) -> list[bool]:
    """Return which of the sends at these monotonic seconds are accepted."""
    outcomes = []
    for now in moments:
        try:
            limits.spend(chat_id, cost=cost, now=now)
            outcomes.append(True)
        except Refused:
            outcomes.append(False)
    return outcomes


def retry_after(limits: Limits, chat_id: int, now: float) -> int:
    with pytest.raises(Refused) as refused:
        limits.spend(chat_id, cost=1, now=now)
    assert refused.value.code == 429
    seconds = refused.value.parameters["retry_after"]
    assert refused.value.description == f"Too Many Requests: retry after {seconds}"
    return seconds


def test_a_chat_takes_a_burst_of_five_and_then_one_a_second(limits: Limits) -> None:
    assert accepted(limits, 11, [100.0] * 6) == [True] * 5 + [False]
    limits.change(Settings())
    steady = [100.0] * 5 + [100.0 + second for second in range(1, 30)]
    assert all(accepted(limits, 11, steady))


def test_a_chat_that_was_refused_waits_until_the_pause_is_over(limits: Limits) -> None:
    accepted(limits, 11, [100.0] * 5)
    assert retry_after(limits, 11, 100.0) == 1
    assert retry_after(limits, 11, 100.9) == 1
    assert accepted(limits, 11, [101.0]) == [True]


def test_other_chats_do_not_wait_for_a_refused_one(limits: Limits) -> None:
    accepted(limits, 11, [100.0] * 6)
    assert accepted(limits, 12, [100.0]) == [True]


def test_never_more_than_thirty_in_any_second(limits: Limits) -> None:
    sends = [100.0 + number / 100 for number in range(30)]
    assert all(accepted(limits, chat, [now])[0] for chat, now in enumerate(sends, start=1))
    assert retry_after(limits, 99, 100.999) == 1


def test_thirty_a_second_may_go_on_for_ever(limits: Limits) -> None:
    sends = [100.0 + number / 29.9 for number in range(300)]
    assert all(accepted(limits, chat, [now])[0] for chat, now in enumerate(sends, start=1))


def test_a_group_takes_twenty_a_minute(limits: Limits) -> None:
    assert all(accepted(limits, -5, [100.0 + second for second in range(20)]))
    assert retry_after(limits, -5, 121.0) == 39
    assert accepted(limits, -5, [161.0]) == [True]


def test_an_album_costs_its_items(limits: Limits) -> None:
    assert accepted(limits, 11, [100.0], cost=10) == [True]
    assert accepted(limits, 11, [104.0]) == [False]
    assert accepted(limits, 11, [106.0]) == [True]
    limits.change(Settings())
    assert all(accepted(limits, chat, [100.0], cost=10)[0] for chat in (1, 2, 3))
    assert accepted(limits, 4, [100.0]) == [False]


def test_lifted_limits_refuse_nothing() -> None:
    assert all(accepted(Limits(Settings(enabled=False)), 11, [100.0] * 1000))


async def test_python_telegram_bot_is_told_how_long_to_wait(
    sandbox: Sandbox, bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await sim.limits(enabled=True, chat_per_second=0.01, chat_burst=1)
    sent = await bot.send_message(anna.id, "one")
    with pytest.raises(RetryAfter) as again:
        await bot.edit_message_text("two", anna.id, sent.message_id)
    assert again.value.retry_after in {timedelta(seconds=99), timedelta(seconds=100)}


async def test_edits_and_albums_count_but_deleting_answering_and_typing_do_not(
    http: Plain, sim: SimClient, bot: Bot, anna: SimPerson
) -> None:
    photo = (await bot.send_photo(anna.id, png())).photo[-1].file_id
    await sim.limits(enabled=True, chat_per_second=0.001, chat_burst=3)
    sent = await bot.send_message(anna.id, "one")
    for _ in range(10):
        await bot.send_chat_action(anna.id, "typing")
    await bot.edit_message_text("two", anna.id, sent.message_id)
    media = [{"type": "photo", "media": photo}] * 2
    assert (await http("sendMediaGroup", chat_id=anna.id, media=media)).status == 200
    assert (await http("sendMessage", chat_id=anna.id, text="x")).status == 429
    assert await bot.delete_message(anna.id, sent.message_id)


async def test_a_refused_call_costs_nothing(http: Plain, sim: SimClient, anna: SimPerson) -> None:
    await sim.limits(enabled=True, chat_per_second=0.001, chat_burst=1)
    assert (await http("sendMessage", chat_id=anna.id, text="")).status == 400
    assert (await http("sendMessage", chat_id=anna.id, text="now")).status == 200


async def test_the_limits_can_be_seen_and_must_make_sense(sim: SimClient) -> None:
    assert (await sim.limits(group_per_minute=3))["group_per_minute"] == 3
    assert (await sim.get("/sim/limits"))["overall_per_second"] == 30
    with pytest.raises(SimRefused, match="positive"):
        await sim.limits(chat_burst=0)
    with pytest.raises(SimRefused, match="unknown limits"):
        await sim.limits(speed=1)
