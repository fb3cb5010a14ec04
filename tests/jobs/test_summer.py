"""A summer of reminders against an oracle: hourly, at random, across restarts, by two copies."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.db.store import Store
from bot.features.deadlines import reminding
from bot.features.runs import service as runs
from jobs.reminders import job
from tests.jobs.summer import Cast, cast, expected
from tests.jobs.ticking import Ticking, shanghai, told
from tests.support.clock import SetClock
from tests.support.fixtures import open_store

BEGIN, END = shanghai("06-03T09:00"), shanghai("09-30T23:00")
HOURLY = [BEGIN + timedelta(hours=number) for number in range(24 * 40)]


def play(cast_: Cast, ticking: Ticking, clock: SetClock, ticks: list[datetime]) -> None:
    """Move the clock from tick to tick; what is filed between two of them is filed first."""
    for now in ticks:
        clock.at = now
        cast_.file_until(now, ticking.store, ticking.config)
        ticking.tick()


def test_hourly_ticks_remind_exactly_whom_the_rules_name(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    people = cast(store, campaign)
    play(people, Ticking(store, campaign, job), clock, HOURLY)
    assert told(store, campaign, people.names) == expected(HOURLY)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_ticks_with_days_of_downtime_remind_of_the_latest_step_only(
    store: Store, campaign: Config, clock: SetClock, seed: int
) -> None:
    chance = random.Random(seed)
    ticks = [BEGIN]
    while ticks[-1] < END:
        pause = timedelta(days=chance.randint(1, 9)) if chance.random() < 0.1 else timedelta(0)
        ticks.append(ticks[-1] + pause + timedelta(minutes=chance.randint(1, 900)))
    ticks[-1] = END
    people = cast(store, campaign)
    play(people, Ticking(store, campaign, job), clock, ticks)
    assert told(store, campaign, people.names) == expected(ticks)


def test_a_bot_that_dies_between_its_effects_goes_on_where_it_was(
    tmp_path: Path, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "_UNITS_AT_ONCE", 1)  # as many effects as there can be
    chance = random.Random(4)
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    ticks = [BEGIN + timedelta(hours=12 * number) for number in range(80)]
    names: dict[int, str] = {}
    people: Cast | None = None
    for now in ticks:
        clock.at = now
        for store in open_store(url, campaign, clock):
            people = people or cast(store, campaign)
            names = people.names
            people.file_until(now, store, campaign)
            while Ticking(store, campaign, job).tick(most=chance.randint(0, 3)):
                pass
    for store in open_store(url, campaign, clock):
        assert told(store, campaign, names) == expected(ticks)


def test_without_claims_the_same_reminder_comes_again(
    store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "claim", lambda *_, **__: True)
    people = cast(store, campaign)
    ticks = HOURLY[: 24 * 9]
    play(people, Ticking(store, campaign, job), clock, ticks)
    doubles = told(store, campaign, people.names) - expected(ticks)
    assert doubles["丙", shanghai("06-05T09:00").date(), frozenset({"区教育局 创建宣传方案"})] == 1


@pytest.mark.postgres
def test_two_copies_at_the_same_moment_remind_once(
    postgres_tables: str, campaign: Config, clock: SetClock
) -> None:
    ticks = [BEGIN + timedelta(days=number) for number in range(45)]
    copies = [open_store(postgres_tables, campaign, clock) for _ in range(2)]
    stores = [next(copy) for copy in copies]
    people = cast(stores[0], campaign)
    for now in ticks:
        clock.at = now
        people.file_until(now, stores[0], campaign)
        race([Ticking(store, campaign, job) for store in stores])
    assert told(stores[0], campaign, people.names) == expected(ticks)
    for copy in copies:
        assert next(copy, None) is None


def race(copies: list[Ticking]) -> None:
    """Let all copies find out what is due before any of them carries it out."""
    start = threading.Barrier(len(copies))
    with ThreadPoolExecutor(len(copies)) as threads:
        for running in [threads.submit(copy.tick, start=start) for copy in copies]:
            running.result()
