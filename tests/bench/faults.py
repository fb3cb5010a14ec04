"""The faults of a notice at full size: one line each, with what broke without the guard.

`BENCH_FAULTS_PEOPLE` (3000), `BENCH_FAULTS_KILLS` (20) and `BENCH_FAULTS_RUNS` (1) set the size;
`BENCH_FAULTS` names some, with commas between. The limits are lifted: what is tried is the way of
each message, not its speed. A control is run once, at a size of its own. The database's fault is
only where PostgreSQL starts.
"""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.lines import line
from tests.faults.fault_table import FULL, SMALL, Fault, Run, faults
from tests.faults.noticed import Found

_CONTROL = replace(SMALL, people=200, kills=2)
_PEOPLE_A_REFUSAL = FULL.people // FULL.refusals


def measure(postgres_url: Callable[[], str] | None) -> None:
    """Run the table."""
    size = replace(
        FULL,
        people=int(os.environ.get("BENCH_FAULTS_PEOPLE", FULL.people)),
        kills=int(os.environ.get("BENCH_FAULTS_KILLS", FULL.kills)),
    )
    size = replace(size, refusals=size.people // _PEOPLE_A_REFUSAL, silent=size.people // 100)
    runs = int(os.environ.get("BENCH_FAULTS_RUNS", "1"))
    wanted = os.environ.get("BENCH_FAULTS", "").replace(",", " ").split()
    for fault, small in zip(faults(size), faults(_CONTROL), strict=True):
        skipped = fault.needs_postgres and postgres_url is None
        if not skipped and (not wanted or fault.name in wanted):
            _say(fault, [_run(fault.run) for _ in range(runs)], small)


def _run(run: Run) -> Found:
    with TemporaryDirectory(prefix="bench-") as folder:
        return asyncio.run(_once(run, Path(folder)))


async def _once(run: Run, folder: Path) -> Found:
    return await run(folder)


def _say(fault: Fault, found: list[Found], small: Fault) -> None:
    control = None if small.control is None else _run(small.control)
    line(
        f"fault_{fault.name}",
        sum(one.lost for one in found),
        "lost",
        runs=len(found),
        people=found[0].people,
        repeated=sum(one.repeated for one in found),
        longest_pause_s=round(max(one.longest_pause_s for one in found), 1),
        broke=sorted({name for one in found for name in one.broke}),
        limits="lifted",
        without_its_guard=None if control is None else list(control.broke),
        told=dict(found[-1].more),
    )
