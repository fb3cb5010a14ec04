"""The bot's side over HTTP: who calls, what goes wrong, what is done, how it is answered."""

import inspect
import json
import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from aiohttp import web

from bot.sandbox.answers import Refused, not_offered, stricter
from bot.sandbox.calls import RawTexts
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.methods import (
    chats,
    commands,
    edit,
    media,
    polling,
    profile,
    remove,
    repeat,
    send,
)
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.signals import CALLED_OFF, CALLS, SILENCE
from bot.sandbox.world import World

METHODS: Mapping[str, Method] = {
    method.name.lower(): method
    for family in (chats, commands, edit, media, polling, profile, remove, repeat, send)
    for method in family.METHODS
}
_log = logging.getLogger(__name__)
_SILENCE_MS = 3_600_000
_OK = 200
_BEFORE = frozenset({Kind.STATUS, Kind.RESET, Kind.LATENCY})
_LOGGED_OUT_MAY = frozenset({"logout", "close"})


class _Answer(NamedTuple):
    status: int
    body: bytes
    logged: Any


class BotSide:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, world: World) -> None:
        """Serve `world`."""
        self._world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one Bot API call."""
        world = self._world
        at = world.clock.monotonic()
        given = request.match_info["method"]
        method = METHODS.get(given.lower())
        params = Params({}, {})
        fault: Fault | None = None
        try:
            self._check_token(request)
            params = await read_params(request)
            fault = world.faults.take(given.lower(), params.text("chat_id"))
            if fault is not None and fault.kind in _BEFORE:
                await self._trouble_before(fault, request)
            answer = await self._carried_out(given, method, params)
        except Refused as refused:
            answer = _refusal(refused)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            _log.warning("malformed parameters of %s", given, exc_info=error)
            answer = _refusal(stricter(f"malformed parameters of {given}: {error!r}"))
        name = method.name if method is not None else given
        self._log(name, params, answer, at=at, fault=fault)
        if fault is not None:
            return await self._trouble_after(fault, request, answer)
        return _response(answer)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._world.token:
            raise Refused(401, "Unauthorized")

    async def _carried_out(self, given: str, method: Method | None, params: Params) -> _Answer:
        if method is None:
            raise not_offered(f"method {given!r} is unknown here; nothing was done")
        if given.lower() not in _LOGGED_OUT_MAY:
            polling.refuse_logged_out(self._world)
        params.check_known(method.name, method.known)
        result = method.run(self._world, params)
        if inspect.isawaitable(result):
            result = await result
        if isinstance(result, RawTexts):
            text = f'{{"ok":true,"result":[{",".join(result.texts)}]}}'
            return _Answer(_OK, text.encode("ascii"), result)
        return _Answer(_OK, b'{"ok":true,"result":%b}' % json.dumps(result).encode(), result)

    def _log(
        self, name: str, params: Params, answer: _Answer, *, at: float, fault: Fault | None
    ) -> None:
        clock = self._world.clock
        wall = clock.real_now().timestamp() - clock.monotonic()
        self._world.calls.add(
            name,
            params.shown(),
            status=answer.status,
            answer=answer.logged,
            at=wall + at,
            done_at=wall + clock.monotonic(),
            fault=fault.kind.value if fault is not None else None,
        )
        self._world.signals.tell(CALLS)

    async def _trouble_before(self, fault: Fault, request: web.Request) -> None:
        if fault.kind is Kind.LATENCY:
            await self._world.signals.wait((CALLED_OFF,), timeout_s=fault.ms / 1000)
            return
        if fault.kind is Kind.RESET:
            _hang_up(request)
            raise Refused(499, "sandbox: the connection was reset before anything was done")
        raise fault.refusal()

    async def _trouble_after(
        self, fault: Fault, request: web.Request, answer: _Answer
    ) -> web.StreamResponse:
        if fault.kind is Kind.TIMEOUT_AFTER:
            silence_s = (fault.ms or _SILENCE_MS) / 1000
            await self._world.signals.wait((SILENCE,), timeout_s=silence_s)
            _hang_up(request)
        elif fault.kind is Kind.RESET_AFTER:
            _hang_up(request)
        elif fault.kind is Kind.BAD_JSON:
            return web.Response(body=b'{"ok":tru', content_type="application/json")
        return _response(answer)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer with the bytes of a file; 404 in JSON when there is none."""
        try:
            self._check_token(request)
            file = self._world.files.at_path(request.match_info["path"])
            fault = self._world.faults.take("file", None)
            if fault is not None and fault.kind in _BEFORE:
                await self._trouble_before(fault, request)
            if file is None:
                raise Refused(404, "Not Found")
        except Refused as refused:
            return _response(_refusal(refused))
        return web.Response(body=self._world.files.content(file), content_type=file.mime)


def _refusal(refused: Refused) -> _Answer:
    body = refused.body()
    return _Answer(refused.code, json.dumps(body).encode(), body)


def _response(answer: _Answer) -> web.Response:
    return web.Response(body=answer.body, status=answer.status, content_type="application/json")


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
