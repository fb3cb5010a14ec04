"""Fewer places than people: who would go, seen before and checked again under the lock (VOL-01)."""

from collections.abc import Sequence
from functools import partial

import pytest

from bot.core.errors import BusinessError, NotAllowed
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts import lowering
from bot.features.posts.errors import OthersHavePlaces, PostHasStarted, TooManyPlaces
from bot.features.posts.lowering import Lowering, who_would_go
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock


def full(scene: Scene, *, people: int = 4) -> tuple[int, Actor, list[Actor]]:
    """Return a post on which everybody has a place, the office, and who that is."""
    post = scene.post(capacity=people, companions=2)
    held = scene.people(people)
    for one in held:
        scene.sign_up(one, post)
    return post, scene.coordinator(), held


def seen(scene: Scene, post: int, capacity: int) -> Lowering:
    return scene.read(partial(who_would_go, post_id=post, capacity=capacity))


def lower(scene: Scene, office: Actor, post: int, capacity: int, stamp: int) -> list[int]:
    def write(work: Work) -> list[int]:
        gone = lowering.lower(
            work,
            actor=office,
            post_id=post,
            capacity=capacity,
            stamp=stamp,
            config=scene.config,
        )
        return [one.person_id for one in gone]

    return scene.write(write)


def keep(scene: Scene, office: Actor, post: int, capacity: int, stamp: int) -> int:
    return scene.write(
        lambda work: lowering.keep_all(
            work,
            actor=office,
            post_id=post,
            capacity=capacity,
            stamp=stamp,
            config=scene.config,
        )
    )


def ids(people: Sequence[Actor]) -> list[int]:
    return [one.person_id for one in people]


def figures(scene: Scene, post_id: int) -> tuple[int, int, int]:
    post = scene.get(post_id)
    return post.capacity, post.taken, post.waiting


def test_the_last_ones_go_and_each_is_told_once(any_scene: Scene) -> None:
    post, office, held = full(any_scene)
    before = {one: len(any_scene.told(one)) for one in held}
    found = seen(any_scene, post, 2)
    assert [one.person_id for one in found.leavers] == ids(held[:1:-1])
    assert (found.held, found.people) == (4, 2)
    assert lower(any_scene, office, post, 2, found.stamp) == ids(held[:1:-1])
    assert any_scene.confirmed(post) == ids(held[:2])
    assert figures(any_scene, post) == (2, 2, 0)
    told = [len(any_scene.told(one)) - before[one] for one in held]
    assert told == [0, 0, 1, 1]
    assert any_scene.audited(post)[-3:] == ["post.removed", "post.removed", "post.capacity"]
    with pytest.raises(OthersHavePlaces):
        lower(any_scene, office, post, 2, found.stamp)
    assert figures(any_scene, post) == (2, 2, 0)


def test_who_looks_for_a_stand_in_goes_first_and_companions_go_along(any_scene: Scene) -> None:
    post, office, held = full(any_scene)
    any_scene.set_capacity(office, post, 6)
    any_scene.change_size(held[0], post, 3)

    def look(work: Work) -> None:
        any_scene.signup(held[0], post, work).looking_since = work.now

    any_scene.write(look)
    found = seen(any_scene, post, 5)
    assert [(one.person_id, one.size, one.looks) for one in found.leavers] == [
        (held[0].person_id, 3, True)
    ]
    lower(any_scene, office, post, 5, found.stamp)
    assert figures(any_scene, post) == (5, 3, 0)


def test_minors_go_with_their_guardian_and_are_named(any_scene: Scene) -> None:
    post, office, held = full(any_scene)

    def ward(work: Work) -> None:
        child = work.session.get_one(Person, held[0].person_id)
        child.minor, child.guardian_id = True, held[3].person_id

    any_scene.write(ward)
    found = seen(any_scene, post, 3)
    assert {one.person_id for one in found.leavers} == {held[0].person_id, held[3].person_id}
    before = len(any_scene.told(held[0]))
    lower(any_scene, office, post, 3, found.stamp)
    assert any_scene.confirmed(post) == ids(held[1:3])
    assert len(any_scene.told(held[0])) == before + 1


