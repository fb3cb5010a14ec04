"""The way to the Bot API: PTB's requests with our time-outs, and answers as raw JSON.

PTB's own methods turn every refusal into a few classes and log a body that they cannot read.
The sender needs the status and the intake the raw update, so both call through `Wire`.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast
from urllib.request import getproxies

from telegram import Bot
from telegram.error import Forbidden, InvalidToken, TelegramError
from telegram.request import HTTPXRequest, RequestData

from bot.config import is_loopback
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused, TokenRefused
from bot.transport.lanes import Lanes

_log = logging.getLogger(__name__)

TELEGRAM_URL = "https://api.telegram.org/bot"
TELEGRAM_FILE_URL = "https://api.telegram.org/file/bot"

_READ_S = 30.0
_WRITE_S = 30.0
_UPLOAD_S = 120.0
_CONNECT_S = 15.0
_POOL_S = 30.0
_POLL_GRACE_S = 15.0
_SPARE_CONNECTIONS = 8
_NEVER_SENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})
_LONGEST_DESCRIPTION = 250
_PAUSE_S = 5
_MEETING = Backoff(first_s=1.0, most_s=30.0)


class QuietRequest(HTTPXRequest):
    """PTB's request without its habit of logging a body that is no JSON."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the JSON object in `payload`; raises TelegramError when there is none."""
        answer = _json(payload)
        if answer is None:
            raise TelegramError("the server's answer is no JSON object")
        return answer


@dataclass(frozen=True)
class Upload:
    """A file that travels with a call: its bytes, or where it lies below the data directory.

    What lies on disk is read while it is sent, so that it never is in memory as a whole.
    """

    name: str
    content: bytes | PurePath
    mime: str = "application/octet-stream"


@dataclass(frozen=True)
class _Form:
    """The two properties of PTB's RequestData that HTTPXRequest reads."""

    json_parameters: dict[str, str]
    multipart_data: dict[str, tuple[str, bytes | BinaryIO, str]]


