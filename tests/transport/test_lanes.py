"""A connection is busy until its answer is closed, and always comes back."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.transport.lanes import Lanes

NOBODY = "http://127.0.0.1:9/"
SOON = httpx.Timeout(20.0, pool=0.01)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Return a client with one connection."""
    async with httpx.AsyncClient(transport=Lanes(1, trust_env=False)) as opened:
        yield opened


async def test_all_are_answered_over_one_connection_however_many_wait(
    client: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    async with asyncio.timeout(60):
        answers = await asyncio.gather(
            *(client.get(f"{sandbox.base_url}{sandbox.token}/getMe") for _ in range(9))
        )
    assert {answer.status_code for answer in answers} == {200}


async def test_a_connection_is_free_once_the_answer_is_closed_and_not_before(
    client: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    url = f"{sandbox.base_url}{sandbox.token}/getMe"
    async with client.stream("GET", url):
        with pytest.raises(httpx.PoolTimeout):
            await client.get(url, timeout=SOON)
    assert (await client.get(url, timeout=SOON)).status_code == 200


async def test_a_connection_that_could_not_be_made_comes_back(
    client: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            await client.get(NOBODY, timeout=SOON)
    url = f"{sandbox.base_url}{sandbox.token}/getMe"
    assert (await client.get(url, timeout=SOON)).status_code == 200
