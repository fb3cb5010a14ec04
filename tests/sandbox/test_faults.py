"""Trouble on order: each kind does what it says, as often as it says."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientError, ClientTimeout
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.sandbox.client import SimClient, SimPerson, SimRefused
from tests.sandbox.plain import Plain


async def texts(person: SimPerson) -> list[str]:
    return [message.text for message in await person.messages() if message.from_bot]


async def test_a_status_is_answered_and_nothing_is_done(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("sendMessage", status=502, times=2)
    for _ in range(2):
        answer = await http("sendMessage", chat_id=anna.id, text="lost")
        assert answer.refusal == (502, "Bad Gateway")
    assert (await http("sendMessage", chat_id=anna.id, text="here")).status == 200
    assert await texts(anna) == ["here"]


async def test_too_many_requests_come_with_a_pause(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("sendMessage", status=429, retry_after_s=7)
    with pytest.raises(RetryAfter) as again:
        await bot.send_message(anna.id, "hi")
    assert again.value.retry_after == timedelta(seconds=7)


async def test_a_fault_hits_only_its_method_and_its_chat(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    other = await sim.person(12)
    await other.start()
    await sim.fault("sendMessage", status=500, chat_id=anna.id)
    assert (await http("getMe")).status == 200
    assert (await http("sendMessage", chat_id=other.id, text="hi")).status == 200
    assert (await http("sendMessage", chat_id=anna.id, text="hi")).status == 500


async def test_a_fault_can_let_some_calls_through_first(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault(status=500, skip=2)
    assert [(await http("getMe")).status for _ in range(4)] == [200, 200, 500, 200]


async def test_a_fault_without_end_ends_when_it_is_cleared(http: Plain, sim: SimClient) -> None:
    await sim.fault(status=500, times=None)
    assert [(await http("getMe")).status for _ in range(3)] == [500] * 3
    await sim.clear_faults()
    assert (await http("getMe")).status == 200


async def test_latency_delays_what_is_done(http: Plain, sim: SimClient, anna: SimPerson) -> None:
    await sim.fault("sendMessage", kind="latency", ms=30)
    assert (await http("sendMessage", chat_id=anna.id, text="late")).status == 200
    (call,) = await sim.calls(method="sendMessage")
    assert call.done_at - call.at >= 0.03
    assert call.fault == "latency"


async def test_what_is_late_goes_on_once_the_trouble_is_called_off(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("sendMessage", kind="latency", ms=3_600_000, times=None, chat_id=anna.id)
    late = asyncio.ensure_future(http("sendMessage", chat_id=anna.id, text="late"))
    assert (await http("getMe")).status == 200
    assert not late.done()
    assert await texts(anna) == []
    await sim.clear_faults()
    async with asyncio.timeout(20):
        assert (await late).status == 200
    assert await texts(anna) == ["late"]


async def test_an_answer_can_be_lost_after_the_message_went(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("sendMessage", kind="timeout_after")
    with pytest.raises(TimeoutError):
        await http.send(
            "POST",
            "sendMessage",
            json={"chat_id": anna.id, "text": "arrived"},
            timeout=ClientTimeout(total=0.2),
        )
    assert await texts(anna) == ["arrived"]


async def test_a_silent_connection_ends_after_its_time(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("sendMessage", kind="timeout_after", ms=10)
    with pytest.raises(ClientError):
        await http("sendMessage", chat_id=anna.id, text="arrived")
    assert await texts(anna) == ["arrived"]


@pytest.mark.parametrize(("kind", "arrived"), [("reset", []), ("reset_after", ["hi"])])
async def test_a_connection_can_break_before_or_after(
    bot: Bot, sim: SimClient, anna: SimPerson, kind: str, arrived: list[str]
) -> None:
    await sim.fault("sendMessage", kind=kind)
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "hi")
    assert await texts(anna) == arrived


async def test_an_answer_can_be_no_json(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    await sim.fault("sendMessage", kind="bad_json")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(anna.id, "hi")
    assert await texts(anna) == ["hi"]


async def test_updates_can_be_delivered_twice(http: Plain, sim: SimClient, anna: SimPerson) -> None:
    await sim.fault("getUpdates", kind="duplicate")
    first = (await http("getUpdates")).result
    offset = first[-1]["update_id"] + 1
    assert (await http("getUpdates", offset=offset)).result == first
    assert (await http("getUpdates", offset=offset)).result == []


async def test_updates_can_come_in_another_order(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.fault("getUpdates", kind="reorder")
    alone = (await http("getUpdates")).result
    assert len(alone) == 1  # a single update has no order: the fault waits
    for number in range(4):
        await anna.say(str(number))
    mixed = (await http("getUpdates")).result
    straight = (await http("getUpdates")).result
    assert mixed != straight
    assert sorted(mixed, key=lambda update: int(update["update_id"])) == straight


async def test_files_can_fail_too(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    await anna.document("plan.txt", b"plan")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    file = await bot.get_file(message.document.file_id)
    await sim.fault("file", status=500)
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == b"plan"


async def test_silence_does_not_keep_the_sandbox_from_stopping(
    sim: SimClient, http: Plain, anna: SimPerson
) -> None:
    await sim.fault("getMe", kind="timeout_after")
    poll = asyncio.ensure_future(http("getMe"))
    await sim.expect_call("getMe")
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"kind": "gremlins"}, "unknown kind"),
        ({"method": "getMe"}, "needs a status or a kind"),
        ({"status": 299}, "no HTTP status"),
        ({"status": 500, "times": 0}, "at least 1"),
        ({"status": 500, "colour": "red"}, "colour"),
    ],
)
async def test_a_senseless_order_is_refused(
    sim: SimClient, order: dict[str, Any], words: str
) -> None:
    with pytest.raises(SimRefused, match=words):
        await sim.post("/sim/faults", order)
    assert (await sim.get("/sim/faults"))["faults"] == []


async def test_a_fault_can_hit_a_share_of_the_calls(http: Plain, sim: SimClient) -> None:
    await sim.fault("getMe", status=502, times=None, share=0.2)
    statuses = [(await http("getMe")).status for _ in range(200)]
    assert 20 <= statuses.count(502) <= 60
    assert statuses.count(200) + statuses.count(502) == 200
