"""A client for tests: people who chat with the bot, and hands on the sandbox's levers.

async with SimClient(sandbox.url) as sim:
    anna = await sim.person(11, "Anna")
    await anna.say("/start")
    card = await anna.expect("Welcome")
    answer = await anna.press("Sign up")
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, FormData

from bot.core.clock import SystemClock
from bot.sandbox.client_person import SimPerson
from bot.sandbox.client_types import (
    LONGEST_WAIT_MS,
    JsonObject,
    PressAnswer,
    SimCall,
    SimMessage,
    SimRefused,
    parsed_call,
)

__all__ = ["PressAnswer", "SimCall", "SimClient", "SimMessage", "SimPerson", "SimRefused"]

_OK = 200
_TIMEOUT_S = 90
_CALLS_A_PAGE = 2_000


class SimClient:
    """The person's side of a running sandbox at `url`; use it as an async context manager."""

    def __init__(self, url: str) -> None:
        """Speak to the sandbox at `url`, such as Sandbox.url."""
        self.url = url.rstrip("/")
        self._session: ClientSession | None = None
        self._clock = SystemClock()

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=_TIMEOUT_S))
        return self

    async def __aexit__(self, *_exc_info: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def monotonic(self) -> float:
        """Return real seconds that never go back."""
        return self._clock.monotonic()

    # --- plain HTTP -------------------------------------------------------------------------

    async def get(self, path: str, **query: Any) -> JsonObject:
        """Return the JSON at `path`; raises SimRefused."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        return await self._ask("GET", path, params=given)

    async def post(self, path: str, body: JsonObject) -> JsonObject:
        """Post JSON to `path` and return the answer; raises SimRefused."""
        return await self._ask("POST", path, json=body)

    async def upload(
        self, path: str, files: Sequence[tuple[str, bytes, str]], fields: JsonObject
    ) -> JsonObject:
        """Post `files` as (name, bytes, type) with `fields`; raises SimRefused."""
        form = FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, str(value))
        for name, content, mime in files:
            form.add_field("file", BytesIO(content), filename=name, content_type=mime)
        return await self._ask("POST", path, data=form)

    async def download(self, path: str) -> bytes:
        """Return the bytes at `path`, such as SimFile.url."""
        async with self._open.get(f"{self.url}{path}") as answer:
            content = await answer.read()
            if answer.status != _OK:
                raise SimRefused(answer.status, {"error": content.decode("utf-8", "replace")})
            return content

    @property
    def _open(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("use SimClient as an async context manager")
        return self._session

    async def _ask(self, verb: str, path: str, **request: Any) -> JsonObject:
        async with self._open.request(verb, f"{self.url}{path}", **request) as answer:
            body: JsonObject = await answer.json()
            if answer.status != _OK:
                raise SimRefused(answer.status, body)
            return body

    # --- people -----------------------------------------------------------------------------

    async def person(
        self,
        person_id: int,
        first_name: str = "Person",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "zh-hans",
        note: str | None = None,
    ) -> SimPerson:
        """Make a person (or change the one with that id) and return their hands and eyes.

        `note` is a word for whoever looks at the page, such as a role; the bot never sees it.
        """
        body = {
            "id": person_id,
            "first_name": first_name,
            "last_name": last_name,
            "username": username,
            "language_code": language_code,
            "note": note,
        }
        await self.post("/sim/people", {k: v for k, v in body.items() if v is not None})
        return SimPerson(self, person_id, first_name)

    def known(self, person_id: int) -> SimPerson:
        """Return the hands and eyes of a person who is there already."""
        return SimPerson(self, person_id, str(person_id))

    async def group(
        self, group_id: int, title: str, members: Sequence[SimPerson], *, privacy: bool = True
    ) -> int:
        """Make a group with the bot in it and return its id.

        With `privacy`, Telegram's default, the bot sees only commands and replies to it there.
        """
        ids = [member.id for member in members]
        body = {"id": group_id, "title": title, "members": ids, "privacy": privacy}
        return int((await self.post("/sim/groups", body))["id"])

    async def migrate(self, group_id: int) -> int:
        """Make a basic group a supergroup and return its new id."""
        return int((await self.post(f"/sim/groups/{group_id}/migrate", {}))["id"])

    # --- what the bot did -------------------------------------------------------------------

    async def calls(self, after: int = 0, *, method: str | None = None) -> list[SimCall]:
        """Return the Bot API calls later than number `after`, oldest first."""
        found: list[SimCall] = []
        while True:
            shown = await self.get("/sim/calls", after=after, method=method, limit=_CALLS_A_PAGE)
            found += [parsed_call(each) for each in shown["calls"]]
            if len(shown["calls"]) < _CALLS_A_PAGE:
                return found
            after = shown["last"]

    async def last_call(self) -> int:
        """Return the number of the newest call, to be given as `after`."""
        return int((await self.get("/sim/events", after=0, wait_ms=0))["last_call"])

    async def expect_call(
        self, method: str, *, after: int = 0, timeout_s: float = 20.0, **params: Any
    ) -> SimCall:
        """Wait for a call of `method` whose parameters, as texts, equal `params`.

        Raises AssertionError with the calls that came instead when `timeout_s` real seconds pass.
        """
        wanted = {name: str(value) for name, value in params.items()}
        deadline = self.monotonic() + timeout_s
        seen: list[SimCall] = []
        while (left_s := deadline - self.monotonic()) > 0:
            wait_ms = min(int(left_s * 1000), LONGEST_WAIT_MS)
            shown = await self.get("/sim/calls", after=after, wait_ms=wait_ms)
            for each in shown["calls"]:
                call = parsed_call(each)
                seen.append(call)
                given = {name: str(call.params.get(name)) for name in wanted}
                if call.method == method and given == wanted:
                    return call
            after = shown["last"]
        came = "\n".join(f"  {call.method} {call.params} {call.status}" for call in seen)
        raise AssertionError(f"no {method} {wanted} within {timeout_s} s; calls:\n{came}")

    # --- levers -----------------------------------------------------------------------------

    async def fault(
        self,
        method: str = "*",
        *,
        status: int | None = None,
        kind: str | None = None,
        times: int | None = 1,
        retry_after_s: int | None = None,
        ms: int | None = None,
        chat_id: int | None = None,
        skip: int = 0,
        share: float | None = None,
    ) -> None:
        """Order trouble for `method`: an HTTP `status`, or a `kind` of bot.sandbox.faults.Kind.

        `times` None never ends; the first `skip` calls go well; `ms` is how long.
        `share` (0 to 1) of the calls are hit, None for all.
        """
        body = {
            "status": status,
            "kind": kind,
            "retry_after": retry_after_s,
            "ms": ms,
            "chat_id": chat_id,
            "share": share,
        }
        given = {name: value for name, value in body.items() if value is not None}
        order = {"method": method, "times": times, "skip": skip, **given}
        await self.post("/sim/faults", order)

    async def clear_faults(self) -> None:
        """Call all trouble off; calls that are late go on."""
        await self._ask("DELETE", "/sim/faults")

    async def limits(self, **settings: Any) -> JsonObject:
        """Change the limits (fields of bot.sandbox.Settings, enabled=False lifts them)."""
        return await self.post("/sim/limits", settings)

    async def clock(self) -> datetime:
        """Return the simulated time in UTC."""
        return datetime.fromisoformat((await self.get("/sim/clock"))["now"])

    async def set_clock(self, now: datetime | str) -> datetime:
        """Set the simulated time to an aware time or ISO text and return it."""
        text = now if isinstance(now, str) else now.isoformat()
        return datetime.fromisoformat((await self.post("/sim/clock", {"now": text}))["now"])

    async def advance(self, step: str) -> datetime:
        """Move the simulated time by `step`, such as 1h, 1d or 7d, and return it."""
        return datetime.fromisoformat((await self.post("/sim/clock", {"advance": step}))["now"])

    async def raw(self, update: JsonObject) -> int:
        """Push any update as it is and return its id."""
        return int((await self.post("/sim/raw", {"update": update}))["update_id"])
