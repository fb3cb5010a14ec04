"""Races for a place that somebody hands on, on both databases, with negative controls."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.config import Config
from bot.db.store import Store
from bot.features.cover import answering, closing, taking
from bot.features.cover.errors import AlreadyCovered
from bot.features.cover.models import AskState, CoverCall, CoverEnd
from bot.features.people.actor import Actor
from bot.features.posts import service
from tests.faults.late import LateRunner
from tests.faults.racing import (
    CarelessRunner,
    Runner,
    Write,
    drop_last_line,
    over_capacity,
    two_places_at_once,
    without_locks,
)
from tests.features.cover.scene import CoverScene
from tests.features.posts.scene import SATURDAY

ROUNDS = 20
TAKERS = 4
COPIES = 4
HALF_HOUR = timedelta(minutes=30)


def take(scene: CoverScene, actor: Actor, call: CoverCall) -> Write:
    return partial(taking.take_over, actor=actor, call=call, config=scene.config)


def accept(scene: CoverScene, actor: Actor, call: CoverCall) -> Write:
    ask = scene.ask_of(actor, call)
    return partial(answering.accept, actor=actor, ask_id=ask.id, config=scene.config)


def leave(scene: CoverScene, actor: Actor, post_id: int) -> Write:
    return partial(service.leave, actor=actor, post_id=post_id, config=scene.config)


def sign_up(scene: CoverScene, actor: Actor, post_id: int) -> Write:
    return partial(service.sign_up, actor=actor, post_id=post_id, config=scene.config)


# --- several take one place --------------------------------------------------------------------


async def takers(scene: CoverScene, runner: Runner) -> list[str]:
    """Let several people press 我来替 at once: one of them has the place, each round."""
    found = []
    for goes in scene.people(ROUNDS):
        post, others = scene.post(capacity=1), scene.people(TAKERS)
        scene.sign_up(goes, post)
        call = scene.look(goes, post)
        outcome = await runner.all_at_once([take(scene, one, call) for one in others])
        found += outcome.breakages()
        if len(outcome.results) != 1:
            found.append(f"{len(outcome.results)} of {TAKERS} have one place")
        if len(scene.confirmed(post)) != 1:
            found.append(f"{len(scene.confirmed(post))} people are at a post for one")
        if not all(isinstance(one, AlreadyCovered) for one in outcome.refused):
            found.append("somebody who came too late heard of something else")
        if sum("有人替您了" in text for text in scene.told(goes)) != 1:
            found.append("who looked was not told once")
    return [*found, *scene.read(over_capacity)]


async def test_of_several_takers_exactly_one_stands_in(scene: CoverScene) -> None:
    assert await takers(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_several_stand_in_for_one_on_postgres_without_row_locks(
    postgres_scene: CoverScene,
) -> None:
    drop_last_line(postgres_scene.store)
    with without_locks(postgres_scene.store):
        assert await takers(postgres_scene, LateRunner(postgres_scene.store))


async def test_takers_break_on_sqlite_without_the_one_writer(
    store: Store, campaign: Config, careless: CarelessRunner
) -> None:
    assert await takers(CoverScene(store, campaign), careless)


# --- who hands on leaves at that moment --------------------------------------------------------


async def leaver_and_taker(scene: CoverScene, runner: Runner) -> list[str]:
    """Let somebody leave to the line while another takes their place: one of both, never both."""
    found = []
    for goes, waits, comes in zip(*(scene.people(ROUNDS) for _ in range(3)), strict=True):
        post = scene.post(capacity=1)
        scene.sign_up(goes, post)
        scene.sign_up(waits, post)
        call = scene.look(goes, post)
        outcome = await runner.all_at_once([leave(scene, goes, post), take(scene, comes, call)])
        found += outcome.breakages()
        if len(outcome.results) != 1:
            found.append(f"{len(outcome.results)} of both happened")
    return [*found, *scene.read(over_capacity)]


async def test_a_place_is_left_or_handed_on_but_not_both(scene: CoverScene) -> None:
    assert await leaver_and_taker(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_a_place_is_left_and_handed_on_without_row_locks(
    postgres_scene: CoverScene,
) -> None:
    with without_locks(postgres_scene.store):
        assert await leaver_and_taker(postgres_scene, LateRunner(postgres_scene.store))


# --- a swap beside other taps ------------------------------------------------------------------


async def swap_and_taps(scene: CoverScene, runner: Runner) -> list[str]:
    """Let all who were asked agree to a swap while they sign up for what overlaps their new post.

    Whoever comes first swaps, unless they have taken the other post by then.
    """
    found = []
    for one in scene.people(ROUNDS):
        here = scene.post(capacity=1)
        there = scene.post(at=SATURDAY + timedelta(hours=3), capacity=TAKERS)
        beside = scene.post(at=SATURDAY + HALF_HOUR, capacity=TAKERS)
        others = scene.people(TAKERS)
        scene.sign_up(one, here)
        for other in others:
            scene.sign_up(other, there)
        call = scene.propose(one, here, there)
        outcome = await runner.all_at_once(
            [
                *(take(scene, other, call) for other in others),
                *(sign_up(scene, other, beside) for other in others),
            ]
        )
        found += outcome.breakages()
        if len(scene.confirmed(here)) != 1 or len(scene.confirmed(there)) != TAKERS:
            found.append("a swap changed how many people are at a post")
        for other in others:
            # Nobody stands in the way of the next round.
            scene.block(other)
    return [*found, *scene.read(two_places_at_once), *scene.read(over_capacity)]


async def test_a_swap_never_gives_two_places_at_once(scene: CoverScene) -> None:
    assert await swap_and_taps(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_a_swap_gives_two_places_at_once_without_row_locks(
    postgres_scene: CoverScene,
) -> None:
    with without_locks(postgres_scene.store):
        assert await swap_and_taps(postgres_scene, LateRunner(postgres_scene.store))


# --- a yes in the second in which the place is filled ------------------------------------------


async def yes_and_tap(scene: CoverScene, runner: Runner) -> list[str]:
    """Let all who were asked say yes while somebody else takes the last place."""
    office, found = scene.coordinator(), []
    for number in range(ROUNDS):
        post = scene.post(at=SATURDAY + timedelta(hours=number), capacity=1)
        asked = scene.people(TAKERS)
        call = scene.call(office, post)
        [quick] = scene.people(1)
        outcome = await runner.all_at_once(
            [
                sign_up(scene, quick, post),
                *(accept(scene, one, call) for one in asked),
                partial(closing.settle, call_id=call.id, config=scene.config),
            ]
        )
        found += outcome.breakages()
        scene.settle()
        confirmed, waiting = scene.confirmed(post), scene.waiting(post)
        if len(confirmed) != 1:
            found.append(f"{len(confirmed)} people are at a post for one")
        if {one.person_id for one in asked} & set(waiting):
            found.append("a yes that came too late is a turn in the line")
        said_yes = {one.person_id for one in scene.asks(call) if one.state is AskState.accepted}
        if said_yes != set(confirmed) - {quick.person_id}:
            found.append("a yes is kept of somebody who has no place")
        for one in (*asked, quick):
            # Nobody is asked again in the rounds to come.
            scene.block(one)
    return [*found, *scene.read(over_capacity)]


async def test_a_yes_that_comes_too_late_changes_nothing(scene: CoverScene) -> None:
    assert await yes_and_tap(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_a_yes_that_comes_too_late_changes_things_without_row_locks(
    postgres_scene: CoverScene,
) -> None:
    with without_locks(postgres_scene.store):
        assert await yes_and_tap(postgres_scene, LateRunner(postgres_scene.store))


# --- two copies of the job that ends calls -----------------------------------------------------


async def several_endings(scene: CoverScene, runner: Runner) -> list[str]:
    """Let copies of the job end one call whose place is filled: it ends once, and says so once."""
    office, found = scene.coordinator(), []
    for number in range(ROUNDS):
        post = scene.post(at=SATURDAY + timedelta(hours=number), capacity=1)
        asked = scene.people(TAKERS)
        call = scene.call(office, post)
        [quick] = scene.people(1)
        scene.sign_up(quick, post)
        settle = partial(closing.settle, call_id=call.id, config=scene.config)
        outcome = await runner.all_at_once([settle] * COPIES)
        found += outcome.breakages()
        ended = scene.audited(post).count("cover.ended")
        if ended != 1:
            found.append(f"a call ended {ended} times")
        if scene.get_call(call).end is not CoverEnd.filled:
            found.append("a call ended for another reason")
        if {one.state for one in scene.asks(call)} != {AskState.closed}:
            found.append("a question is still open")
        for one in (*asked, quick):
            # Nobody is asked again in the rounds to come.
            scene.block(one)
    return found


async def test_a_call_that_several_copies_end_ends_once(scene: CoverScene) -> None:
    assert await several_endings(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_a_call_ends_more_than_once_without_row_locks(postgres_scene: CoverScene) -> None:
    with without_locks(postgres_scene.store):
        assert await several_endings(postgres_scene, LateRunner(postgres_scene.store))


# --- and all with late commits ---------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.parametrize("trial", [takers, leaver_and_taker, swap_and_taps])
async def test_row_locks_hold_where_commits_are_late(
    postgres_scene: CoverScene, trial: Callable[[CoverScene, Runner], Any]
) -> None:
    assert await trial(postgres_scene, LateRunner(postgres_scene.store)) == []
