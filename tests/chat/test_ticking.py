"""What the clock sets off: all pages of a job at one tick, and no endless one."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.chat.ticking import Ticker
from bot.config import Config
from bot.core.tasks import Tasks
from bot.db.store import Store
from bot.db.work import View
from tests.support.bot import running


@dataclass
class Pages:
    """A job that tells two effects at a time; `stuck` carries out nothing."""

    left: list[int] = field(default_factory=lambda: [1, 2, 3, 4, 5])
    done: list[int] = field(default_factory=list)
    stuck: bool = False

    def due(self, view: View, config: Config) -> Sequence[int]:
        return self.left[:2]

    def carry_out(self, desk: Desk, effect: int) -> None:
        self.done.append(effect)
        if not self.stuck:
            self.left.remove(effect)


def ticker(store: Store, config: Config, job: Job) -> Ticker:
    return Ticker(store, config, [job], lambda work: Desk(work, config, "bot"), lambda: None)


@pytest.mark.parametrize(("paged", "done"), [(True, [1, 2, 3, 4, 5]), (False, [1, 2])])
async def test_a_paged_job_is_asked_until_nothing_is_left(
    store: Store, campaign: Config, paged: bool, done: list[int]
) -> None:
    pages = Pages()
    await ticker(store, campaign, Job("pages", pages.due, pages.carry_out, paged=paged)).tick()
    assert pages.done == done


async def test_a_paged_job_that_gets_nowhere_ends_and_is_tried_at_the_next_tick(
    store: Store, campaign: Config, caplog: pytest.LogCaptureFixture
) -> None:
    pages = Pages(stuck=True)
    ticking = ticker(store, campaign, Job("pages", pages.due, pages.carry_out, paged=True))
    await ticking.tick()
    assert pages.done == [1, 2]
    assert "job pages failed" in caplog.text
    pages.stuck = False
    await ticking.tick()
    assert pages.left == []


async def test_while_the_database_is_away_the_log_says_so_once_and_no_job_is_tried_in_vain(
    store: Store,
    campaign: Config,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = Pages(), Pages()
    jobs = [Job("pages", one.due, one.carry_out, every_tick=True) for one in (first, second)]
    ticking = Ticker(store, campaign, jobs, lambda work: Desk(work, campaign, "bot"), lambda: None)
    asked = []

    async def away(_: object) -> None:
        asked.append("again")
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(store, "read", away)
        for _ in range(3):
            await ticking.tick()
    assert len(asked) == 3 * len(["the first job", "whether the database answers"])
    said = "the database does not answer, what is due waits: ConnectionError"
    assert [record.getMessage() for record in caplog.records] == [said]
    await ticking.tick()
    assert (first.done, second.done) == ([1, 2], [1, 2])
    assert caplog.records[-1].getMessage() == "the database answers again"


async def test_a_job_that_fails_once_the_database_is_back_keeps_no_other_from_running(
    store: Store, campaign: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Pages(), Pages()

    def broken(*_: object) -> None:
        raise ValueError

    jobs = [
        Job("broken", first.due, broken, every_tick=True),
        Job("pages", second.due, second.carry_out, every_tick=True),
    ]
    ticking = Ticker(store, campaign, jobs, lambda work: Desk(work, campaign, "bot"), lambda: None)

    async def away(_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(store, "read", away)
        await ticking.tick()
    await ticking.tick()
    assert second.done == [1, 2]


async def test_who_waits_for_a_tick_has_all_that_is_due_when_it_ends(
    store: Store, campaign: Config
) -> None:
    pages = Pages()
    begun, go_on = threading.Event(), threading.Event()

    def slow(desk: Desk, effect: int) -> None:
        begun.set()
        assert go_on.wait(60)
        pages.carry_out(desk, effect)

    ticking = ticker(store, campaign, Job("pages", pages.due, slow, every_tick=True))
    tasks = Tasks()
    first = tasks.start(ticking.tick(), name="first")
    assert await asyncio.to_thread(begun.wait, 60)
    await ticking.tick()
    assert pages.done == [], "one more tick beside it does nothing"
    second = tasks.start(ticking.tick_through(), name="second")
    go_on.set()
    await asyncio.gather(first, second)
    assert pages.done == [1, 2, 3, 4]


@dataclass
class Slow:
    """Pages whose first effect takes until `go_on` is set."""

    pages: Pages = field(default_factory=Pages)
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def carry_out(self, desk: Desk, effect: int) -> None:
        self.begun.set()
        assert self.go_on.wait(60)
        self.pages.carry_out(desk, effect)

    @property
    def job(self) -> Job:
        """Return the job, all pages of it at one tick."""
        return Job("pages", self.pages.due, self.carry_out, every_tick=True, paged=True)


async def test_a_stop_lets_what_is_being_carried_out_end_and_begins_nothing_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Slow()
    async with running(tmp_path, jobs=[slow.job]):
        assert await asyncio.to_thread(slow.begun.wait, 60)
        asyncio.get_running_loop().call_later(0.2, slow.go_on.set)
    assert slow.pages.done == [1]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_tick_set_off_at_the_moment_of_the_stop_does_nothing(
    store: Store, campaign: Config
) -> None:
    pages, tasks = Pages(), Tasks()
    ticking = ticker(store, campaign, Job("pages", pages.due, pages.carry_out, every_tick=True))
    late = tasks.start(ticking.tick(), name="late")
    assert await ticking.stop(timeout_s=60)
    assert (late.done(), pages.done) == (True, [])


async def test_a_stop_does_not_wait_for_ever_for_what_is_being_carried_out(
    store: Store, campaign: Config
) -> None:
    slow, tasks = Slow(), Tasks()
    ticking = ticker(store, campaign, slow.job)
    tick = tasks.start(ticking.tick(), name="tick")
    assert await asyncio.to_thread(slow.begun.wait, 60)
    assert not await ticking.stop(timeout_s=0.05)
    slow.go_on.set()
    await tick
