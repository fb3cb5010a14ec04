"""The bot's own address: where Telegram brings updates, and where others ask how it is."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.transport.errors import CannotListen

_log = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
"""The most an update may weigh; Telegram's are far below it."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
HEALTH_PATH = "/healthz"
_SHUTDOWN_S = 2.0

Take = Callable[[Any], Awaitable[bool]]
"""Keeps one raw update; False when it could not be kept and must be brought again."""


class Listener:
    """Listens on one address. Until somebody takes updates, who brings some is sent away."""

    def __init__(self, host: str, port: int, *, healthy: Callable[[], Awaitable[bool]]) -> None:
        """Prepare to listen; `healthy` says whether the bot does its work. Port 0 is any."""
        self._host = host
        self._port = port
        self._healthy = healthy
        self._runner: web.AppRunner | None = None
        self._take: Take | None = None
        self._secret = b""

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._port

    def take_updates(self, take: Take | None, *, secret: str = "") -> None:
        """Hand updates that come with `secret` to `take`; None for nobody."""
        self._take, self._secret = take, secret.encode()

    async def start(self) -> None:
        """Listen from now on. Raises CannotListen."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get(HEALTH_PATH, self._health)
        app.router.add_post("/{path:.*}", self._update)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_S)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            raise CannotListen(address=f"{self._host}:{self._port}") from error
        self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _: web.Request) -> web.Response:
        if await self._healthy():
            return web.Response(text="ok\n")
        return web.Response(text="not well\n", status=HTTPStatus.SERVICE_UNAVAILABLE)

    async def _update(self, request: web.Request) -> web.Response:
        """Answer 200 only for an update that is kept: anything else is brought again."""
        if self._take is None:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        # Before a byte of the body is read: strangers cost nothing.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        body = await request.read()
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            _log.error("an update that is no JSON was brought")
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        kept = await self._take(update)
        return web.Response(status=HTTPStatus.OK if kept else HTTPStatus.SERVICE_UNAVAILABLE)
