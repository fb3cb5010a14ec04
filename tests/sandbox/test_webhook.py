"""Updates that are brought: where to, with which words, in which order, and again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain
from tests.support import waiting


@dataclass
class Door:
    """A bot's address: it keeps what is brought and answers with `status`."""

    url: str = ""
    status: int = 200
    texts: list[str] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    inside: int = 0
    most_inside: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        await self.open.wait()
        self.inside -= 1
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.texts.append(update["message"]["text"])
        return web.Response(status=self.status)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """Return an address that listens."""
    found = Door()
    found.open.set()
    app = web.Application()
    app.router.add_post("/hook", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    found.open.set()
    await runner.cleanup()


async def test_without_a_webhook_the_information_is_empty(http: Plain) -> None:
    assert (await http("setWebhook", url="")).result is True
    info = (await http("getWebhookInfo")).result
    assert (info["url"], info["pending_update_count"]) == ("", 0)


async def test_an_address_must_be_https_and_the_secret_of_plain_letters(http: Plain) -> None:
    plain = await http("setWebhook", url="http://bot.example/hook")
    assert plain.refusal == (
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    )
    odd = await http("setWebhook", url="https://bot.example/hook", secret_token="a b")
    assert odd.refusal == (400, "Bad Request: secret token contains unallowed characters")
    assert (await http("getWebhookInfo")).result["url"] == ""


async def test_who_polls_beside_a_webhook_is_refused_until_it_is_taken_off(
    http: Plain, door: Door
) -> None:
    assert (await http("setWebhook", url=door.url)).result is True
    words = (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await http("getUpdates")).refusal == (409, words)
    assert (await http("deleteWebhook")).result is True
    assert (await http("getUpdates")).result == []


async def test_updates_are_brought_with_the_secret_and_then_gone(
    http: Plain, door: Door, anna: SimPerson
) -> None:
    await http("setWebhook", url=door.url, secret_token="s3cret", max_connections=7)
    await anna.say("one")
    await until(lambda: door.texts == ["/start", "one"])
    assert set(door.secrets) == {"s3cret"}
    await until_none_waits(http)
    info = (await http("getWebhookInfo")).result
    assert (info["url"], info["max_connections"]) == (door.url, 7)


async def test_what_is_not_taken_is_brought_again_in_the_order_of_its_chat(
    http: Plain, door: Door, anna: SimPerson
) -> None:
    door.status = 503
    await http("setWebhook", url=door.url)
    await anna.say("one")
    await until(lambda: len(door.texts) >= 2)
    assert set(door.texts) == {"/start"}
    info = (await http("getWebhookInfo")).result
    assert info["pending_update_count"] == 2
    assert "503" in info["last_error_message"]
    door.status = 200
    await until(lambda: "one" in door.texts)
    assert door.texts[-2:] == ["/start", "one"]


async def test_chats_are_served_side_by_side_up_to_the_connections_asked_for(
    http: Plain, door: Door, sim: SimClient
) -> None:
    door.open.clear()
    await http("setWebhook", url=door.url, max_connections=2)
    for number in range(31, 35):
        await (await sim.person(number, f"P{number}")).say("hello")
    await until(lambda: door.inside == 2)
    door.open.set()
    await until(lambda: len(door.texts) == 4)
    assert door.most_inside == 2


async def until(holds: Callable[[], bool]) -> None:
    """Wait until `holds` says so."""

    async def held() -> bool:
        return holds()

    await waiting.until(held)


async def until_none_waits(http: Plain) -> None:
    """Wait until everything is brought."""

    async def none_waits() -> bool:
        return bool((await http("getWebhookInfo")).result["pending_update_count"] == 0)

    await waiting.until(none_waits)
