"""A message is cancelled or moved in the second in which its sender begins, on both databases."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.chat.desk import Desk
from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.notices import planned
from bot.features.notices.models import Dropped
from bot.features.rehearsal import retiming, senders, skipping
from bot.features.rehearsal.errors import GoneOut
from bot.features.rehearsal.looking import GroupKey
from bot.features.rehearsal.models import SkipReason
from bot.features.rehearsal.retiming import retime
from bot.features.rehearsal.skipping import skip
from jobs.notices import carry_out
from tests.faults.late import LateRunner
from tests.faults.racing import CarelessRunner, Runner, Write, without_locks
from tests.features.notices.scene import NoticeScene
from tests.support.clock import SetClock
from tests.support.people import load

Trial = Callable[[NoticeScene, Runner], Awaitable[list[str]]]

ROUNDS = 10
READERS = 3


async def cancels(scene: NoticeScene, runner: Runner) -> list[str]:
    """Cancel one person's notice while it begins: it comes, or the cancelling stands, never both.

    Whoever presses hears which of the two it was.
    """
    found = []
    office = scene.coordinator()
    readers = [scene.contact() for _ in range(READERS)]
    for turn in range(ROUNDS):
        at = scene.clock.now() + timedelta(hours=1)
        number = scene.confirmed(office, send_at=at)
        scene.clock.at = at
        whose = readers[turn % READERS].person_id
        press = partial(
            skip,
            actor=office,
            config=scene.config,
            kind=planned.KIND,
            at=at,
            person_id=whose,
            reason=SkipReason.told,
        )
        writes: list[Write] = [press, partial(_begin, scene=scene, number=number)]
        outcome = await runner.all_at_once(writes[:: 1 if turn % 2 else -1])
        found += outcome.breakages()
        scene.tick(4)
        gone = any(isinstance(one, GoneOut) for one in outcome.refused)
        told = scene.told(number)
        if (whose in told) is not gone:
            found.append("it came although it was cancelled" if whose in told else "it is missing")
        if scene.dropped(number) != ({} if gone else {whose: Dropped.by_hand}):
            found.append("the report does not say what became of it")
        if len(told) != READERS - (not gone):
            found.append(f"{len(told)} of {READERS} were told")
    return found


async def moves(scene: NoticeScene, runner: Runner) -> list[str]:
    """Move a notice while it begins: all get it then, or all at its new time, never at both."""
    found = []
    office = scene.coordinator()
    for _ in range(READERS):
        scene.contact()
    for turn in range(ROUNDS):
        at = scene.clock.now() + timedelta(minutes=10)
        number = scene.confirmed(office, send_at=at)
        scene.clock.at = at
        key = GroupKey(at, planned.KIND, str(number), planned.SENT)
        later = at + timedelta(minutes=20)
        press = partial(retime, actor=office, config=scene.config, key=key, to=later)
        writes: list[Write] = [press, partial(_begin, scene=scene, number=number)]
        outcome = await runner.all_at_once(writes[:: 1 if turn % 2 else -1])
        found += outcome.breakages()
        gone = any(isinstance(one, GoneOut) for one in outcome.refused)
        scene.tick(4)
        if len(scene.told(number)) != (READERS if gone else 0):
            found.append(f"{len(scene.told(number))} were told at its old time")
        scene.clock.at = later
        scene.tick(4)
        if len(scene.told(number)) != READERS:
            found.append(f"{len(scene.told(number))} of {READERS} were told")
    return found


def _begin(work: Work, *, scene: NoticeScene, number: int) -> None:
    carry_out(Desk(work, scene.config, "test_bot"), number)
    carry_out(Desk(work, scene.config, "test_bot"), number)


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody who cancels hold the sender back."""
    monkeypatch.setattr(skipping, "SENDERS", _with_hold(None))
    monkeypatch.setattr(retiming, "SENDERS", _with_hold(lambda *_: None))


def _with_hold(hold: Callable[[Work, str], object] | None) -> tuple[senders.Sender, ...]:
    return tuple(replace(one, hold=hold) for one in senders.SENDERS)


@pytest.mark.parametrize("trial", [cancels, moves])
async def test_it_comes_or_it_is_cancelled_or_moved(
    any_store: Store, campaign: Config, clock: SetClock, trial: Trial
) -> None:
    load(any_store, campaign)
    assert await trial(NoticeScene(any_store, campaign, clock), Runner(any_store)) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("unheld")
@pytest.mark.parametrize("trial", [cancels, moves])
async def test_on_postgres_without_locks_both_happen(
    postgres_store: Store, campaign: Config, clock: SetClock, trial: Trial
) -> None:
    load(postgres_store, campaign)
    with without_locks(postgres_store):
        scene = NoticeScene(postgres_store, campaign, clock)
        assert await trial(scene, LateRunner(postgres_store))


@pytest.mark.parametrize("trial", [cancels, moves])
async def test_on_sqlite_without_the_one_writer_it_breaks(
    store: Store, campaign: Config, clock: SetClock, careless: CarelessRunner, trial: Trial
) -> None:
    load(store, campaign)
    assert await trial(NoticeScene(store, campaign, clock), careless)
