"""A running sandbox, a person's client, plain HTTP, and python-telegram-bot as the bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain

START = datetime(2024, 6, 3, 1, 0, tzinfo=UTC)
"""Monday, 3 June 2024, nine in the morning in the district."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Return a sandbox in memory whose clock starts on Monday, 3 June 2024."""
    async with Sandbox(clock_start=START) as box:
        yield box


@pytest.fixture
async def sim(sandbox: Sandbox) -> AsyncIterator[SimClient]:
    """Return the person's side, with the limits lifted."""
    async with SimClient(sandbox.url) as client:
        await client.limits(enabled=False)
        yield client


@pytest.fixture
async def anna(sim: SimClient) -> SimPerson:
    """Return a person who has opened the bot; its update is the first one."""
    person = await sim.person(11, "Anna", username="anna")
    await person.start()
    return person


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[Plain]:
    """Return the bot's side as plain HTTP."""
    async with ClientSession() as session:
        yield Plain(session, sandbox.base_url + sandbox.token)


def _plain_http(connections: int) -> HTTPXRequest:
    """Return a request object that does not load the certificates which it never needs."""
    return HTTPXRequest(connection_pool_size=connections, httpx_kwargs={"verify": False})


@pytest.fixture
async def bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """Return python-telegram-bot, connected."""
    # Otherwise it warns at every 429 that retry_after will be a timedelta one day.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    client = Bot(
        sandbox.token,
        base_url=sandbox.base_url,
        base_file_url=sandbox.base_file_url,
        request=_plain_http(8),
        get_updates_request=_plain_http(1),
    )
    async with client:
        yield client
