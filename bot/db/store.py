"""The store: who may write and who may read.

Business code is synchronous and runs in the store's threads. SQLite has one writer thread, so a
transaction never meets another; PostgreSQL has several, kept apart by row locks, and a
transaction that lost is run again. `write` may therefore run its function twice.
"""

import asyncio
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.core.clock import Clock
from bot.db.engine import is_sqlite, read_engine, write_engine
from bot.db.gate import Gate
from bot.db.work import View, Work
from bot.db.writers import Group, Priority, Writers

__all__ = ["Priority", "Store"]

T = TypeVar("T")

_READ_THREADS = 3
_POSTGRES_THREADS = 4
_MOST_TRIES = 8
_TRIES_BESIDE_OTHERS = 3
_LOST_RACES = {"40001", "40P01"}
_LONGEST_GROUP_S = 0.03
"""A group of SQLite writes takes no more in after this long: nobody waits for a long queue."""


class Store:
    """Runs transactions. `tell` turns the facts of a transaction into rows before its commit."""

    def __init__(self, url: str, *, clock: Clock, tell: Callable[[Work], None]) -> None:
        """Open the database at `url` (SQLAlchemy's form)."""
        self.url = url
        self.clock = clock
        self._tell = tell
        self._writes_on = write_engine(url)
        self._reads_on = read_engine(url)
        self._gate = Gate()
        self._readers = ThreadPoolExecutor(_READ_THREADS, thread_name_prefix="store-read")
        sqlite = is_sqlite(url)
        self._writers = Writers(
            threads=1 if sqlite else _POSTGRES_THREADS,
            run_group=self._group if sqlite else None,
        )

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations and checks."""
        return self._writes_on

    async def write(self, fn: Callable[[Work], T], *, priority: Priority = Priority.normal) -> T:
        """Run `fn` in one write transaction and return its result after the commit.

        `fn` may be run again and must have no other effect. What it raises rolls back and comes
        out here.
        """
        future: Future[T] = Future()
        self._writers.put(priority, lambda on: self._run(fn, on), future)
        return await asyncio.wrap_future(future)

    async def read(self, fn: Callable[[View], T]) -> T:
        """Run `fn` in a transaction that cannot write and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self.read_now, fn)

    async def check(self) -> None:
        """Ask the database for nothing; raises what keeps it from answering."""
        await self.read(lambda view: view.session.execute(select(1)).scalar_one())

    def write_now(self, fn: Callable[[Work], T]) -> T:
        """Do what `write` does in the calling thread: for tests and short commands."""
        return self._run(fn, None)

    def read_now(self, fn: Callable[[View], T]) -> T:
        """Do what `read` does in the calling thread."""
        with Session(self._reads_on, expire_on_commit=False) as session, session.begin():
            return fn(View(session, self.clock.now(), self.clock.real_now()))

    async def close(self) -> None:
        """Finish what is queued, then close the database."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Do what `close` does in the calling thread."""
        self._writers.close()
        self._readers.shutdown()
        self._writes_on.dispose()
        self._reads_on.dispose()

    def _run(self, fn: Callable[[Work], T], on: Connection | None) -> T:
        """Run `fn` in a transaction of its own, or in a savepoint of the group's on `on`."""
        for tried in range(1, _MOST_TRIES + 1):
            # Losing is a matter of luck and could go on for ever: who lost often enough goes alone.
            alone = tried > _TRIES_BESIDE_OTHERS
            try:
                with self._gate.alone() if alone else self._gate.beside_others():
                    return self._once(fn, on)
            except OperationalError as error:
                lost = getattr(error.orig, "sqlstate", None) in _LOST_RACES
                if tried == _MOST_TRIES or not lost:
                    raise
                threading.Event().wait(random.uniform(0.002, 0.02 * tried))  # noqa: S311 - jitter
        raise AssertionError

    def _once(self, fn: Callable[[Work], T], on: Connection | None) -> T:
        with (
            Session(
                self._writes_on if on is None else on,
                expire_on_commit=False,
                join_transaction_mode="create_savepoint",
            ) as session,
            session.begin(),
        ):
            work = Work(session, self.clock.now(), self.clock.real_now())
            result = fn(work)
            self._tell(work)
            return result

    def _group(self, group: Group) -> None:
        """Run writes that wait behind each other in one SQLite transaction, a savepoint each.

        A commit waits for the disk; shared, it costs each of them a part. Nobody hears of a
        result before the commit, and a write that fails takes back only its own savepoint.
        """
        started = self.clock.monotonic()
        try:
            with self._writes_on.connect() as connection, connection.begin():
                while group.run_next(connection):
                    if self.clock.monotonic() - started < _LONGEST_GROUP_S:
                        group.take_more()
        except BaseException as error:  # noqa: BLE001 - the commit failed for all of them
            group.failed(error)
        else:
            group.committed()
