"""T1 and T4 from two processes of Python against one PostgreSQL database."""

from collections.abc import Awaitable, Callable

import pytest

from bot.config import Config
from bot.db.store import Store
from tests.faults import test_races as races
from tests.faults.offer_trials import t4
from tests.faults.racing import Runner
from tests.faults.two_processes import TwoProcesses
from tests.features.posts.scene import Scene

Trial = Callable[[Scene, Runner], Awaitable[list[str]]]


@pytest.mark.fault
@pytest.mark.postgres
@pytest.mark.parametrize("trial", [races.t1, t4])
async def test_it_holds_from_two_processes(
    postgres_store: Store, campaign: Config, trial: Trial
) -> None:
    scene = Scene(postgres_store, campaign)
    assert await trial(scene, TwoProcesses(postgres_store)) == []
