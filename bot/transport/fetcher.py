"""The bytes of files that people sent come into the archive, however long it takes.

One process of those that share a data directory does this: it holds a lock there. What it is to do
stands in the database, so that it may be killed at any moment (`bot.features.archive`).
"""

import asyncio
import logging
from contextlib import ExitStack
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from bot.core.tasks import wait_for_event
from bot.db.lock import AlreadyRunning, ProcessLock
from bot.db.store import Priority, Store
from bot.features.archive import service as archive
from bot.features.archive.formats import Format
from bot.features.archive.service import Fetched, Wanted
from bot.features.archive.shelf import digest
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused, TokenRefused
from bot.transport.examiner import Examiner
from bot.transport.filer import Filer
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_AT_ONCE = 2
_LOOK_EVERY_S = 2.0
_LONGEST_FETCH_S = 300.0
_LEAST_WAIT_S = 1.0
_RETRIES = Backoff(first_s=10.0, most_s=3600.0)
_TIDY_EVERY_S = 86_400.0
_LOCK = "archive.lock"


class Fetcher:
    """Fetches wanted files into `data_dir`, at most two at a time, and has them filed.

    `wake` it when a file came. A position is taken out of pictures unless `clear` is False.
    """

    def __init__(
        self,
        store: Store,
        wire: Wire,
        *,
        data_dir: Path,
        clear: bool = True,
        retries: Backoff | None = None,
    ) -> None:
        """Prepare to fetch; the folders are made when the first file comes."""
        self._store = store
        self._wire = wire
        self._filer = Filer(store, data_dir)
        self._shelf = self._filer.shelf
        self._examiner = Examiner(clear=clear)
        self._lock = ProcessLock(data_dir / _LOCK)
        self._retries = retries or _RETRIES
        self._wake = asyncio.Event()
        self._stopping = False
        self._tidy_at = float("-inf")
        self._main: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look for wanted files now."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch and file until `stop`; raises TokenRefused when Telegram refuses the token."""
        self._main = asyncio.current_task()
        with ExitStack() as held:
            while not self._stopping and not self._locked(held):
                await self._rest()
            while not self._stopping:
                if not await self._round():
                    await self._rest()

    async def stop(self) -> None:
        """End at once: a file that is half here is fetched again later."""
        self._stopping = True
        self._wake.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})

    def _locked(self, held: ExitStack) -> bool:
        """Tell whether this process is the one that works on the data directory."""
        try:
            held.enter_context(self._lock)
        except AlreadyRunning:
            return False
        return True

    async def _rest(self) -> None:
        await wait_for_event(self._wake, timeout_s=_LOOK_EVERY_S)
        self._wake.clear()

    async def _round(self) -> bool:
        """Fetch and file what is due; False when there was nothing, or there is trouble."""
        try:
            await self._tidy()
            files = await self._store.read(lambda view: archive.wanted(view, most=_AT_ONCE))
            outcomes = await asyncio.gather(*(self._fetch(file) for file in files))
            filed = await self._filer.round()
        except TokenRefused:
            raise
        except Exception:  # noqa: BLE001 - the fetcher outlives any trouble of database and disk
            _log.exception("files cannot be fetched or filed")
            return False
        return bool(outcomes) or filed

    async def _tidy(self) -> None:
        """Tidy at the start and once a day, while nothing is on its way."""
        now = self._store.clock.monotonic()
        if now >= self._tidy_at:
            await self._filer.tidy()
            self._tidy_at = now + _TIDY_EVERY_S

    async def _fetch(self, file: Wanted) -> None:
        sent, clean = self._shelf.new_file(), self._shelf.new_file()
        try:
            async with asyncio.timeout(_LONGEST_FETCH_S):
                sent.write_bytes(await self._bytes(file))
                fetched = await self._examined(file, sent, clean)
        except Refused as error:
            await self._refused(file, error)
        except (NoAnswer, OSError, TimeoutError) as error:
            await self._failed(file, f"{type(error).__name__}: {error}")
        else:
            await self._note(file, fetched)
        finally:
            for half in (sent, clean):
                half.unlink(missing_ok=True)

    async def _bytes(self, file: Wanted) -> bytes:
        found = await self._wire.call("getFile", {"file_id": file.tg_file_id})
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise NoAnswer("getFile named no path", reached=True)
        return await self._wire.download(path)

    async def _examined(self, file: Wanted, sent: Path, clean: Path) -> Fetched:
        """Let what is to be kept of `sent` become visible, unless it is a program."""
        findings = await self._examiner.examine(file, sent, clean)
        kept = clean if findings.cleared else sent
        if findings.format is Format.program:
            sha256, size = await asyncio.to_thread(digest, kept)
        else:
            sha256, size = await asyncio.to_thread(self._shelf.hold, kept)
        return Fetched(sha256, size, findings)

    async def _note(self, file: Wanted, fetched: Fetched) -> None:
        stays = await self._store.write(
            lambda work: archive.mark_fetched(work, file.id, fetched), priority=Priority.bulk
        )
        if not stays:
            await self._filer.drop_held(fetched.sha256)

    async def _refused(self, file: Wanted, error: Refused) -> None:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise TokenRefused
        said = error.description.lower()
        too_big = error.status == HTTPStatus.BAD_REQUEST and "too big" in said
        # A link that ran out answers 404, and "temporarily unavailable" is a 400 as well: only
        # after some tries a refusal is Telegram's last word.
        final = error.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}
        last = too_big or (final and file.refusals + 1 >= archive.MOST_REFUSALS)
        why = archive.TOO_BIG if too_big else str(error)
        await self._failed(file, why, refused=final, last=last)

    async def _failed(
        self, file: Wanted, error: str, *, refused: bool = False, last: bool = False
    ) -> None:
        """Note a failed try; the `last` one gives the file up."""
        _log.warning("file %s was not fetched: %s", file.id, error)
        retry_at: datetime | None = None
        if not last:
            wait_s = _LEAST_WAIT_S + self._retries.after(file.attempts + 1)
            retry_at = self._store.clock.real_now() + timedelta(seconds=wait_s)
        await self._store.write(
            lambda work: archive.mark_failed(
                work, file.id, error=error, retry_at=retry_at, refused=refused
            ),
            priority=Priority.bulk,
        )
