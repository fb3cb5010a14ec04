"""The same writes from two processes of Python at once, against one PostgreSQL database."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.features.models import MODEL_MODULES
from tests.faults.racing import Outcome, Runner, Write
from tests.support.clock import SetClock

_PATIENCE_S = 180


class TwoProcesses(Runner):
    """Gives every other write to a second process, and begins both shares together.

    Facts are told to nobody: what was offered is read from the line.
    """

    async def all_at_once(self, writes: Sequence[Write]) -> Outcome:
        """Begin all `writes` in both processes and wait for them."""
        return await asyncio.to_thread(self._race, writes)

    def _race(self, writes: Sequence[Write]) -> Outcome:
        context = multiprocessing.get_context("spawn")
        ready = context.Barrier(2)
        ends, children = [], []
        for share in (writes[::2], writes[1::2]):
            here, there = context.Pipe()
            now = self.store.clock.now()
            child = context.Process(
                target=_work, args=(self.store.url, now, list(share), ready, there)
            )
            child.start()
            ends.append(here)
            children.append(child)
        ended: list[Any] = []
        for here in ends:
            if not here.poll(_PATIENCE_S):
                raise TimeoutError("a process did not end")
            ended += [_read(one) for one in here.recv()]
        for child in children:
            child.join(_PATIENCE_S)
        return Outcome.of(ended)


def _work(
    url: str, now: datetime, writes: Sequence[Write], ready: Any, answers: Connection
) -> None:
    """Do one share of the writes; runs in a process of its own."""
    assert MODEL_MODULES
    store = Store(url, clock=SetClock(now), tell=lambda work: work.facts.clear())

    async def race() -> list[Any]:
        await store.read(lambda view: view.now)
        await asyncio.to_thread(ready.wait, _PATIENCE_S)
        return await asyncio.gather(*map(store.write, writes), return_exceptions=True)

    ended = asyncio.run(race())
    store.close_now()
    answers.send([_written(one) for one in ended])


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
