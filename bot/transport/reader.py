"""The files that people send to be read are read, one after the other (design, section 3)."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.chat.textfiles import Digest, Paper
from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed
from bot.core.ids import incident_id
from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import View
from bot.features.archive.models import FileState
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.textfiles import service
from bot.features.textfiles.errors import DocumentTooLong, NotFetched
from bot.features.textfiles.rules import MOST_CHARACTERS, too_big
from bot.features.textfiles.service import MOST_TRIES, Digested, Taken
from bot.render.client import Renderer
from bot.render.errors import FileRefused, IsProgram, MakerDied, RenderError
from bot.render.reading import read_words
from bot.transport.backoff import Backoff

_log = logging.getLogger(__name__)

_LEASE = timedelta(minutes=10)
"""Longer than any file may take."""
_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 3600.0
_RETRIES = Backoff(first_s=4.0, most_s=60.0)


class Reader:
    """Reads files and has told what they say; `wake` is called when something is to be said."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        config: Config,
        digest: Digest,
        *,
        data_dir: Path,
        wake: Callable[[], None],
        retries: Backoff = _RETRIES,
        single: bool = True,
    ) -> None:
        """Prepare to read files below `data_dir`; `single` says that no other process does.

        `digest` makes sense of their words. `config` may be replaced while it runs.
        """
        self._store = store
        self._renderer = renderer
        self.config = config
        self._digest = digest
        self._data_dir = data_dir
        self._wake_sender = wake
        self._retries = retries
        self._single = single
        self._owner = f"reader-{incident_id()}{incident_id()}"
        self._stop = asyncio.Event()
        self._main: asyncio.Task[None] | None = None
        self._taken: Taken | None = None
        self._next_sweep_at = store.clock.monotonic() + _SWEEP_EVERY_S

    async def run(self) -> None:
        """Read files until `stop`."""
        self._main = asyncio.current_task()
        await self._free(all_of_them=self._single)
        while not self._stop.is_set():
            if not await self._round():
                await wait_for_event(self._stop, timeout_s=_LOOK_EVERY_S)

    async def stop(self) -> None:
        """End at once; a file that is half read is read anew later, and that was no failure."""
        self._stop.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})
        await self._let_go()

    async def _let_go(self) -> None:
        """Hand back what is still noted as ours though nobody reads it any more."""
        taken = self._taken
        if taken is not None:
            await self._store.write(lambda work: service.hand_back(work, taken, owner=self._owner))

    async def _round(self) -> bool:
        """Read the next file; False when there was none, or the database is in trouble."""
        try:
            await self._let_go()
            await self._sweep()
            if not await self._store.read(service.has_wanted):
                return False
            until = self._store.clock.real_now() + _LEASE
            self._taken = await self._store.write(
                lambda work: service.take_next(work, owner=self._owner, lease_until=until),
                priority=Priority.bulk,
            )
            if self._taken is not None:
                await self._settle(self._taken)
            done, self._taken = self._taken is not None, None
        except Exception:  # noqa: BLE001 - the reader outlives any trouble of the database
            _log.exception("files cannot be read")
            return False
        return done

    async def _settle(self, taken: Taken) -> None:
        """Read a file and have told what it says, or decide what becomes of it without."""
        try:
            digested = await self._read(taken)
        except BusinessError as error:
            await self._failed(taken, error)
        except Exception as error:  # noqa: BLE001 - one file must not keep the others from being read
            await self._broken(taken, error)
        else:
            await self._tell(taken, digested)
        self._wake_sender()

    async def _tell(self, taken: Taken, digested: Digested) -> None:
        try:
            await self._store.write(
                lambda work: service.finish(work, taken, digested, owner=self._owner)
            )
        except Exception as error:  # noqa: BLE001 - what cannot be told must not be tried for ever
            await self._broken(taken, error)

    async def _broken(self, taken: Taken, error: Exception) -> None:
        # The text of an exception may quote what people wrote: only its kind is logged.
        _log.error("document %s failed: %s", taken.id, type(error).__name__)
        await self._failed(taken, MakerDied())

    async def _read(self, taken: Taken) -> Digested:
        """Return what a file says. Raises a BusinessError that says why it says nothing."""
        if taken.attempts >= MOST_TRIES:
            raise MakerDied
        if taken.path is None:
            raise _missing(taken)
        paragraphs = await read_words(self._renderer, self._data_dir / taken.path)
        words = "\n".join(paragraphs)
        text = f"{taken.caption}\n{words}" if taken.caption else words
        if len(text) > MOST_CHARACTERS:
            raise DocumentTooLong(length=len(text), most=MOST_CHARACTERS)
        digested = await self._store.read(lambda view: self._digested(view, taken, text))
        return replace(digested, sha256=hashlib.sha256(words.encode()).hexdigest())

    def _digested(self, view: View, taken: Taken, text: str) -> Digested:
        person = view.session.get(Person, taken.person_id)
        if person is None:
            raise NotAllowed
        return self._digest(Paper(view, self.config, actor_of(view, person)), text)

    async def _failed(self, taken: Taken, error: BusinessError) -> None:
        final = not isinstance(error, RenderError) or isinstance(error, FileRefused)
        tried = taken.attempts + 1
        why = type(error).__name__
        _log.warning("document %s: %s at try %s", taken.id, why, tried)
        if final or tried >= MOST_TRIES:
            await self._store.write(
                lambda work: service.give_up(work, taken, error, owner=self._owner)
            )
            return
        at = self._store.clock.real_now() + timedelta(seconds=1.0 + self._retries.after(tried))
        await self._store.write(
            lambda work: service.postpone(work, taken, owner=self._owner, error=why, retry_at=at),
            priority=Priority.bulk,
        )

    async def _sweep(self) -> None:
        """Free what other readers lost, now and then."""
        now = self._store.clock.monotonic()
        if now >= self._next_sweep_at:
            self._next_sweep_at = now + _SWEEP_EVERY_S
            await self._free(all_of_them=False)

    async def _free(self, *, all_of_them: bool) -> None:
        freed = await self._store.write(
            lambda work: service.take_back(work, all_of_them=all_of_them), priority=Priority.bulk
        )
        if freed:
            _log.warning("%s files were being read when their reader ended", freed)


def _missing(taken: Taken) -> BusinessError:
    """Return why the bytes of a file never came."""
    if taken.file_state is FileState.refused:
        return IsProgram()
    return too_big() if taken.is_too_big else NotFetched()
