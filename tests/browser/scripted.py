"""A bot whose every word is said by the test, and the demo's people, over real HTTP."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from bot.sandbox import Sandbox
from bot.sandbox.signals import EVERYTHING

WAIT_S = 15


@dataclass
class ScriptedBot:
    """A Bot API client without a will of its own: the test takes updates and sends messages."""

    session: aiohttp.ClientSession
    sandbox: Sandbox
    _offset: int = 0
    _taken: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, method: str, **params: Any) -> Any:
        """Call the Bot API; raises AssertionError with Telegram's words when it refuses."""
        form = aiohttp.FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=name)
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        address = f"{self.sandbox.base_url}{self.sandbox.token}/{method}"
        async with self.session.post(address, data=form if params else None) as response:
            answer = await response.json()
        assert answer["ok"], answer["description"]
        return answer["result"]

    async def send(self, chat_id: int, text: str, **params: Any) -> int:
        """Send an HTML text and return its message id."""
        sent = await self.call(
            "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **params
        )
        return int(sent["message_id"])

    async def next(self, kind: str) -> dict[str, Any]:
        """Return the next update of `kind`, waiting for it; others before it are dropped."""
        while True:
            while self._taken:
                update = self._taken.pop(0)
                if kind in update:
                    body: dict[str, Any] = update[kind]
                    return body
            self._taken = await self._poll(WAIT_S)
            assert self._taken, f"no {kind} came"

    async def nothing_came(self) -> bool:
        """Return whether no update waits now."""
        self._taken += await self._poll(0)
        return not self._taken

    async def _poll(self, timeout_s: int) -> list[dict[str, Any]]:
        updates: list[dict[str, Any]] = await self.call(
            "getUpdates", offset=self._offset, timeout=timeout_s
        )
        if updates:
            self._offset = updates[-1]["update_id"] + 1
        return updates


@dataclass
class Demo:
    """A sandbox with people in it, and the bot that the test speaks for."""

    sandbox: Sandbox
    session: aiohttp.ClientSession
    bot: ScriptedBot

    @classmethod
    def of(cls, sandbox: Sandbox, session: aiohttp.ClientSession) -> Self:
        """Return the demo of a running sandbox."""
        return cls(sandbox, session, ScriptedBot(session, sandbox))

    async def ask(self, address: str, **body: Any) -> dict[str, Any]:
        """Post to the person's side and return the answer."""
        async with self.session.post(f"{self.sandbox.url}/sim/{address}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
        return answer

    async def person(self, person_id: int, first_name: str, **fields: Any) -> int:
        """Add a person and return the id."""
        body = {"id": person_id, "first_name": first_name, "language_code": "zh", **fields}
        await self.ask("people", **body)
        return person_id

    async def started(self, person_id: int, first_name: str, **fields: Any) -> int:
        """Add a person who has pressed start, so that the bot may write; return the id."""
        await self.person(person_id, first_name, **fields)
        await self.ask(f"people/{person_id}/text", text="/start")
        await self.bot.next("message")
        return person_id

    async def somebody_listens(self) -> None:
        """Wait until a page waits for news, so that it sees what leaves no trace."""
        while EVERYTHING not in self.sandbox.world.signals._waiting:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)


def button(text: str, data: str = "x") -> dict[str, str]:
    """Return an inline button."""
    return {"text": text, "callback_data": data}


def keys(*rows: list[dict[str, str]]) -> dict[str, Any]:
    """Return an inline keyboard of these rows."""
    return {"inline_keyboard": list(rows)}
