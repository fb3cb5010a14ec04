"""Places are lowered in the second in which somebody joins or leaves: nobody goes unseen."""

from functools import partial

import pytest

from bot.features.posts import lowering, service
from bot.features.posts.errors import OthersHavePlaces
from bot.features.posts.models import SignupState
from tests.faults.racing import Runner, Write, over_capacity
from tests.features.posts.scene import Scene

ROUNDS = 12
HELD, FREE, WANTED = 3, 1, 2


async def lower_and_join(scene: Scene, runner: Runner) -> list[str]:
    """Let the office lower places while somebody joins: one of both comes first, and it shows.

    Whoever joined was not seen, so they are never taken off.
    """
    office, found = scene.coordinator(), []
    for number in range(ROUNDS):
        post = scene.post(capacity=HELD + FREE)
        held, [late] = scene.people(HELD), scene.people(1)
        for one in held:
            scene.sign_up(one, post)
        seen = scene.read(partial(lowering.who_would_go, post_id=post, capacity=WANTED))
        writes: list[Write] = [
            partial(service.sign_up, actor=late, post_id=post, config=scene.config),
            partial(
                lowering.lower,
                actor=office,
                post_id=post,
                capacity=WANTED,
                stamp=seen.stamp,
                config=scene.config,
            ),
        ]
        outcome = await runner.all_at_once(writes[:: 1 if number % 2 else -1])
        found += outcome.breakages()
        if scene.signup(late, post).state is SignupState.removed:
            found.append("somebody whom nobody had seen was taken off")
        refused = any(isinstance(one, OthersHavePlaces) for one in outcome.refused)
        if len(scene.confirmed(post)) != (HELD + 1 if refused else WANTED):
            found.append(f"{len(scene.confirmed(post))} people have a place")
    return [*found, *scene.read(over_capacity)]


async def test_nobody_is_taken_off_unseen(scene: Scene) -> None:
    assert await lower_and_join(scene, Runner(scene.store)) == []


async def test_somebody_is_taken_off_unseen_without_the_check(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lowering, "check_seen", lambda *_: None)
    found = await lower_and_join(scene, Runner(scene.store))
    assert "somebody whom nobody had seen was taken off" in found
