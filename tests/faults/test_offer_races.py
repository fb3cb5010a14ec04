"""Races for offers, and in opposite orders: T3, T4, T5, on both databases, with controls."""

from collections.abc import Awaitable, Callable, Iterable
from itertools import count

import pytest

from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.posts import access, leaving, line, signing
from bot.features.posts.models import Post
from tests.faults.late import LateRunner
from tests.faults.offer_trials import t3, t4, t5
from tests.faults.racing import (
    CarelessRunner,
    Runner,
    count_naively,
    drop_last_line,
    without_locks,
)
from tests.features.posts.scene import Scene

Trial = Callable[[Scene, Runner], Awaitable[list[str]]]


@pytest.mark.parametrize("trial", [t3, t4, t5])
async def test_it_holds(scene: Scene, trial: Trial) -> None:
    assert await trial(scene, Runner(scene.store)) == []


@pytest.fixture
def naive_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count as most programs do."""
    let_counts_be_naive(monkeypatch)


def let_counts_be_naive(patch: pytest.MonkeyPatch) -> None:
    """Let the database not add: it locks a row that it adds to, which is a guard of its own."""
    for module in (leaving, line):
        patch.setattr(module, "count", count_naively)


@pytest.mark.postgres
@pytest.mark.usefixtures("naive_counts")
@pytest.mark.parametrize("trial", [t4, t5])
async def test_it_fails_on_postgres_without_row_locks(postgres_scene: Scene, trial: Trial) -> None:
    drop_last_line(postgres_scene.store)
    with without_locks(postgres_scene.store):
        assert await trial(postgres_scene, LateRunner(postgres_scene.store))


@pytest.mark.usefixtures("naive_counts")
@pytest.mark.parametrize("trial", [t3, t4, t5])
async def test_it_fails_on_sqlite_without_the_one_writer(
    store: Store, campaign: Config, careless: CarelessRunner, trial: Trial
) -> None:
    assert await trial(Scene(store, campaign), careless)


@pytest.mark.postgres
async def test_t3_deadlocks_on_postgres_where_locks_have_no_order(
    postgres_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_locks_have_no_order(monkeypatch)
    assert await t3(postgres_scene, Runner(postgres_scene.store))


def let_locks_have_no_order(patch: pytest.MonkeyPatch) -> None:
    """Lock posts in their order and against it by turns, and never try again."""
    turns = count()

    def now_so_now_so(work: Work, post_ids: Iterable[int]) -> dict[int, Post]:
        ordered = sorted(set(post_ids), reverse=next(turns) % 2 == 0)
        return {post_id: access.lock_post(work, post_id) for post_id in ordered}

    patch.setattr(signing, "lock_posts", now_so_now_so)
    patch.setattr("bot.db.store._MOST_TRIES", 1)
