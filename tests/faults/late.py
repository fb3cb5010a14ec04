"""Races whose transactions commit late: whatever can go wrong between two of them does.

Left to chance, two short transactions may end one after the other in every round, and a negative
control then finds nothing although the guard is gone.
"""

import threading
from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.db.store import Store
from bot.db.work import Work
from tests.faults.racing import Runner, Write

_TOGETHER = 4
"""The store's writers on PostgreSQL: no more of its transactions are open at once."""
_HELD_S = 0.1
"""The others may wait for a row that is held here, and can never come then."""


class LateRunner(Runner):
    """Keeps each transaction open at its end until others of the race are at theirs."""

    def __init__(self, store: Store) -> None:
        """Write into `store`."""
        super().__init__(store)
        self._meeting = Meeting(1)

    async def results(self, writes: Sequence[Write]) -> list[Any]:
        """Begin all `writes` together; return what each returned or raised."""
        self._meeting = Meeting(min(len(writes), _TOGETHER))
        return await super().results(writes)

    def _write(self, fn: Write) -> Any:
        return super()._write(partial(self._late, fn=fn))

    def _late(self, work: Work, *, fn: Write) -> Any:
        try:
            result = fn(work)
            work.session.flush()
        finally:
            self._meeting.wait()
        return result


class Meeting:
    """Where threads wait until `wanted` of them are there, though not for long."""

    def __init__(self, wanted: int) -> None:
        """Let `wanted` threads go on together."""
        self._wanted = wanted
        self._here = self._turn = 0
        self._come = threading.Condition()

    def wait(self) -> None:
        """Go on with the others, or alone after a moment."""
        with self._come:
            turn, self._here = self._turn, self._here + 1
            if self._here < self._wanted:
                self._come.wait_for(lambda: self._turn != turn, _HELD_S)
            if self._turn == turn:
                # All are here, or nobody else comes: whoever waits goes on.
                self._turn, self._here = turn + 1, 0
                self._come.notify_all()
