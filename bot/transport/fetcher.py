"""The bytes of files that people sent come into the archive, however long it takes."""

import asyncio
import hashlib
import logging
import os
import tempfile
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.features.archive import service as archive
from bot.features.archive.service import Wanted
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused, TokenRefused
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_AT_ONCE = 2
_LOOK_EVERY_S = 2.0
_LONGEST_FETCH_S = 300.0
_RETRIES = Backoff(first_s=10.0, most_s=3600.0)
_FOLDER_MODE = 0o700


class Fetcher:
    """Fetches wanted files into `data_dir`, at most two at a time; `wake` it when one came."""

    def __init__(
        self, store: Store, wire: Wire, *, data_dir: Path, retries: Backoff = _RETRIES
    ) -> None:
        """Prepare to fetch; the folders are made when the first file comes."""
        self._store = store
        self._wire = wire
        self._data_dir = data_dir
        self._retries = retries
        self._wake = asyncio.Event()
        self._stopping = False
        self._main: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look for wanted files now."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch until `stop`; raises TokenRefused when Telegram refuses the token."""
        self._main = asyncio.current_task()
        while not self._stopping:
            if not await self._round():
                await wait_for_event(self._wake, timeout_s=_LOOK_EVERY_S)
                self._wake.clear()

    async def stop(self) -> None:
        """End at once: a file that is half here is fetched again later."""
        self._stopping = True
        self._wake.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})

    async def _round(self) -> bool:
        """Fetch what is due; False when there was nothing, or the database is in trouble."""
        try:
            files = await self._store.read(lambda view: archive.wanted(view, most=_AT_ONCE))
            outcomes = await asyncio.gather(*(self._fetch(file) for file in files))
        except TokenRefused:
            raise
        except Exception:  # noqa: BLE001 - the fetcher outlives any trouble of the database
            _log.exception("files cannot be fetched")
            return False
        return bool(outcomes)

    async def _fetch(self, file: Wanted) -> None:
        try:
            async with asyncio.timeout(_LONGEST_FETCH_S):
                content = await self._bytes(file)
            sha256 = await asyncio.to_thread(self._put, content)
        except Refused as error:
            await self._refused(file, error)
        except (NoAnswer, OSError, TimeoutError) as error:
            await self._failed(file, f"{type(error).__name__}: {error}", permanent=False)
        else:
            await self._store.write(
                lambda work: archive.mark_fetched(
                    work, file.id, sha256=sha256, size_bytes=len(content)
                ),
                priority=Priority.bulk,
            )

    async def _bytes(self, file: Wanted) -> bytes:
        found = await self._wire.call("getFile", {"file_id": file.tg_file_id})
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise NoAnswer("getFile named no path", reached=True)
        return await self._wire.download(path)

    def _put(self, content: bytes) -> str:
        """Write `content` to its place in one step and return its hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self._data_dir / archive.path_of(sha256)
        if place.exists() and place.stat().st_size == len(content):
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return sha256

    async def _refused(self, file: Wanted, error: Refused) -> None:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise TokenRefused
        said = error.description.lower()
        if error.status == HTTPStatus.BAD_REQUEST and "too big" in said:
            await self._failed(file, archive.TOO_BIG, permanent=True)
            return
        # A link that ran out answers 404: the next try asks for a new one.
        permanent = error.status == HTTPStatus.BAD_REQUEST
        await self._failed(file, str(error), permanent=permanent)

    async def _failed(self, file: Wanted, error: str, *, permanent: bool) -> None:
        _log.warning("file %s was not fetched: %s", file.id, error)
        retry_at: datetime | None = None
        if not permanent:
            wait_s = 1.0 + self._retries.after(file.attempts + 1)
            retry_at = self._store.clock.real_now() + timedelta(seconds=wait_s)
        await self._store.write(
            lambda work: archive.mark_failed(work, file.id, error=error, retry_at=retry_at),
            priority=Priority.bulk,
        )
