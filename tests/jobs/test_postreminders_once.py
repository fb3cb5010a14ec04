"""Reminders before posts: each once, whatever happens; on both databases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.desk import Desk
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.posts import reminding, remindsteps
from jobs.postreminders import job
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.beforeposts import DAY_BEFORE, SOON
from tests.jobs.ticking import Ticking, statements
from tests.support.clock import SetClock
from tests.support.people import counting

# --- once, whatever happens -------------------------------------------------------------------

CROWD = 40


def crowd(scene: Scene) -> list[Actor]:
    people = scene.people(CROWD)
    posts = [scene.post(at=SATURDAY + timedelta(hours=2 * n), capacity=CROWD) for n in range(2)]
    for number, actor in enumerate(people):
        scene.sign_up(actor, posts[number % 2])
        if number % 5 == 0:
            scene.sign_up(actor, posts[1 - number % 2])
    return people


def reminded(scene: Scene, people: list[Actor]) -> list[int]:
    return [sum("的岗" in text for text in scene.told(one)) for one in people]


def killed_on_the_way(before: Ticking) -> None:
    while before.tick(most=1) > 1:
        pass
    before.tick()


def two_copies(before: Ticking) -> None:
    """Let both find out what is due before any of them carries it out.

    SQLite has one writer and one process: there they carry it out one after the other.
    """
    effects = [before.store.read_now(lambda view: job.due(view, before.config)) for _ in range(2)]
    if before.store.url.startswith("sqlite"):
        for each in effects:
            carry_out(before, each)
        return
    with ThreadPoolExecutor(2) as threads:
        for copy in [threads.submit(carry_out, before, each) for each in effects]:
            copy.result()


def carry_out(before: Ticking, effects: Sequence[Any]) -> None:
    for effect in effects:
        before.store.write_now(
            lambda work, effect=effect: job.carry_out(  # type: ignore[misc]
                Desk(work, before.config, "test_bot"), effect
            )
        )


@pytest.mark.parametrize("run", [killed_on_the_way, two_copies])
def test_each_person_is_reminded_once(
    scene: Scene,
    before: Ticking,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[[Ticking], None],
) -> None:
    monkeypatch.setattr(reminding, "_RECIPIENTS_AT_ONCE", 7)
    people = crowd(scene)
    clock.at = DAY_BEFORE
    run(before)
    assert reminded(scene, people) == [1] * CROWD


@pytest.mark.parametrize("run", [killed_on_the_way, two_copies])
def test_without_claims_the_trial_finds_reminders_that_repeat(
    scene: Scene,
    before: Ticking,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[[Ticking], None],
) -> None:
    fresh = iter(range(1, 1_000_000))

    def claim(work: Work, kind: str, effects: list[Any]) -> dict[tuple[str, str], int]:
        del work, kind
        return {(one.scope, one.period_key): next(fresh) for one in effects}

    monkeypatch.setattr(reminding, "_RECIPIENTS_AT_ONCE", 7)
    monkeypatch.setattr(remindsteps, "claim_many", claim)
    people = crowd(scene)
    clock.at = DAY_BEFORE
    if run is killed_on_the_way:
        before.tick(most=3)
        before.tick()
    else:
        run(before)
    assert max(reminded(scene, people)) > 1


def test_the_number_of_statements_does_not_grow_with_the_people(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    post = scene.post(capacity=150, lead=scene.person())
    clock.at = DAY_BEFORE - timedelta(hours=1)
    counts = []
    for size, moment in ((2, DAY_BEFORE), (60, SOON)):
        for actor in scene.people(size):
            scene.sign_up(actor, post)
        clock.at = moment
        counts.append((statements(before), max(carried_out(scene, before))))
    assert counts[0] == counts[1]


def carried_out(scene: Scene, before: Ticking) -> list[int]:
    """Carry out what is due; return how many statements each effect took."""
    counts: list[int] = []
    for effect in scene.read(lambda view: job.due(view, scene.config)):

        def write(work: Work, effect: Any = effect) -> None:
            with counting(work) as counted:
                job.carry_out(Desk(work, scene.config, "test_bot"), effect)
            counts.append(len(counted.texts))

        scene.write(write)
    return counts
