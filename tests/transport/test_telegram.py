"""The wire: what comes back, what goes wrong, and that the token is never seen."""

import logging

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from bot.transport.errors import NoAnswer, Refused, TokenRefused
from bot.transport.telegram import Wire

TOKEN = "4242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


async def test_the_bot_learns_its_own_name(wire: Wire) -> None:
    await wire.meet()
    assert wire.bot.username == "sandbox_bot"
    assert wire.bot_id == wire.bot.id


async def test_the_bot_waits_for_a_server_that_is_away(wire: Wire, sim: SimClient) -> None:
    await sim.fault("getMe", status=502)
    await wire.meet()
    assert [call.status for call in await sim.calls(method="getMe")] == [502, 200]


async def test_a_token_that_nobody_knows_is_refused_at_the_first_meeting(
    sandbox: Sandbox,
) -> None:
    stranger = Wire(TOKEN, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url)
    with pytest.raises(TokenRefused) as refused:
        await stranger.meet()
    await stranger.close()
    assert TOKEN not in f"{refused.value!r} {refused.value.__cause__!r}"


async def test_a_result_comes_back_raw(wire: Wire) -> None:
    result = await wire.call("getMe", {})
    assert result["is_bot"] is True


async def test_a_refusal_says_its_status_and_why(wire: Wire) -> None:
    with pytest.raises(Refused, match="chat not found") as refused:
        await wire.call("sendMessage", {"chat_id": 999, "text": "x"})
    assert refused.value.status == 400
    assert not refused.value.is_token_refused


async def test_a_429_says_how_long(wire: Wire, sim: SimClient) -> None:
    await sim.fault("getMe", status=429, retry_after_s=7)
    with pytest.raises(Refused) as refused:
        await wire.call("getMe", {})
    assert refused.value.retry_after_s == 7


@pytest.mark.parametrize("kind", ["reset", "reset_after", "bad_json"])
async def test_an_answer_that_does_not_come_may_still_have_had_an_effect(
    wire: Wire, sim: SimClient, kind: str
) -> None:
    await sim.fault("getMe", kind=kind)
    with pytest.raises(NoAnswer) as lost:
        await wire.call("getMe", {})
    assert lost.value.reached


async def test_a_closed_door_was_certainly_not_passed() -> None:
    nowhere = Wire(TOKEN, base_url="http://127.0.0.1:9/bot", base_file_url="")
    with pytest.raises(NoAnswer) as lost:
        await nowhere.call("getMe", {})
    await nowhere.close()
    assert not lost.value.reached
    assert TOKEN not in f"{lost.value!r} {lost.value.__cause__!r}"


async def test_an_answer_that_is_no_json_is_not_logged(
    wire: Wire, sim: SimClient, caplog: pytest.LogCaptureFixture
) -> None:
    await sim.fault("getMe", kind="bad_json", times=2)
    with caplog.at_level(logging.DEBUG, logger="bot"), pytest.raises(NoAnswer):
        await wire.call("getMe", {})
    await wire.meet()
    assert not [record for record in caplog.records if "invalid JSON" in record.getMessage()]


@pytest.mark.parametrize("token", ["", "no-number", "abc:def", "١٢٣:def"])
def test_a_token_without_a_number_is_a_mistake(token: str) -> None:
    with pytest.raises(ValueError, match="begins with a number"):
        Wire(token)


@pytest.mark.parametrize("with_own", [False, True])
async def test_calls_polls_and_downloads_go_through_the_proxy(
    sandbox: Sandbox, sim: SimClient, *, with_own: bool
) -> None:
    anna = await sim.person(11, "Anna")
    await anna.document("plan.txt", b"words")
    # The name leads nowhere: only through the sandbox, as an HTTP proxy, is there an answer.
    through = Wire(
        sandbox.token,
        base_url="http://api.invalid/bot",
        base_file_url="http://api.invalid/file/bot",
        proxy=sandbox.url,
        poll_proxy=sandbox.url if with_own else None,
    )
    (update,) = await through.get_updates(offset=None, timeout_s=0, allowed_updates=["message"])
    found = await through.call("getFile", {"file_id": update["message"]["document"]["file_id"]})
    assert await through.download(found["file_path"]) == b"words"
    await through.close()
