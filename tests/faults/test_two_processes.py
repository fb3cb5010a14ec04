"""T1 to T6 from two processes of Python against one PostgreSQL database, with a control."""

from collections.abc import Awaitable, Callable
from contextlib import closing

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.faults import test_races as races
from tests.faults.offer_trials import t3, t4, t5
from tests.faults.racing import Runner
from tests.faults.two_processes import TwoProcesses
from tests.features.posts.scene import Scene

Trial = Callable[[Scene, Runner], Awaitable[list[str]]]
TRIALS: list[Trial] = [races.t1, races.t2, t3, t4, t5, races.t6]

pytestmark = [pytest.mark.fault, pytest.mark.postgres]


async def test_trials_hold_from_two_processes(postgres_store: Store, campaign: Config) -> None:
    """One pair of processes runs them all, each with posts and people of its own."""
    scene = Scene(postgres_store, campaign)
    with closing(TwoProcesses(postgres_store)) as runner:
        found = {trial.__name__: await trial(scene, runner) for trial in TRIALS}
    assert found == {trial.__name__: [] for trial in TRIALS}


async def test_they_fail_from_two_processes_without_row_locks(
    postgres_store: Store, campaign: Config
) -> None:
    scene = Scene(postgres_store, campaign)
    with closing(TwoProcesses(postgres_store, locks=False)) as runner:
        assert await races.t1(scene, runner)
        assert await races.t2(scene, runner)
