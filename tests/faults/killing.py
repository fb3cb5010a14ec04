"""Killing the bot in the middle of its work, and looking at what it left behind."""

import asyncio
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.sandbox.client import SimCall
from tests.support.process import BotProcess

LONGEST_S = 60.0
_LOOK_EVERY_S = 0.002
_LONGEST_DELAY_S = 0.03

Hand = tuple[int, str]
"""A row of the outbox, and who had it in hand."""


@dataclass(frozen=True)
class Wreck:
    """What a killed process left: `hands` are the outbox rows whose outcome it never recorded.

    What those before it left so, and nobody has taken up again, is not among them. `unsent` are those that waited, `unsettled` the updates in its inbox that were not done,
    `unread` those that it had not confirmed to Telegram.
    """

    hands: frozenset[Hand]
    unsent: int
    unsettled: int
    unread: int

    @property
    def sending(self) -> int:
        """How many messages were on their way."""
        return len(self.hands)

    @property
    def interrupted(self) -> bool:
        """Whether the process had anything to do when it was killed."""
        return self.sending + self.unsent + self.unsettled + self.unread > 0


@dataclass
class Killer:
    """Kills `process` at moments that `seed` decides, and starts it again."""

    process: BotProcess
    seed: int
    wrecks: list[Wreck] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._before: set[Hand] = set()
        self._random = random.Random(self.seed)

    async def kill_at(self, progress: Callable[[], int], points: Sequence[int]) -> None:
        """Kill and restart a moment after `progress` reaches each of `points`.

        A moment at which there happened to be nothing to do does not count: it is tried again.
        """
        for point in points:
            await until(lambda point=point: progress() >= point)  # type: ignore[misc]
            while not await self._killed():
                pass

    async def _killed(self) -> bool:
        await asyncio.sleep(self._random.uniform(0, _LONGEST_DELAY_S))
        await self.process.kill()
        wreck = examine(self.process, self._before)
        self._before |= wreck.hands
        await self.process.start()
        if wreck.interrupted:
            self.wrecks.append(wreck)
        return wreck.interrupted

    @property
    def in_flight(self) -> int:
        """How many messages were on their way at the kills, by the dead database."""
        return sum(wreck.sending for wreck in self.wrecks)


def points_of(seed: int, *, kills: int, of: int) -> list[int]:
    """Return `kills` random points of a progress from 1 to `of`, in order, none near the end."""
    return sorted(random.Random(seed).sample(range(1, of * 9 // 10), kills))


def examine(process: BotProcess, before: Collection[Hand] = ()) -> Wreck:
    """Return what the killed `process` left; `before` is what those before it had in hand."""
    [[unsent, unsettled]] = _left(
        process,
        "SELECT (SELECT count(*) FROM outbox WHERE state = 'pending'),"
        " (SELECT count(*) FROM inbox WHERE state = 'pending')",
    )
    held = _left(process, "SELECT id, lease_owner FROM outbox WHERE state = 'sending'")
    hands = frozenset((row_id, owner) for row_id, owner in held).difference(before)
    return Wreck(hands, unsent, unsettled, len(process.sandbox.world.updates))


def _left(process: BotProcess, query: str) -> list[tuple[Any, ...]]:
    return rows(process.database, query) if process.on_sqlite else look(process, query)


def rows(database: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what `query` finds in a copy of `database`: looking must not repair the wreck."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("", "-wal"):
            file = database.with_name(database.name + ending)
            if file.exists():
                shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            return list(copy.execute(query, values))


def look(process: BotProcess, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what `query` finds in the database of a process that runs.

    `values` take the place of question marks, on SQLite alone.
    """
    if not process.on_sqlite:
        engine = sa.create_engine(process.database_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]
    uri = f"file:{process.database}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as opened:
        return list(opened.execute(query, values))


def count(process: BotProcess, query: str, *values: Any) -> int:
    """Return the one number that `query` finds."""
    [[number]] = look(process, query, *values)
    return int(number)


async def until(holds: Callable[[], object], *, timeout_s: float = LONGEST_S) -> None:
    """Wait until `holds` returns something true; raises TimeoutError."""
    async with asyncio.timeout(timeout_s):
        while True:
            if holds():
                return
            await asyncio.sleep(_LOOK_EVERY_S)


async def accepted(process: BotProcess, *methods: str) -> list[SimCall]:
    """Return the calls of `methods` that Telegram carried out, oldest first."""
    return [call for call in await process.sim.calls() if call.method in methods and call.ok]
