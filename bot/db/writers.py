"""The threads that write, and the order in which they take what waits."""

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection


class Priority(IntEnum):
    """Which writes go first when several wait."""

    interactive = 0
    normal = 1
    bulk = 2


_LAST = Priority.bulk + 1


@dataclass(order=True)
class Job:
    """One write that waits: `run` does it, in a transaction of its own or on a connection."""

    priority: int
    number: int
    run: Callable[[Connection | None], Any] = field(compare=False)
    future: "Future[Any]" = field(compare=False)

    def outcome(self, on: Connection | None) -> Callable[[], None]:
        """Run now and return what tells the caller, to be called once it is committed."""
        try:
            result = self.run(on)
        except BaseException as error:  # noqa: BLE001 - it is the caller's to handle
            failure = error
            return lambda: self.future.set_exception(failure)
        return lambda: self.future.set_result(result)


class Group:
    """Writes that share a transaction, taken from the queue while it is open."""

    def __init__(self, first: Job, take: Callable[[], Job | None]) -> None:
        """Begin with `first`; `take` gives the next one that may join, None for none."""
        self._take = take
        self._next: Job | None = first
        self._jobs: list[Job] = []
        self._settle: list[Callable[[], None]] = []

    def run_next(self, on: Connection) -> bool:
        """Run the next write in a savepoint of `on`; False when none is left."""
        job = self._next
        if job is None:
            return False
        self._jobs.append(job)
        self._settle.append(job.outcome(on))
        self._next = None
        return True

    def take_more(self) -> None:
        """Let one more write join, if one waits."""
        self._next = self._take()

    def committed(self) -> None:
        """Tell each caller what became of their write."""
        for settle in self._settle:
            settle()

    def failed(self, error: BaseException) -> None:
        """Tell each caller that nothing was written."""
        for job in [*self._jobs, *([self._next] if self._next else [])]:
            job.future.set_exception(error)


class Writers:
    """Takes writes by priority and, within one, in the order in which they came."""

    def __init__(self, *, threads: int, run_group: Callable[[Group], None] | None) -> None:
        """Work with `threads`; `run_group` runs a job with those behind it in one transaction."""
        self._run_group = run_group
        self._queue: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._threads = [
            threading.Thread(target=self._work_off, name=f"store-write-{n}", daemon=True)
            for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def put(
        self, priority: Priority, run: Callable[[Connection | None], Any], future: "Future[Any]"
    ) -> None:
        """Let `run` be done; its result or failure goes into `future`."""
        self._queue.put(Job(priority, next(self._numbers), run, future))

    def close(self) -> None:
        """Finish what waits and end the threads."""
        for _ in self._threads:
            self._queue.put(Job(_LAST, next(self._numbers), _nothing, Future()))
        for thread in self._threads:
            thread.join()

    def _work_off(self) -> None:
        while (job := self._queue.get()).priority != _LAST:
            if not job.future.set_running_or_notify_cancel():
                continue
            if self._run_group is None or job.priority == Priority.bulk:
                job.outcome(None)()
            else:
                self._run_group(Group(job, self._joining))

    def _joining(self) -> Job | None:
        """Return the next write that may share a transaction: long ones go by themselves."""
        try:
            job = self._queue.get_nowait()
        except queue.Empty:
            return None
        if job.priority >= Priority.bulk:
            # Its number keeps its place in the line.
            self._queue.put(job)
            return None
        return job if job.future.set_running_or_notify_cancel() else self._joining()


def _nothing(_: Connection | None) -> None:
    """Do nothing: the job that ends a thread."""
