"""What came to the person's side: JSON or a form, made one body."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.answers import Impossible, JsonObject, Refused
from bot.sandbox.chats import Chat, Person
from bot.sandbox.params import Upload, read_uploads
from bot.sandbox.world import World

Answer = Callable[["Asked"], Awaitable[Any]]


@dataclass(slots=True)
class Asked:
    """One request of the person's side."""

    world: World
    request: web.Request
    body: JsonObject
    uploads: list[Upload] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """The person in the address; raises Impossible."""
        return self.world.person(self._id("id"))

    def _id(self, name: str) -> int:
        return whole_number(name, self.request.match_info[name])

    @property
    def group(self) -> Chat:
        """The group in the address; raises Impossible."""
        chat = self.world.chats.get(self._id("id"))
        if chat is None or chat.private:
            raise Impossible(404, f"there is no group {self._id('id')}")
        return chat

    @property
    def chat(self) -> Chat:
        """The chat that the person means: `chat`, or the own one with the bot."""
        given = self.body.get("chat")
        if given is None or isinstance(given, dict):
            given = self.person.id
        chat = self.world.chats.get(whole_number("chat", given))
        if chat is None:
            raise Impossible(404, f"there is no chat {given}")
        if chat.migrated_to is not None:
            raise Impossible(409, f"the group is now {chat.migrated_to}")
        if self.person.id != chat.id and self.person.id not in chat.members:
            raise Impossible(409, f"person {self.person.id} is not in chat {given}")
        return chat

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number of the body; raises Impossible without it and a default."""
        value = self.body.get(name)
        if value is None or value == "":
            value = default
        if value is None:
            raise Impossible(400, f"{name} is missing")
        return whole_number(name, value)

    def number(self, name: str) -> float:
        """Return a number of the body; raises Impossible."""
        value = self.body.get(name)
        try:
            return float(str(value))
        except ValueError:
            raise Impossible(400, f"{name} must be a number, not {value!r}") from None

    def text(self, name: str) -> str:
        """Return a text of the body; raises Impossible."""
        value = self.body.get(name)
        if not isinstance(value, str):
            raise Impossible(400, f"{name} must be a text, not {value!r}")
        return value

    def wait_s(self, default_ms: int = 0) -> float:
        """Return how long the caller wants to wait, in seconds."""
        return self.integer("wait_ms", default_ms) / 1000


def whole_number(name: str, value: Any) -> int:
    """Return `value` as a whole number; raises Impossible."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Impossible(400, f"{name} must be a whole number, not {value!r}") from None


def served(world: World, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return an HTTP handler that answers with what `answer` returns, as JSON."""

    async def handler(request: web.Request) -> web.Response:
        try:
            asked = await _read(world, request)
            shown, status = await answer(asked), 200
        except Impossible as impossible:
            shown, status = {"error": impossible.error, **impossible.data}, impossible.status
        except Refused as refused:
            shown, status = {"error": refused.description}, refused.code
        return web.Response(
            body=json.dumps(shown).encode("ascii"), status=status, content_type="application/json"
        )

    return handler


async def _read(world: World, request: web.Request) -> Asked:
    body: JsonObject = dict(request.query)
    uploads: list[Upload] = []
    if request.content_type == "multipart/form-data":
        uploads = await read_uploads(request, body)
    elif request.body_exists and (raw := await request.read()):
        try:
            given = json.loads(raw)
        except ValueError:
            raise Impossible(400, "the body is no JSON") from None
        if not isinstance(given, dict):
            raise Impossible(400, "the body must be a JSON object")
        body.update(given)
    return Asked(world, request, body, uploads)
