"""Work that is leased from a table of jobs, one after the other (design, section 3).

What is being done is noted with a lease, so that after a crash it is done again; a failure is
counted, tried again a few times, and then answered for. What the work is, a subclass says.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.core.errors import BusinessError
from bot.core.ids import incident_id
from bot.core.tasks import Tasks, wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.render.errors import MakerDied, RenderError
from bot.transport.backoff import Backoff

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 3600.0
RETRIES = Backoff(first_s=4.0, most_s=60.0)
"""How long to wait before a job is tried again."""


class Leased(Protocol):
    """A job that is ours until its lease ends; `attempts` counts the tries that failed."""

    @property
    def id(self) -> int:
        """The job's number."""

    @property
    def attempts(self) -> int:
        """How many tries have failed."""


J = TypeVar("J", bound=Leased)


class Jobs(Protocol[J]):
    """The service of a feature that keeps jobs; a module is one."""

    MOST_TRIES: int

    def has_wanted(self, view: View, /) -> bool:
        """Tell whether a job is to be done now."""

    def take_next(self, work: Work, /, *, owner: str, lease_until: datetime) -> J | None:
        """Lease the oldest job that is to be done now; None when there is none."""

    def hand_back(self, work: Work, taken: J, /, *, owner: str) -> None:
        """Let another have a job that was begun."""

    def take_back(self, work: Work, /, *, all_of_them: bool = False) -> int:
        """Free jobs whose worker is gone; return how many."""

    def postpone(
        self, work: Work, taken: J, /, *, owner: str, error: str, retry_at: datetime
    ) -> None:
        """Note a try that failed; the next is at `retry_at`."""


class Leasing(ABC, Generic[J]):
    """Does the jobs of `jobs` until it is stopped; `wake` is called after each."""

    final: tuple[type[RenderError], ...] = ()
    """What a second try would not mend; of what is no RenderError, nothing is tried again."""

    def __init__(
        self,
        store: Store,
        jobs: Jobs[J],
        *,
        name: str,
        lease: timedelta,
        wake: Callable[[], None],
        retries: Backoff,
        single: bool,
    ) -> None:
        """Prepare to work; `single` says that no other process does the same."""
        self._store = store
        self._jobs = jobs
        self._name = name
        self._lease = lease
        self._wake_sender = wake
        self._retries = retries
        self._single = single
        self._owner = f"{name}-{incident_id()}{incident_id()}"
        self._stop = asyncio.Event()
        self._main: asyncio.Task[None] | None = None
        self._taken: J | None = None
        self._leases = Tasks()
        self._next_sweep_at = store.clock.monotonic()

    async def run(self) -> None:
        """Do what is to be done until `stop`."""
        self._main = asyncio.current_task()
        await self._free(all_of_them=self._single)
        while not self._stop.is_set():
            if not await self._round():
                await wait_for_event(self._stop, timeout_s=_LOOK_EVERY_S)

    async def stop(self) -> None:
        """End at once; what is half done is done anew later, and that was no failure."""
        self._stop.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})
        await self._let_go()

    @abstractmethod
    async def _do(self, taken: J) -> Callable[[Work], object]:
        """Do a job and return what notes its result. Raises BusinessError that says why not."""

    @abstractmethod
    def _give_up(self, work: Work, taken: J, error: BusinessError) -> None:
        """Answer for a job that will not be done."""

    async def _tidy(self) -> None:
        """Do what else is to be done now and then."""

    async def _let_go(self) -> None:
        """Hand back what is still noted as ours though nobody works on it any more."""
        taken = self._taken
        if taken is not None:
            await self._store.write(
                lambda work: self._jobs.hand_back(work, taken, owner=self._owner)
            )

    async def _round(self) -> bool:
        """Do the next job; False when there was none, or the database is in trouble."""
        try:
            await self._let_go()
            await self._sweep()
            if not await self._store.read(self._jobs.has_wanted):
                return False
            self._taken = await self._take()
            if self._taken is not None:
                await self._settle(self._taken)
            done, self._taken = self._taken is not None, None
        except Exception:  # noqa: BLE001 - the worker outlives any trouble of the database
            _log.exception("the %s cannot go on", self._name)
            return False
        return done

    async def _take(self) -> J | None:
        """Lease the next job; None when there is none.

        A lease that is already being written is waited for even when we are to end: unknown to
        us, nobody could have the job before its lease ends.
        """
        until = self._store.clock.real_now() + self._lease
        taking = self._leases.start(
            self._store.write(
                lambda work: self._jobs.take_next(work, owner=self._owner, lease_until=until),
                priority=Priority.bulk,
            ),
            name=f"lease for the {self._name}",
        )
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            self._taken = await taking
            raise

    async def _settle(self, taken: J) -> None:
        """Do a job and note its result, or decide what becomes of it without."""
        try:
            note = await self._do(taken)
        except BusinessError as error:
            await self._failed(taken, error)
        except Exception as error:  # noqa: BLE001 - one job must not keep the others from being done
            await self._broken(taken, error)
        else:
            await self._noted(taken, note)
        self._wake_sender()

    async def _noted(self, taken: J, note: Callable[[Work], object]) -> None:
        try:
            await self._tell(note)
        except Exception as error:  # noqa: BLE001 - what cannot be told must not be tried for ever
            await self._broken(taken, error)

    async def _tell(self, note: Callable[[Work], object]) -> None:
        await self._store.write(note)

    async def _broken(self, taken: J, error: Exception) -> None:
        # The text of an exception may quote what people wrote: only its kind is logged.
        _log.error("%s job %s failed: %s", self._name, taken.id, type(error).__name__)
        await self._failed(taken, MakerDied())

    async def _failed(self, taken: J, error: BusinessError) -> None:
        final = not isinstance(error, RenderError) or isinstance(error, self.final)
        tried = taken.attempts + 1
        why = type(error).__name__
        _log.warning("%s job %s: %s at try %s", self._name, taken.id, why, tried)
        if final or tried >= self._jobs.MOST_TRIES:
            await self._store.write(lambda work: self._give_up(work, taken, error))
            return
        at = self._store.clock.real_now() + timedelta(seconds=1.0 + self._retries.after(tried))
        await self._store.write(
            lambda work: self._jobs.postpone(
                work, taken, owner=self._owner, error=why, retry_at=at
            ),
            priority=Priority.bulk,
        )

    async def _sweep(self) -> None:
        """Free what others lost, and tidy, now and then."""
        now = self._store.clock.monotonic()
        if now >= self._next_sweep_at:
            self._next_sweep_at = now + _SWEEP_EVERY_S
            await self._free(all_of_them=False)
            await self._tidy()

    async def _free(self, *, all_of_them: bool) -> None:
        freed = await self._store.write(
            lambda work: self._jobs.take_back(work, all_of_them=all_of_them),
            priority=Priority.bulk,
        )
        if freed:
            _log.warning("%s jobs were under way when their %s ended", freed, self._name)
