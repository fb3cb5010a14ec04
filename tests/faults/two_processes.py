"""The same writes from two processes of Python at once, against one PostgreSQL database."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.features.models import MODEL_MODULES
from tests.faults.late import LateRunner
from tests.faults.racing import Outcome, Runner, Write, without_locks
from tests.support.clock import SetClock

_PATIENCE_S = 180


class TwoProcesses(Runner):
    """Gives every other write to a second process, and lets both begin their shares together.

    The processes live until `close`: to start them takes longer than most trials. Facts are told to
    nobody: what was offered is read from the line.
    """

    def __init__(self, store: Store, *, locks: bool = True) -> None:
        """Start two processes that write into the database of `store`, or without row locks."""
        super().__init__(store)
        context = multiprocessing.get_context("spawn")
        # Kept: the children look for it by its name, which goes with it.
        self._ready = context.Barrier(2)
        self._ends: list[Connection] = []
        self._children = []
        for _ in range(2):
            here, there = context.Pipe()
            child = context.Process(target=_serve, args=(store.url, locks, self._ready, there))
            child.start()
            self._ends.append(here)
            self._children.append(child)

    async def all_at_once(self, writes: Sequence[Write]) -> Outcome:
        """Begin all `writes` in both processes and wait for them."""
        return await asyncio.to_thread(self._race, writes)

    def close(self) -> None:
        """End the processes."""
        for here in self._ends:
            with suppress(OSError):
                here.send(None)
        for child in self._children:
            child.join(_PATIENCE_S)
            if child.is_alive():
                child.kill()

    def _race(self, writes: Sequence[Write]) -> Outcome:
        now = self.store.clock.now()
        for number, here in enumerate(self._ends):
            here.send((now, list(writes[number::2])))
        ended: list[Any] = []
        for here in self._ends:
            if not here.poll(_PATIENCE_S):
                raise TimeoutError("a process did not answer")
            ended += [_read(one) for one in here.recv()]
        return Outcome.of(ended)


def _serve(url: str, locks: bool, ready: Any, orders: Connection) -> None:
    """Do shares of writes until there is no other; runs in a process of its own."""
    assert MODEL_MODULES
    clock = SetClock(datetime.now(tz=UTC))
    store = Store(url, clock=clock, tell=lambda work: work.facts.clear())
    runner = Runner(store) if locks else LateRunner(store)

    async def race(writes: Sequence[Write]) -> list[Any]:
        await store.read(lambda view: view.now)
        await asyncio.to_thread(ready.wait, _PATIENCE_S)
        return await runner.results(writes)

    async def serve() -> None:
        while (order := await asyncio.to_thread(orders.recv)) is not None:
            clock.at, writes = order
            orders.send([_written(one) for one in await race(writes)])

    with nullcontext() if locks else without_locks(store):
        asyncio.run(serve())
    store.close_now()


def _written(one: Any) -> tuple[str, Any]:
    """Return what can be sent: errors of rules cannot be made again from what pickle keeps."""
    if isinstance(one, BusinessError):
        return "refused", type(one)
    if isinstance(one, BaseException):
        return "broken", f"{type(one).__name__}: {one}"
    return "done", one


def _read(sent: tuple[str, Any]) -> Any:
    how, what = sent
    if how == "refused":
        return what.__new__(what)
    return RuntimeError(what) if how == "broken" else what
