"""What the clock sets off is found in tables at every tick, never kept in a scheduler."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.store import Priority, Store
from bot.db.work import Work

_log = logging.getLogger(__name__)


class StuckJob(Exception):
    """A paged job names the same effects again after they were carried out."""


@dataclass
class Ticker:
    """Carries out what is due. A job that fails is tried again at the next tick.

    While the database does not answer no job is tried in vain, and the log says so once.
    """

    store: Store
    config: Config
    jobs: Sequence[Job]
    desk: Callable[[Work], Desk]
    wake: Callable[[], None]
    _minute: datetime | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stopping: bool = False
    _away: bool = False

    async def tick(self) -> None:
        """Carry out everything that is due now; nothing while another tick is under way."""
        if not self._busy.locked():
            await self.tick_through()

    async def tick_through(self) -> None:
        """Carry out everything that is due now, after a tick that is under way."""
        async with self._busy:
            minute = self.store.clock.now().replace(second=0, microsecond=0)
            begun = minute != self._minute
            failed = False
            for job in self.jobs:
                if self._stopping or not (begun or job.every_tick):
                    continue
                if not await self._run(job):
                    failed = True
                    if self._away:
                        break
            # A minute whose jobs failed is begun again.
            self._minute = None if failed else minute

    async def stop(self, *, timeout_s: float) -> bool:
        """Begin nothing more; True when what was being carried out ended in `timeout_s` seconds.

        What is left of a tick is due at the next start: it stands in the tables.
        """
        self._stopping = True
        # A tick that was set off this moment has not begun: it ends here before anybody cancels it.
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(timeout_s), self._busy:
                return True
        except TimeoutError:
            return False

    async def _run(self, job: Job) -> bool:
        try:
            before: Sequence[Any] = []
            while effects := await self.store.read(lambda view: job.due(view, self.config)):
                if effects == before:
                    raise StuckJob(job.name)
                for effect in effects:
                    if self._stopping:
                        break
                    await self.store.write(self._carrying_out(job, effect), priority=Priority.bulk)
                self.wake()
                if self._stopping or not job.paged:
                    break
                before = effects
        except Exception:  # noqa: BLE001 - one job must not keep the others from running
            if await self._database_answers():
                _log.exception("job %s failed", job.name)
            return False
        self._note_away(None)
        return True

    async def _database_answers(self) -> bool:
        try:
            await self.store.check()
        except Exception as error:  # noqa: BLE001 - drivers and disks fail in any way; it is logged
            self._note_away(error)
            return False
        self._note_away(None)
        return True

    def _note_away(self, error: Exception | None) -> None:
        """Note what keeps the database from answering (None: nothing); only a change is logged."""
        if error is not None and not self._away:
            kind = type(error).__name__
            _log.warning("the database does not answer, what is due waits: %s", kind)
        elif error is None and self._away:
            _log.warning("the database answers again")
        self._away = error is not None

    def _carrying_out(self, job: Job, effect: Any) -> Callable[[Work], None]:
        return lambda work: job.carry_out(self.desk(work), effect)
