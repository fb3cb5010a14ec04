"""The store: who may write and who may read.

Business code is synchronous and runs in the store's threads. SQLite has one writer thread, so a
transaction never meets another; PostgreSQL has several, kept apart by row locks, and a
transaction that lost is run again. `write` may therefore run its function twice.
"""

import asyncio
import itertools
import queue
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.core.clock import Clock
from bot.db.engine import is_sqlite, read_engine, write_engine
from bot.db.work import View, Work

T = TypeVar("T")

_READ_THREADS = 3
_POSTGRES_THREADS = 4
_MOST_TRIES = 8
_LOST_RACES = {"40001", "40P01"}


class Priority(IntEnum):
    """Which writes go first when several wait."""

    interactive = 0
    normal = 1
    bulk = 2


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    run: Callable[[], Any] = field(compare=False)
    future: "Future[Any]" = field(compare=False)


class Store:
    """Runs transactions. `tell` turns the facts of a transaction into rows before its commit."""

    def __init__(self, url: str, *, clock: Clock, tell: Callable[[Work], None]) -> None:
        """Open the database at `url` (SQLAlchemy's form)."""
        self.url = url
        self.clock = clock
        self._tell = tell
        self._writes_on = write_engine(url)
        self._reads_on = read_engine(url)
        self._readers = ThreadPoolExecutor(_READ_THREADS, thread_name_prefix="store-read")
        self._queue: queue.PriorityQueue[_Job | _Stop] = queue.PriorityQueue()
        self._numbers = itertools.count()
        count = 1 if is_sqlite(url) else _POSTGRES_THREADS
        self._writers = [
            threading.Thread(target=self._work_off, name=f"store-write-{n}", daemon=True)
            for n in range(count)
        ]
        for writer in self._writers:
            writer.start()

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
        job = _Job(priority, next(self._numbers), lambda: self.write_now(fn), future)
        self._queue.put(job)
        return await asyncio.wrap_future(future)

    async def read(self, fn: Callable[[View], T]) -> T:
        """Run `fn` in a transaction that cannot write and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self.read_now, fn)

    def write_now(self, fn: Callable[[Work], T]) -> T:
        """Do what `write` does in the calling thread: for the writer threads and short commands."""
        for last in (*[False] * (_MOST_TRIES - 1), True):
            try:
                return self._once(fn)
            except OperationalError as error:
                if last or getattr(error.orig, "sqlstate", None) not in _LOST_RACES:
                    raise
                threading.Event().wait(random.uniform(0.002, 0.03))  # noqa: S311 - jitter
        raise AssertionError

    def _once(self, fn: Callable[[Work], T]) -> T:
        with Session(self._writes_on, expire_on_commit=False) as session, session.begin():
            work = Work(session, self.clock.now(), self.clock.real_now())
            result = fn(work)
            self._tell(work)
            return result

    def read_now(self, fn: Callable[[View], T]) -> T:
        """Do what `read` does in the calling thread."""
        with Session(self._reads_on, expire_on_commit=False) as session, session.begin():
            return fn(View(session, self.clock.now(), self.clock.real_now()))

    def _work_off(self) -> None:
        while not isinstance(job := self._queue.get(), _Stop):
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                result = job.run()
            except BaseException as error:  # noqa: BLE001 - it is the caller's to handle
                job.future.set_exception(error)
            else:
                job.future.set_result(result)

    async def close(self) -> None:
        """Finish what is queued, then close the database."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Do what `close` does in the calling thread."""
        for _ in self._writers:
            self._queue.put(_Stop(Priority.bulk + 1, next(self._numbers)))
        for writer in self._writers:
            writer.join()
        self._readers.shutdown()
        self._writes_on.dispose()
        self._reads_on.dispose()


@dataclass(order=True)
class _Stop:
    priority: int
    number: int
