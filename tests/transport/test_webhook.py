"""What is brought to the bot's address: by whom, how much, and when it is answered for."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport.intake import Intake
from bot.transport.listener import MOST_BYTES, SECRET_HEADER, Listener
from bot.transport.telegram import Wire
from bot.transport.webhook import Webhook, secret_of
from tests.transport.harness import TestStore
from tests.transport.receiving import Handler, StartIntake, all_done, counts
from tests.transport.running import run_in_background, until

SECRET = "right"


@dataclass
class Door:
    """The bot's address, with somebody who brings things to it."""

    session: ClientSession
    listener: Listener = field(init=False)
    well: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.port}/telegram"

    async def bring(self, body: bytes, secret: str | None = SECRET) -> int:
        """Bring a body and return the status of the answer."""
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(self.url, data=BytesIO(body), headers=headers) as answer:
            return answer.status

    async def health(self) -> int:
        """Ask how the bot is."""
        async with self.session.get(self.url.replace("/telegram", "/healthz")) as answer:
            return answer.status

    async def is_well(self) -> bool:
        return self.well


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """Return an address that listens, and nobody behind it."""
    async with ClientSession() as session:
        found = Door(session)
        found.listener = Listener("127.0.0.1", 0, healthy=found.is_well)
        await found.listener.start()
        yield found
        await found.listener.stop()


@pytest.fixture
async def behind(
    door: Door, store: TestStore, wire: Wire, handler: Handler
) -> AsyncIterator[Handler]:
    """Return who handles what is brought to `door`, from now on."""
    webhook = Webhook(wire, door.listener, url=door.url, secret=SECRET, max_connections=9)
    intake = Intake(store, wire, handle=handler, source=webhook)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(run_in_background(intake))
        await until_brought(door)
        yield handler


async def until_brought(door: Door) -> None:
    """Wait until somebody takes what is brought."""
    async with asyncio.timeout(60):
        while await door.bring(b"{", "wrong") == 503:  # noqa: ASYNC110 - it answers over HTTP
            await asyncio.sleep(0.01)


def update(number: int, text: str = "hello") -> bytes:
    """Return an update as Telegram sends it."""
    message = {"message_id": number, "chat": {"id": 7, "type": "private"}, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


async def test_telegram_is_told_where_to_bring_updates_and_brings_them(
    sandbox: Sandbox, behind: Handler, door: Door, anna: SimPerson, store: TestStore, sim: SimClient
) -> None:
    await until(lambda: sandbox.world.webhook.address is not None)
    (told,) = await sim.calls(method="setWebhook")
    assert json.loads(told.params["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert int(told.params["max_connections"]) == 9
    for number in range(5):
        await anna.say(str(number))
    await until(all_done(store, 5))
    assert behind.texts == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "rightt", "RIGHT"])
async def test_who_does_not_know_the_secret_is_sent_away(
    behind: Handler, door: Door, store: TestStore, secret: str | None
) -> None:
    assert await door.bring(update(1), secret) == 403
    assert not counts(store)
    assert await door.bring(update(1)) == 200
    await until(all_done(store, 1))


async def test_more_than_a_megabyte_is_not_read(
    behind: Handler, door: Door, store: TestStore
) -> None:
    fits = update(1, "x" * (MOST_BYTES - len(update(1, ""))))
    assert len(fits) == MOST_BYTES
    assert await door.bring(fits + b" ") == 413
    assert not counts(store)
    assert await door.bring(fits) == 200
    await until(all_done(store, 1))


async def test_it_is_answered_for_only_after_the_commit(
    behind: Handler, door: Door, store: TestStore
) -> None:
    """The writer is held: as long as the update is in no transaction, there is no answer."""
    may_go_on = asyncio.Event()
    loop = asyncio.get_running_loop()
    held = asyncio.create_task(store.write(lambda _: _wait(loop, may_go_on)))
    bringing = asyncio.create_task(door.bring(update(1)))
    # Whoever asks beside it is answered: it is not the address that waits.
    assert await door.bring(update(2), "wrong") == 403
    assert not bringing.done()
    may_go_on.set()
    assert await bringing == 200
    await held
    assert counts(store).total() == 1


async def test_what_the_database_does_not_take_is_not_answered_for(
    behind: Handler, door: Door, store: TestStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("bot.transport.intake.inbox.receive", full)
        assert await door.bring(update(1)) == 503
    assert await door.bring(update(1)) == 200
    assert await door.bring(update(1)) == 200
    await until(all_done(store, 1))


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[]", 200), (b'{"update_id": "1"}', 200), (b"null", 200)]
)
async def test_what_is_no_update_stops_nothing(
    behind: Handler, door: Door, store: TestStore, body: bytes, status: int
) -> None:
    assert await door.bring(body) == status
    assert await door.bring(update(3)) == 200
    await until(all_done(store, 1))


async def test_until_somebody_takes_updates_they_are_to_be_brought_again(door: Door) -> None:
    assert await door.bring(update(1)) == 503


async def test_it_says_how_the_bot_is(door: Door) -> None:
    assert await door.health() == 200
    door.well = False
    assert await door.health() == 503


def test_the_secret_follows_from_the_token_alone() -> None:
    assert secret_of("1:a") == secret_of("1:a")
    assert secret_of("1:a") != secret_of("1:b")
    assert "1:a" not in secret_of("1:a")


async def test_a_poller_takes_an_earlier_webhook_off(
    sandbox: Sandbox,
    start_intake: StartIntake,
    wire: Wire,
    anna: SimPerson,
    handler: Handler,
    store: TestStore,
) -> None:
    await wire.call("setWebhook", {"url": "http://127.0.0.1:9/nobody"})
    await anna.say("hello")
    await start_intake(handler)
    await until(all_done(store, 1))
    assert sandbox.world.webhook.address is None


def _wait(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    asyncio.run_coroutine_threadsafe(event.wait(), loop).result(timeout=60)
