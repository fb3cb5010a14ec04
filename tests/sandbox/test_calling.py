"""How a call comes in: token, method, encodings, parameters."""

import json

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    async with ClientSession() as session:
        answer = await Plain(session, f"{sandbox.base_url}1:wrong")("getMe")
    assert answer.refusal == (401, "Unauthorized")


async def test_an_unknown_method_is_a_loud_501_and_never_true(http: Plain) -> None:
    status, words = (await http("sendDice", chat_id=11)).refusal
    assert status == 501
    assert "sendDice" in words
    assert "nothing was done" in words


async def test_method_names_are_read_in_any_case(http: Plain) -> None:
    assert (await http("GETME")).result["is_bot"] is True


async def test_an_unknown_parameter_is_refused_by_its_name(http: Plain, anna: SimPerson) -> None:
    answer = await http("sendMessage", chat_id=anna.id, text="hello", txet="hello")
    assert answer.refusal == (
        400,
        "Bad Request: sandbox: unknown parameter 'txet' for sendMessage",
    )


async def test_an_unknown_upload_is_refused_by_its_name(http: Plain, anna: SimPerson) -> None:
    form = FormData({"chat_id": str(anna.id), "text": "hello"})
    form.add_field("stray", b"x", filename="stray.txt")
    status, words = (await http.send("POST", "sendMessage", data=form)).refusal
    assert (status, "unknown upload 'stray'" in words) == (400, True)


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_a_call_is_read_from_every_encoding(http: Plain, anna: SimPerson, way: str) -> None:
    params = {"chat_id": str(anna.id), "text": "hello & more"}
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    texts = {**params, "reply_markup": json.dumps(markup)}
    multipart = FormData(texts, default_to_multipart=True)
    answer = await {
        "query": lambda: http.send("GET", "sendMessage", params=texts),
        "form": lambda: http.send("POST", "sendMessage", data=texts),
        "multipart": lambda: http.send("POST", "sendMessage", data=multipart),
        "json": lambda: http.send("POST", "sendMessage", json={**params, "reply_markup": markup}),
    }[way]()
    assert answer.result["text"] == "hello & more"
    assert answer.result["reply_markup"] == markup


async def test_a_json_body_that_is_none_is_refused(http: Plain) -> None:
    answer = await http.send(
        "POST", "getMe", data=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.refusal == (400, "Bad Request: can't parse JSON body")


async def test_nested_json_that_is_none_is_refused(http: Plain, anna: SimPerson) -> None:
    answer = await http("sendMessage", chat_id=anna.id, text="hi", reply_markup="{oops")
    assert answer.refusal == (400, "Bad Request: can't parse reply markup JSON object")


async def test_a_value_of_another_type_is_refused_and_not_a_crash(
    http: Plain, anna: SimPerson
) -> None:
    sent = await http("deleteMessages", chat_id=anna.id, message_ids=[{"id": 1}])
    assert sent.status == 400
    assert "malformed" in sent.body["description"]


async def test_after_log_out_every_call_is_refused(http: Plain) -> None:
    assert (await http("logOut")).result is True
    assert (await http("getMe")).refusal == (400, "Logged out")


async def test_python_telegram_bot_connects_unchanged(bot: Bot, sandbox: Sandbox) -> None:
    assert bot.username == "sandbox_bot"
    assert str(bot.id) == sandbox.token.split(":")[0]
    assert await bot.close() is True


async def test_taking_the_webhook_off_can_drop_what_waits(http: Plain, anna: SimPerson) -> None:
    assert (await http("getWebhookInfo")).result["pending_update_count"] == 1
    assert (await http("deleteWebhook", drop_pending_updates=True)).result is True
    assert (await http("getUpdates")).result == []


async def test_every_call_is_logged_with_parameters_answer_and_time(
    sim: SimClient, http: Plain, anna: SimPerson
) -> None:
    after = await sim.last_call()
    await http("sendMessage", chat_id=anna.id, text="hello")
    await http("sendMessage", chat_id=99, text="nobody")
    sent, refused = await sim.calls(after)
    assert (sent.method, sent.params["text"], sent.status) == ("sendMessage", "hello", 200)
    assert sent.result["text"] == "hello"
    assert refused.result["description"] == "Bad Request: chat not found"
    assert sent.at <= sent.done_at <= refused.done_at
    assert [call.n for call in (sent, refused)] == [after + 1, after + 2]


async def test_an_answer_in_the_log_stays_what_it_was(
    sim: SimClient, http: Plain, anna: SimPerson
) -> None:
    sent = (await http("sendMessage", chat_id=anna.id, text="before")).result
    await http("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="after")
    (first,) = await sim.calls(method="sendMessage")
    assert first.result["text"] == "before"


async def test_a_long_log_is_read_page_by_page(sim: SimClient, http: Plain) -> None:
    for _ in range(5):
        await http("getMe")
    page = await sim.get("/sim/calls", after=0, limit=2)
    assert ([call["n"] for call in page["calls"]], page["last"]) == ([1, 2], 2)
    page = await sim.get("/sim/calls", after=page["last"], limit=2)
    assert [call["n"] for call in page["calls"]] == [3, 4]
    assert [call.n for call in await sim.calls(after=3)] == [4, 5]