class Wire:
    """Calls of the Bot API. Nothing here, nor any error from here, shows the token.

    `bot` is PTB's bot over the same connections, for parsing updates and for the methods that
    need no outbox. The poll has a connection of its own.
    """

    def __init__(
        self,
        token: str,
        *,
        base_url: str = TELEGRAM_URL,
        base_file_url: str = TELEGRAM_FILE_URL,
        proxy: str | None = None,
        poll_proxy: str | None = None,
        sends: int = 8,
        data_dir: Path = Path(),
    ) -> None:
        """Prepare calls with `token` at `base_url`, about `sends` of them at a time.

        `proxy` is the way of all calls; `poll_proxy` of polling, None for the same. Uploads that
        lie on disk lie below `data_dir`.
        Raises ValueError when `token` does not begin with the bot's number and a colon.
        """
        number, colon, _ = token.partition(":")
        if not colon or not (number.isascii() and number.isdigit()):
            raise ValueError("a bot token begins with a number and a colon")
        self.bot_id = int(number)
        self._data_dir = data_dir
        far = not is_loopback(base_url)
        self._calls = _request(sends + _SPARE_CONNECTIONS, proxy, far=far)
        self._polls = _request(2, poll_proxy or proxy, far=far)
        self.bot = Bot(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=self._calls,
            get_updates_request=self._polls,
        )

    async def meet(self) -> None:
        """Ask Telegram who the bot is, until it answers; then `bot` knows its own name.

        Raises TokenRefused.
        """
        failures = 0
        while True:
            try:
                await self.bot.initialize()
            except (InvalidToken, Forbidden):
                raise TokenRefused from None
            except TelegramError as error:
                failures += 1
                _log.warning("Telegram does not answer yet: %s", type(error).__name__)
                await asyncio.sleep(_MEETING.after(failures))
            else:
                return

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        uploads: Mapping[str, Upload] | None = None,
    ) -> Any:
        """Return the result of `method`; raises Refused or NoAnswer. None values are left out."""
        with ExitStack() as opened:
            files = {
                name: (_text(upload.name), self._content(upload, opened), upload.mime)
                for name, upload in (uploads or {}).items()
            }
            form = _form(params, files)
            status, body = await self._ask(self._calls, f"{self.bot.base_url}/{method}", form)
        return _result(status, body)

    def _content(self, upload: Upload, opened: ExitStack) -> bytes | BinaryIO:
        if isinstance(upload.content, bytes):
            return upload.content
        return opened.enter_context((self._data_dir / upload.content).open("rb"))

    async def get_updates(
        self, *, offset: int | None, timeout_s: int, allowed_updates: list[str]
    ) -> Any:
        """Wait up to `timeout_s` seconds for updates; return the raw JSON that should be a list.

        Raises Refused or NoAnswer.
        """
        params = {"offset": offset, "timeout": timeout_s, "allowed_updates": allowed_updates}
        url = f"{self.bot.base_url}/getUpdates"
        read_s = timeout_s + _POLL_GRACE_S
        status, body = await self._ask(self._polls, url, _form(params, {}), read_s=read_s)
        return _result(status, body)

    async def download(self, file_path: str) -> bytes:
        """Return the bytes of a file that getFile named; raises Refused or NoAnswer."""
        status, body = await self._ask(self._calls, f"{self.bot.base_file_url}/{file_path}", None)
        if status != HTTPStatus.OK:
            raise _refusal(status, body)
        return body

    async def close(self) -> None:
        """Close all connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def _ask(
        self, request: QuietRequest, url: str, form: _Form | None, *, read_s: float | None = None
    ) -> tuple[int, bytes]:
        try:
            return await request.do_request(
                url,
                "GET" if form is None else "POST",
                cast("RequestData", form),
                **({} if read_s is None else {"read_timeout": read_s}),
            )
        except TelegramError as error:
            cause = type(error.__cause__ or error).__name__
            raise NoAnswer(cause, reached=cause not in _NEVER_SENT) from None


def _request(connections: int, proxy: str | None, *, far: bool) -> QuietRequest:
    return QuietRequest(
        connection_pool_size=connections,
        read_timeout=_READ_S,
        write_timeout=_WRITE_S,
        connect_timeout=_CONNECT_S,
        pool_timeout=_POOL_S,
        media_write_timeout=_UPLOAD_S,
        proxy=proxy,
        # HTTPS_PROXY and the like are for the way out, never for a server on this machine.
        httpx_kwargs={"trust_env": far, **_lanes(connections, proxy, far=far)},
    )


def _lanes(connections: int, proxy: str | None, *, far: bool) -> dict[str, Lanes]:
    """Return our own keeping of connections; nothing where a proxy is httpx's to find and ask."""
    if proxy is not None or (far and getproxies()):
        return {}
    return {"transport": Lanes(connections, trust_env=far)}


def _form(
    params: Mapping[str, Any], files: Mapping[str, tuple[str, bytes | BinaryIO, str]]
) -> _Form:
    texts = {name: _text(value) for name, value in params.items() if value is not None}
    return _Form(texts, dict(files))


def _text(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    # A lone surrogate cannot be sent; it must not keep the whole message from going.
    return text.encode("utf-8", "replace").decode()


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _result(status: int, body: bytes) -> Any:
    if status != HTTPStatus.OK:
        raise _refusal(status, body)
    answer = _json(body)
    if answer is None or "result" not in answer:
        raise NoAnswer("the answer is no JSON of the Bot API", reached=True)
    return answer["result"]


def _refusal(status: int, body: bytes) -> Refused | NoAnswer:
    answer = _json(body)
    if answer is None:
        # A gateway between us and the server speaks HTML; only its 4xx say that nothing happened.
        return NoAnswer(f"HTTP {status}", reached=status >= HTTPStatus.INTERNAL_SERVER_ERROR)
    parameters = answer.get("parameters") or {}
    unsaid = _PAUSE_S if status == HTTPStatus.TOO_MANY_REQUESTS else None
    return Refused(
        status,
        str(answer.get("description", ""))[:_LONGEST_DESCRIPTION],
        retry_after_s=parameters.get("retry_after", unsaid),
        moved_to=parameters.get("migrate_to_chat_id"),
    )
