"""Proxies of the environment are for the way out, never for a server on this machine."""

import pytest

from bot.sandbox import Sandbox
from bot.transport.telegram import Wire

NOWHERE = "http://127.0.0.1:9"


async def test_a_local_server_is_reached_past_the_environments_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    async with Sandbox() as sandbox:
        wire = Wire(sandbox.token, base_url=sandbox.base_url)
        me = await wire.call("getMe", {})
        await wire.close()
    assert me["is_bot"] is True
