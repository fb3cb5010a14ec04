"""A year of reminders and digests, lived by copies of the bot that die in the middle of things.

The jobs are the bot's own, on a real database; only Telegram is left out: what is counted is what
is in the outbox. A copy that is killed loses the transaction that it was in and what it had in
memory, as after a signal 9, and another begins in its place.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.chat.ticking import Ticker
from bot.config import Config
from bot.db.store import Store
from bot.db.work import View
from bot.features.outbox.models import OutboxRow
from bot.features.runs.models import JobRun
from jobs import JOBS
from tests.support.clock import SetClock

HOURS = (9, 20)
"""When the bot looks at the clock: at the hour of digests and reminders, and late in the day."""
_KINDS = frozenset({"reminders", "digest"})
YEAR_DAYS = 366


class Killed(BaseException):
    """The process ended here."""


def moments(start: datetime, seed: int, *, days: int = YEAR_DAYS) -> Iterator[datetime]:
    """Yield the moments of some days, of a year of them, at which the bot runs.

    There are days without any, and the clock is set back now and then, by up to 30 hours.
    """
    chance = random.Random(seed)
    down_until = 0
    for day in range(days):
        if chance.random() < 1 / 60:
            down_until = day + chance.randint(1, 9)
        if day < down_until:
            continue
        for hour in HOURS:
            at = start.replace(hour=hour, minute=0) + timedelta(days=day)
            yield at
            if chance.random() < 1 / 40:
                yield at - timedelta(minutes=chance.randint(1, 1800))
                yield at


@dataclass
class Copies:
    """Copies of the bot on one database and one clock; with `deaths`, how likely each effect is
    to be the last of its copy."""

    stores: Sequence[Store]
    clock: SetClock
    config: Config
    deaths: float = 0.0
    seed: int = 0
    died: int = 0
    _chance: random.Random = field(init=False)
    _alive: dict[int, Ticker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def live(self, at: Iterable[datetime], before: Callable[[datetime], None]) -> None:
        """Let all copies look at the clock at each of these moments, side by side.

        `before` is what people do meanwhile; it is called at each moment before the bot looks.
        """
        for moment in at:
            self.clock.at = moment
            before(moment)
            await asyncio.gather(*(self._tick(number) for number in range(len(self.stores))))

    async def _tick(self, number: int) -> None:
        """Tick until a whole tick is survived."""
        while True:
            try:
                await self._alive.setdefault(number, self._born(number)).tick()
            except Killed:
                self.died += 1
                del self._alive[number]
            else:
                return

    def _born(self, number: int) -> Ticker:
        return Ticker(
            store=self.stores[number],
            config=self.config,
            jobs=[self._mortal(job) for job in JOBS if job.name in _KINDS],
            desk=lambda work: Desk(work, self.config, "test_bot"),
            wake=lambda: None,
        )

    def _mortal(self, job: Job) -> Job:
        def carry_out(desk: Desk, effect: Any) -> None:
            if self._dies():
                raise Killed
            job.carry_out(desk, effect)
            if self._dies():
                raise Killed

        return replace(job, carry_out=carry_out)

    def _dies(self) -> bool:
        return self._chance.random() < self.deaths


Noted = tuple[str, str, str, str, str | None, datetime]
Written = tuple[int | None, str, datetime]


def effects(store: Store) -> tuple[set[Noted], list[Written]]:
    """Return every effect that is noted, and every message with its person, key and moment."""

    def read(view: View) -> tuple[set[Noted], list[Written]]:
        runs = view.session.scalars(select(JobRun))
        rows = view.session.scalars(select(OutboxRow).order_by(OutboxRow.dedupe_key))
        return (
            {(one.kind, one.scope, one.period_key, one.state, one.reason, one.at) for one in runs},
            [(row.person_id, row.dedupe_key, row.created_at) for row in rows],
        )

    return store.read_now(read)
