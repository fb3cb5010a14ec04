"""The Bot API as plain HTTP, for tests that look at every word of an answer."""

from typing import Any, NamedTuple

from aiohttp import ClientSession


class Answer(NamedTuple):
    """The HTTP status and the JSON body of one answer."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        """The result of a call that was accepted."""
        assert self.body["ok"] is True, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        """The status and the words of a refusal, whose body repeats the status."""
        assert self.body["ok"] is False, self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class Plain:
    """Calls methods with JSON bodies."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self.session = session
        self.base = base

    async def __call__(self, method: str, **params: Any) -> Answer:
        """Call `method` with `params` as a JSON body."""
        return await self.send("POST", method, json=params)

    async def send(self, verb: str, method: str, **request: Any) -> Answer:
        """Send any HTTP request to `method`."""
        async with self.session.request(verb, f"{self.base}/{method}", **request) as answer:
            return Answer(answer.status, await answer.json())
