"""What the archive does on the disk, step by step between transactions.

It waits while a backup copies the folders: what is copied must be what the database of that moment
says.
"""

import asyncio
import logging
from pathlib import Path

from bot.db.lock import AlreadyRunning, ProcessLock
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.archive import filing, removal
from bot.features.archive.checking import slices, unknown_among
from bot.features.archive.filing import Move
from bot.features.archive.names import PAUSE, holding_path
from bot.features.archive.service import want_again
from bot.features.archive.shelf import Shelf

_log = logging.getLogger(__name__)

_AT_ONCE = 20


class Filer:
    """Files what is accepted, deletes what is given up, and tidies; one process at a time."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        """Work on the folders under `data_dir`."""
        self._store = store
        self._pause = data_dir / PAUSE
        self.shelf = Shelf(data_dir)

    async def round(self) -> bool:
        """Do some of what is due; False when there was nothing, or a backup is under way."""
        items = await self._store.read(lambda view: filing.unfiled(view, most=_AT_ONCE))
        gone = await self._store.read(lambda view: removal.leaving(view, most=_AT_ONCE))
        if not items and not gone:
            return False
        try:
            with ProcessLock(self._pause):
                for item_id in items:
                    await self._file(item_id)
                for file_id in gone:
                    await self._delete(file_id)
        except AlreadyRunning:
            return False
        return True

    async def tidy(self) -> None:
        """Delete what a process left that was killed, and count what nobody knows of.

        Called while nothing is being fetched. What lies in the archive's folder and is in no index
        is left alone: `archive verify` lists it.
        """
        try:
            with ProcessLock(self._pause):
                await asyncio.to_thread(self.shelf.clear_half)
                for paths in slices(self.shelf.held()):
                    for path in await self._unknown(paths):
                        self.shelf.delete(path)
        except AlreadyRunning:
            _log.info("a backup is under way; the archive is tidied later")
        strays = 0
        for paths in slices(self.shelf.filed()):
            strays += len(await self._unknown(paths))
        if strays:
            _log.warning("%s files in the archive's folder are in no index", strays)

    async def drop_held(self, sha256: str) -> None:
        """Delete fetched bytes that no file needs."""
        path = holding_path(sha256)
        if await self._unknown([path]):
            self.shelf.delete(path)

    async def _unknown(self, paths: list[str]) -> list[str]:
        return await self._store.read(lambda view: unknown_among(view, paths))

    async def _file(self, item_id: int) -> None:
        move = await self._store.write(
            lambda work: filing.assign(work, item_id), priority=Priority.bulk
        )
        if move is None:
            return
        moved = await asyncio.to_thread(self.shelf.move, move.source, move.target, move.sha256)
        await self._store.write(lambda work: _note(work, move, moved=moved), priority=Priority.bulk)

    async def _delete(self, file_id: int) -> None:
        path = await self._store.read(lambda view: removal.doomed_path(view, file_id))
        if path is not None:
            await asyncio.to_thread(self.shelf.delete, path)
        await self._store.write(
            lambda work: removal.mark_gone(work, file_id), priority=Priority.bulk
        )


def _note(work: Work, move: Move, *, moved: bool) -> None:
    if moved:
        filing.settle(work, move)
    else:
        # Somebody deleted the bytes: Telegram may still have them.
        want_again(work, move.sha256)
