"""The trials of offers and of requests in opposite orders: T3, T4 and T5 of peers.md, section 2."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.posts import service
from bot.features.posts.models import LineEntry, LineStep
from bot.features.posts.offers import DueOffer
from tests.faults.racing import Outcome, Runner, Write, over_capacity, two_places_at_once
from tests.features.posts.scene import Scene

PAIRS = 20
CANCEL, WAIT, STAY = 12, 30, 3
ROUNDS = 10
_FIRST = 2
"""The number of who waits first: the only place was number 1's."""


async def t3(scene: Scene, runner: Runner) -> list[str]:
    """Let people at two posts change over to the other one, in opposite directions, at once.

    No error, nobody loses a place, and every place is filled: those who wait are offered the rest.
    """
    one = scene.post(capacity=PAIRS + 5)
    two = scene.post(capacity=PAIRS + 5, place="幸福市场")
    here, there = scene.people(PAIRS), scene.people(PAIRS)
    for person in here:
        scene.sign_up(person, one)
    for person in there:
        scene.sign_up(person, two)
    writes: list[Write] = []
    for left, right in zip(here, there, strict=True):
        writes += [swap(scene, left, two, one), swap(scene, right, one, two)]
    outcome = await runner.all_at_once(writes)
    found = [*outcome.breakages(), *scene.read(over_capacity), *scene.read(two_places_at_once)]
    held = len(scene.confirmed(one)) + len(scene.confirmed(two))
    if held != 2 * PAIRS:
        found.append(f"{held} of {2 * PAIRS} people have a place")
    return found


def swap(scene: Scene, actor: Actor, to: int, given_up: int) -> Write:
    return partial(service.swap, actor=actor, to_id=to, from_id=given_up, config=scene.config)


async def t4(scene: Scene, runner: Runner) -> list[str]:
    """Let K people leave at once while W wait: exactly min(K, W) offers, none to anybody twice."""
    found: list[str] = []
    for cancel, wait in ((CANCEL, WAIT), (CANCEL, STAY)):
        post = scene.post(capacity=cancel)
        holders, waiting = scene.people(cancel), scene.people(wait)
        for person in [*holders, *waiting]:
            scene.sign_up(person, post)
        leaves: list[Write] = [
            partial(service.leave, actor=one, post_id=post, config=scene.config) for one in holders
        ]
        outcome = await runner.all_at_once(leaves)
        found += [*outcome.breakages(), *scene.read(over_capacity)]
        offers = scene.read(partial(offers_of, post_id=post))
        expected = [one.person_id for one in waiting[: min(cancel, wait)]]
        if sum(offers.values()) != len(expected) or len(scene.offered(post)) != len(expected):
            found.append(f"{sum(offers.values())} offers instead of {len(expected)}")
        if scene.offered(post) != expected:
            found.append("not the first in line were asked")
        if any(times > 1 for times in offers.values()):
            found.append("somebody was asked twice")
    return found


def offers_of(view: View, *, post_id: int) -> Counter[int]:
    """Return how often each number of the line was offered a place."""
    found = view.session.execute(
        select(LineEntry.number, func.count())
        .where(LineEntry.post_id == post_id, LineEntry.step == LineStep.offered)
        .group_by(LineEntry.number)
    )
    return Counter(dict(found.all()))


async def t5(scene: Scene, runner: Runner) -> list[str]:
    """Let offers pass and be taken at the same second: exactly one outcome each."""
    found: list[str] = []
    for number in range(ROUNDS):
        leaver, first, second = scene.people(3)
        post = scene.post(capacity=1)
        for person in (leaver, first, second):
            scene.sign_up(person, post)
        scene.leave(leaver, post)
        signup = scene.signup(first, post)
        assert signup.offer_until is not None
        last_moment = signup.offer_until - timedelta(microseconds=1)
        due = DueOffer(signup.id, post, passed=True)
        take = partial(accept_at, now=last_moment, actor=first, post_id=post, config=scene.config)
        expire = partial(expire_at, now=signup.offer_until, due=due, config=scene.config)
        writes: list[Write] = [take, expire, expire, take]
        outcome = await runner.all_at_once(writes if number % 2 else writes[::-1])
        found += judged(scene, outcome, post, (first, second))
    return [*found, *scene.read(over_capacity)]


def accept_at(work: Work, *, now: datetime, actor: Actor, post_id: int, config: Config) -> object:
    """Accept as if it were `now`."""
    work.now = now
    return service.accept(work, actor=actor, post_id=post_id, config=config)


def expire_at(work: Work, *, now: datetime, due: DueOffer, config: Config) -> object:
    """Let an offer pass as if it were `now`."""
    work.now = now
    return service.expire(work, due, config)


def judged(scene: Scene, outcome: Outcome, post: int, people: tuple[Actor, Actor]) -> list[str]:
    """Return what is wrong with one round of T5."""
    first, second = people
    found = outcome.breakages()
    ending = [step for number, step in scene.steps(post) if number == _FIRST][2:]
    holds = (scene.confirmed(post), scene.offered(post))
    if ending == ["accepted"] and holds == ([first.person_id], []):
        return found
    if ending == ["expired"] and holds == ([], [second.person_id]):
        return found
    return [*found, f"an offer ended as {ending}, with {holds} holding"]