def test_offers_are_taken_back_before_anybody_goes(any_scene: Scene) -> None:
    post, office, held = full(any_scene)
    waits = any_scene.person()
    any_scene.sign_up(waits, post)
    any_scene.set_capacity(office, post, 5)
    assert any_scene.offered(post) == [waits.person_id]
    assert seen(any_scene, post, 4).leavers == []
    lower(any_scene, office, post, 3, seen(any_scene, post, 3).stamp)
    assert any_scene.confirmed(post) == ids(held[:3])
    assert any_scene.waiting(post) == [waits.person_id]
    assert figures(any_scene, post) == (3, 3, 1)


def join_late(scene: Scene) -> tuple[int, Actor, list[Actor], Lowering, Actor]:
    """Return what was seen of a post at which somebody then joined."""
    post, office, held = full(scene, people=3)
    scene.set_capacity(office, post, 4)
    found, late = seen(scene, post, 2), scene.person()
    scene.sign_up(late, post)
    return post, office, held, found, late


def test_nothing_is_done_where_somebody_joined_meanwhile(any_scene: Scene) -> None:
    post, office, held, found, late = join_late(any_scene)
    for act in (lower, keep):
        with pytest.raises(OthersHavePlaces):
            act(any_scene, office, post, 2, found.stamp)
    assert any_scene.confirmed(post) == ids([*held, late])
    assert figures(any_scene, post) == (4, 4, 0)


def test_nothing_is_done_where_somebody_left_meanwhile(any_scene: Scene) -> None:
    post, office, held = full(any_scene)
    found = seen(any_scene, post, 3)
    any_scene.leave(held[0], post)
    with pytest.raises(OthersHavePlaces):
        lower(any_scene, office, post, 3, found.stamp)
    assert any_scene.confirmed(post) == ids(held[1:])


def test_without_the_check_somebody_goes_whom_nobody_has_seen(
    any_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, office, _, found, late = join_late(any_scene)
    monkeypatch.setattr(lowering, "check_seen", lambda *_: None)
    assert late.person_id not in [one.person_id for one in found.leavers]
    assert late.person_id in lower(any_scene, office, post, 2, found.stamp)


def test_keeping_everybody_lowers_no_further_than_that_and_once(any_scene: Scene) -> None:
    post, office, held = full(any_scene, people=3)
    any_scene.set_capacity(office, post, 5)
    found = seen(any_scene, post, 1)
    assert keep(any_scene, office, post, 1, found.stamp) == len(held)
    audited = any_scene.audited(post)
    assert keep(any_scene, office, post, 1, found.stamp) == len(held)
    assert any_scene.audited(post) == audited
    assert any_scene.confirmed(post) == ids(held)
    assert figures(any_scene, post) == (3, 3, 0)


def test_only_the_office_only_before_the_start_and_only_to_a_number_of_places(
    any_scene: Scene, clock: SetClock
) -> None:
    post, office, held = full(any_scene)
    stamp = seen(any_scene, post, 1).stamp

    def refused(actor: Actor, capacity: int, error: type[BusinessError]) -> None:
        for act in (lower, keep):
            with pytest.raises(error):
                act(any_scene, actor, post, capacity, stamp)

    refused(held[0], 1, NotAllowed)
    refused(office, 0, TooManyPlaces)
    clock.at = SATURDAY
    refused(office, 1, PostHasStarted)
    assert any_scene.confirmed(post) == ids(held)


def test_it_is_one_statement_whoever_goes(scene: Scene, count_statements: list[str]) -> None:
    counted = []
    for people in (2, 9):
        post, _, _ = full(scene, people=people)
        count_statements.clear()
        assert len(seen(scene, post, 1).leavers) == people - 1
        counted.append(len(count_statements))
    assert counted[0] == counted[1]
