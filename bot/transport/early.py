"""Kindness under a rush: who pressed and still waits hears that the bot is at it (design, 8).

Telegram forgets a pressed button's query within a minute, and the spinner tells nobody anything.
So what waits in the inbox too long is answered early, once, whichever process it waits for; the
result comes when the press is handled (see `chat.edge`). Best effort: what fails here costs
nobody the result.
"""

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.chat.edge.incoming import sender_of
from bot.config import Config
from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.features.inbox import early
from bot.features.people.queries import languages_of
from bot.i18n import catalogue
from bot.transport.errors import NoAnswer, Refused
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_AT_ONCE = 200
_IN_FLIGHT = 8
_LONGEST_S = 10.0


@dataclass(frozen=True)
class _Due:
    """A press to answer: its row, what answers it, and its reader's language."""

    id: int
    query_id: str
    language: str


class EarlyAnswers:
    """Answers presses that wait; `config` may be replaced while it runs."""

    def __init__(self, store: Store, wire: Wire, config: Config) -> None:
        """Answer over `wire` what waits in `store`."""
        self._store = store
        self._wire = wire
        self.config = config
        self._stop = asyncio.Event()
        self._main: asyncio.Task[None] | None = None
        self._flying = asyncio.Semaphore(_IN_FLIGHT)
        self._over: list[int] = []

    async def run(self) -> None:
        """Answer what waits until `stop`."""
        self._main = asyncio.current_task()
        while not self._stop.is_set():
            if not await self._round():
                await wait_for_event(self._stop, timeout_s=_LOOK_EVERY_S)

    async def stop(self) -> None:
        """End at once; who was not answered yet hears of the result."""
        self._stop.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})

    async def _round(self) -> bool:
        """Answer some; True when more may wait already."""
        try:
            if not self._over and not await self._store.read(
                lambda view: early.waits(view, before=self._before(view))
            ):
                return False
            due = await self._store.write(self._claimed, priority=Priority.interactive)
            self._over = []
            results = await asyncio.gather(*(self._answer(one) for one in due))
            self._over = [one.id for one, over in zip(due, results, strict=True) if over]
        except Exception:  # noqa: BLE001 - the worker outlives any trouble of the database
            _log.exception("presses that wait cannot be answered early")
            return False
        # What was answered is noted with the next claim: no transaction of its own under a rush.
        return bool(self._over)

    def _before(self, view: View) -> datetime:
        return view.real_now - timedelta(seconds=self.config.rush.answer_after_seconds)

    def _claimed(self, work: Work) -> list[_Due]:
        """Note what was answered in the last round, and claim what is due now."""
        if self._over:
            early.mark_answered(work, self._over)
        presses = early.claim(work, before=self._before(work), most=_AT_ONCE)
        senders = {press.id: sender_of(json.loads(press.raw)).telegram_id for press in presses}
        languages = languages_of(work, {one for one in senders.values() if one is not None})
        usual = self.config.languages.default
        return [
            _Due(press.id, press.query_id, languages.get(senders[press.id] or 0, usual))
            for press in presses
        ]

    async def _answer(self, due: _Due) -> bool:
        """Answer one press; False when it is not known whether that came to anything."""
        words = catalogue(due.language).text("early.being_done")
        params = {"callback_query_id": due.query_id, "text": words}
        try:
            async with self._flying, asyncio.timeout(_LONGEST_S):
                await self._wire.call("answerCallbackQuery", params)
        except Refused as error:
            _log.info("a press was not answered early: status %s", error.status)
            # Telegram has forgotten it: nothing can be shown for it any more either.
            return error.status == HTTPStatus.BAD_REQUEST
        except (NoAnswer, TimeoutError):
            return False
        return True
