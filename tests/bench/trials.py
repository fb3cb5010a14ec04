"""The trials T1 to T8 (peers.md, section 2) as a table: rounds, what broke, whether controls fail.

The trials are those of `tests/faults`. `BENCH_ROUNDS` is how often each is run; a control, which is
the same trial with its guard taken away, is run once and must break. JSON goes to the standard
output, the table to the standard error.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.bench.lines import line
from tests.faults import test_offer_races as offers
from tests.faults import test_races as races
from tests.faults import test_races_at_the_door as door
from tests.faults.fault_table import SENT_BEFORE
from tests.faults.kills import killed
from tests.faults.late import LateRunner
from tests.faults.noticed import Found
from tests.faults.offer_trials import t3, t4, t5
from tests.faults.racing import CarelessRunner, Runner, drop_last_line, without_locks
from tests.faults.two_processes import TwoProcesses
from tests.features.posts.scene import Scene
from tests.support.bot import running
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import START, open_store

Trial = Callable[[Scene, Runner], Awaitable[list[str]]]
Url = Callable[[], str]

_ROUNDS = 5
_SLOW_ROUNDS = 1
_KILLS = 5
_PEOPLE = 1000
_TRIALS: dict[str, Trial] = {
    "T1": races.t1,
    "T2": races.t2,
    "T3": t3,
    "T4": t4,
    "T5": t5,
    "T6": races.t6,
}
_NAIVE = frozenset({"T3", "T4", "T5"})
"""Those whose control counts as most programs do: what the database adds is a guard of its own."""


@dataclass(frozen=True)
class _Row:
    trial: str
    database: str
    rounds: int
    broke: int
    control_failed: bool | None


def measure(postgres_url: Url | None) -> None:
    """Run all trials and print what came of them; PostgreSQL only where there is one."""
    rows: list[_Row] = []
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        numbers = iter(range(10_000))

        def sqlite_url() -> str:
            return f"sqlite:///{folder / f'{next(numbers)}.db'}"

        for database, url in (("sqlite", sqlite_url), ("postgres", postgres_url)):
            if url is not None:
                for row in _all(database, url, folder):
                    _say(row)
                    rows.append(row)
    _table(rows)


def _all(database: str, url: Url, folder: Path) -> Iterator[_Row]:
    rounds = int(os.environ.get("BENCH_ROUNDS", _ROUNDS))
    for name, trial in _TRIALS.items():
        broke = sum(bool(_raced(url(), trial, Runner)) for _ in range(rounds))
        control = _careless if database == "sqlite" else _unlocked
        yield _Row(name, database, rounds, broke, bool(control(url(), name, trial)))
    if database == "postgres":
        for name in ("T1", "T4"):
            broke = sum(bool(_raced(url(), _TRIALS[name], TwoProcesses)) for _ in range(rounds))
            yield _Row(f"{name}, two processes", database, rounds, broke, None)
    yield _seventh(database, url, folder, rounds)
    yield _eighth(database, url, folder)


def _raced(url: str, trial: Trial, runner: Callable[..., Runner]) -> list[str]:
    with _scene(url) as scene, closing(runner(scene.store)) as raced:
        return asyncio.run(_run(trial, scene, raced))


def _careless(url: str, name: str, trial: Trial) -> list[str]:
    """Race without the one writer."""
    with _scene(url) as scene, pytest.MonkeyPatch.context() as patch:
        if name in _NAIVE:
            offers.let_counts_be_naive(patch)
        with closing(CarelessRunner(scene.store)) as runner:
            return asyncio.run(_run(trial, scene, runner))


def _unlocked(url: str, name: str, trial: Trial) -> list[str]:
    """Race without row locks; T3 without their order."""
    with _scene(url) as scene, pytest.MonkeyPatch.context() as patch:
        if name == "T3":
            offers.let_locks_have_no_order(patch)
            return asyncio.run(_run(trial, scene, Runner(scene.store)))
        if name in _NAIVE:
            offers.let_counts_be_naive(patch)
            drop_last_line(scene.store)
        with without_locks(scene.store):
            return asyncio.run(_run(trial, scene, LateRunner(scene.store)))


async def _run(trial: Trial, scene: Scene, runner: Runner) -> list[str]:
    return await trial(scene, runner)


def _seventh(database: str, url: Url, folder: Path, rounds: int) -> _Row:
    """Deliver one tap twice to a running bot."""

    def once() -> list[str]:
        with TemporaryDirectory(dir=folder) as own:
            used = None if database == "sqlite" else url()
            return asyncio.run(_at_the_door(Path(own), used))

    broke = sum(bool(once()) for _ in range(rounds))
    with pytest.MonkeyPatch.context() as patch:
        door.forget_numbers(patch)
        return _Row("T7", database, rounds, broke, bool(once()))


async def _at_the_door(folder: Path, url: str | None) -> list[str]:
    async with running(folder, database_url=url) as bot:
        return await door.t7(bot)


def _eighth(database: str, url: Url, folder: Path) -> _Row:
    """Kill the process while a notice goes out; a bot that notes too early leaves chats out."""

    def once(**given: Any) -> Found:
        with TemporaryDirectory(dir=folder) as own:
            used = "" if database == "sqlite" else url()
            return asyncio.run(killed(Path(own), people=_PEOPLE, database_url=used, **given))

    broke = sum(bool(once(kills=_KILLS).broke) for _ in range(_SLOW_ROUNDS))
    control = once(kills=2, entry=SENT_BEFORE)
    return _Row("T8", database, _SLOW_ROUNDS, broke, bool(control.broke))


@contextmanager
def _scene(url: str) -> Iterator[Scene]:
    config = make_config()
    with contextmanager(open_store)(url, config, SetClock(START)) as store:
        yield Scene(store, config)


def _say(row: _Row) -> None:
    line(
        f"{row.trial} {row.database}",
        row.broke,
        "rounds that broke",
        rounds=row.rounds,
        control_failed=row.control_failed,
    )


def _table(rows: list[_Row]) -> None:
    control = {True: "failed, as it must", False: "DID NOT FAIL", None: "–"}
    lines = [
        "| trial | database | rounds | broke | control |",
        "|---|---|---|---|---|",
        *(
            f"| {row.trial} | {row.database} | {row.rounds} | {row.broke}"
            f" | {control[row.control_failed]} |"
            for row in rows
        ),
    ]
    sys.stderr.write("\n".join(lines) + "\n")
