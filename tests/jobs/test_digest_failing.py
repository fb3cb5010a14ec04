"""A digest that cannot be written: it costs nobody else's, is tried again, and is reported."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.chat.cards.digests import sending as message
from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.chat.ticking import Ticker
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.digests.failing import FIRST_WAIT, LONGEST_WAIT, UNWRITTEN
from bot.features.digests.sending import TOGETHER
from bot.features.digests.weeks import LATE_HOURS, Week
from bot.features.outbox.models import Lane
from bot.features.people.actor import Actor
from bot.features.runs import service as runs
from bot.features.runs.models import JobRun, RunState
from jobs import digest, moved
from tests.features.posts.scene import Scene
from tests.features.rehearsal.moves import planned
from tests.jobs.ticking import messages, shanghai
from tests.support.clock import SetClock

MONDAY = shanghai("06-17T09:00")
SECRET = "正文不外传"


class Pen:
    """Writes digests: note something, then say little; `broken` raises for those people."""

    def __init__(self) -> None:
        self.broken: set[int] = set()
        self.tried: list[int] = []

    def __call__(self, desk: Desk, actor: Actor, week: Week) -> Screen:
        self.tried.append(actor.person_id)
        runs.claim(desk.work, "hint", f"person:{actor.person_id}", week.key)
        if actor.person_id in self.broken:
            raise RuntimeError(SECRET)
        return Screen(T("digests.show"))


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> Pen:
    made = Pen()
    monkeypatch.setattr(message, "weekly_digest", made)
    return made


@pytest.fixture
def ticker(scene: Scene) -> Ticker:
    def desk(work: Work) -> Desk:
        return Desk(work, scene.config, "test_bot")

    return Ticker(scene.store, scene.config, [moved.job, digest.job], desk, lambda: None)


def got(scene: Scene) -> list[int]:
    return [row.person_id or 0 for row in messages(scene.store, Lane.digest)]


def noted(scene: Scene, kind: str, person: Actor) -> JobRun | None:
    return scene.read(
        lambda view: view.session.scalar(
            select(JobRun).where(JobRun.kind == kind, JobRun.scope == f"person:{person.person_id}")
        )
    )


def retried_at(scene: Scene, person: Actor) -> datetime | None:
    row = noted(scene, "digest", person)
    assert row is not None
    return row.put_off_until


async def test_one_that_cannot_be_written_costs_nobody_else_and_is_tried_again(
    scene: Scene, ticker: Ticker, pen: Pen, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    people = scene.people(2 * TOGETHER)
    bad, others = people[1], [one.person_id for one in people if one is not people[1]]
    pen.broken = {bad.person_id}
    clock.at = MONDAY
    await ticker.tick()
    assert sorted(got(scene)) == others, "in the same tick, those of its own transaction as well"
    assert noted(scene, "hint", bad) is None, "what it noted is taken back with it"
    assert f"digest of person {bad.person_id}" in caplog.text
    assert SECRET not in caplog.text
    assert retried_at(scene, bad) == MONDAY + FIRST_WAIT
    assert planned(scene, "digest", bad, days=1) == [MONDAY + FIRST_WAIT]

    tries = len(pen.tried)
    for _ in range(3):
        clock.move(seconds=61)
        await ticker.tick()
    assert len(pen.tried) == tries, "not at every tick"

    pen.broken = set()
    clock.at = MONDAY + FIRST_WAIT
    await ticker.tick()
    clock.move(minutes=1)
    await ticker.tick()
    assert sorted(got(scene)) == sorted(one.person_id for one in people), "each of them once"


async def test_tries_grow_rare_and_end_with_the_day_in_a_row_that_says_why(
    scene: Scene, ticker: Ticker, pen: Pen, clock: SetClock
) -> None:
    bad = scene.person()
    pen.broken = {bad.person_id}
    clock.at = MONDAY
    await ticker.tick()
    moments = [clock.at]
    while (again := retried_at(scene, bad)) is not None:
        assert FIRST_WAIT <= again - clock.at <= LONGEST_WAIT
        clock.at = again
        await ticker.tick()
        moments.append(again)
    assert 5 < len(moments) < 30
    assert moments[-1] < MONDAY + timedelta(hours=LATE_HOURS)
    row = noted(scene, "digest", bad)
    assert row is not None
    assert (row.state, row.reason) == (RunState.too_late, UNWRITTEN)
    clock.at = MONDAY + timedelta(days=7)
    pen.broken = set()
    await ticker.tick()
    assert got(scene) == [bad.person_id], "the next week is another"


async def test_the_admins_hear_of_it_once_a_minute_in_numbers(
    scene: Scene, ticker: Ticker, pen: Pen, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "real_now", clock.now)
    admin, *people = scene.person("", Role.admin), *scene.people(2 * TOGETHER)
    pen.broken = {one.person_id for one in people}
    clock.at = MONDAY
    await ticker.tick()
    [row] = messages(scene.store, Lane.alarm)
    assert row.person_id == admin.person_id
    assert row.payload["html"] == (
        f"⚠ 每周摘要没写成，用户 {people[0].person_id}；别人的照发，6月17日（周一）09:05 再试。"
        "原因见服务器日志。"
    )


@pytest.mark.parametrize("apart", [True, False])
async def test_without_a_savepoint_of_its_own_it_holds_up_those_behind_it(
    scene: Scene, ticker: Ticker, pen: Pen, clock: SetClock, apart: bool
) -> None:
    people = scene.people(2 * TOGETHER)
    pen.broken = {people[0].person_id}
    clock.at = MONDAY
    with pytest.MonkeyPatch.context() as patch:
        if not apart:
            patch.setattr(Work, "attempt", lambda _, write: write())
        await ticker.tick()
    assert len(got(scene)) == (len(people) - 1 if apart else 0)


async def test_trouble_of_the_database_is_nobodys_digest(
    scene: Scene, ticker: Ticker, pen: Pen, clock: SetClock
) -> None:
    """It is the transaction that failed then: nothing is noted, all of it is tried again."""
    people = scene.people(3)
    clock.at = MONDAY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(message, "weekly_digest", _lose)
        await ticker.tick()
    assert got(scene) == []
    assert noted(scene, "digest", people[0]) is None
    await ticker.tick()
    assert sorted(got(scene)) == [one.person_id for one in people]


def _lose(*_: object) -> Screen:
    raise OperationalError("select", {}, Exception("the server is gone"))
