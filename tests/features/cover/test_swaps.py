"""Two people change places: both or neither (VOL-02)."""

from datetime import timedelta

import pytest

from bot.features.cover.errors import (
    AlreadyCovered,
    AlreadyThere,
    NobodyWanted,
    NoPlaceThere,
    SizesDiffer,
)
from bot.features.cover.models import CoverEnd
from bot.features.posts.errors import PostHasStarted, PostsOverlap
from tests.features.cover.scene import CoverScene
from tests.features.posts.scene import SATURDAY
from tests.support.clock import SetClock

LATER = SATURDAY + timedelta(hours=3)


def test_both_change_places_when_one_of_those_there_agrees(any_scene: CoverScene) -> None:
    here_lead, there_lead = any_scene.person("吴老师"), any_scene.person("郑老师")
    one, two = any_scene.person("小陈"), any_scene.person("小林")
    here = any_scene.post(capacity=1, lead=here_lead)
    there = any_scene.post(at=LATER, capacity=1, lead=there_lead)
    any_scene.sign_up(one, here)
    any_scene.sign_up(two, there)
    call = any_scene.propose(one, here, there)
    assert any_scene.asked(call) == [two.person_id]
    any_scene.say_yes(two, any_scene.ask_of(two, call))
    assert any_scene.confirmed(here) == [two.person_id]
    assert any_scene.confirmed(there) == [one.person_id]
    assert (any_scene.get(here).taken, any_scene.get(there).taken) == (1, 1)
    assert any_scene.get_call(call).end is CoverEnd.taken
    assert sum("小林 替 小陈" in text for text in any_scene.told(here_lead)) == 1
    assert sum("小陈 替 小林" in text for text in any_scene.told(there_lead)) == 1
    assert sum("换好了" in text for text in any_scene.told(one)) == 1
    assert not any("小" in text for actor in (one, two) for text in any_scene.told(actor))


def test_posts_that_overlap_can_be_swapped(any_scene: CoverScene) -> None:
    one, two = any_scene.people(2)
    here, there = any_scene.post(), any_scene.post(at=SATURDAY + timedelta(minutes=30))
    any_scene.sign_up(one, here)
    any_scene.sign_up(two, there)
    any_scene.say_yes(two, any_scene.ask_of(two, any_scene.propose(one, here, there)))
    assert any_scene.confirmed(here) == [two.person_id]
    assert any_scene.confirmed(there) == [one.person_id]


def test_a_rule_that_holds_one_of_them_holds_both(any_scene: CoverScene) -> None:
    one, two = any_scene.people(2)
    here, there = any_scene.post(), any_scene.post(at=LATER)
    any_scene.sign_up(one, here)
    any_scene.sign_up(two, there)
    call = any_scene.propose(one, here, there)
    any_scene.sign_up(one, any_scene.post(at=LATER + timedelta(minutes=30)))
    with pytest.raises(PostsOverlap):
        any_scene.take(two, call)
    assert any_scene.confirmed(here) == [one.person_id]
    assert any_scene.confirmed(there) == [two.person_id]


def test_who_could_not_be_there_does_not_propose_it(scene: CoverScene) -> None:
    one, two = scene.people(2)
    here, there = scene.post(), scene.post(at=LATER)
    scene.sign_up(one, here)
    scene.sign_up(two, there)
    scene.sign_up(one, scene.post(at=LATER + timedelta(minutes=30)))
    with pytest.raises(PostsOverlap):
        scene.propose(one, here, there)
    assert scene.confirmed(here) == [one.person_id]


def test_a_swap_needs_a_place_there_and_as_many_people(scene: CoverScene) -> None:
    one, two, three = scene.people(3)
    here, there = scene.post(), scene.post(at=LATER, capacity=4, companions=1)
    scene.sign_up(one, here)
    scene.sign_up(two, there, size=2)
    call = scene.propose(one, here, there)
    assert scene.asked(call) == [], "who brings others is not asked"
    with pytest.raises(SizesDiffer):
        scene.take(two, call)
    with pytest.raises(NoPlaceThere):
        scene.take(three, call)
    scene.sign_up(three, here)
    with pytest.raises(AlreadyThere):
        scene.take(three, call)


def test_only_the_first_of_those_asked_swaps(scene: CoverScene) -> None:
    one, two, three = scene.people(3)
    here, there = scene.post(), scene.post(at=LATER)
    scene.sign_up(one, here)
    scene.sign_up(two, there)
    scene.sign_up(three, there)
    call = scene.propose(one, here, there)
    scene.send_all()
    scene.say_yes(two, scene.ask_of(two, call))
    with pytest.raises(AlreadyCovered):
        scene.say_yes(three, scene.ask_of(three, call))
    assert "已补齐，谢谢" in scene.edits(three)[0]


def test_another_proposal_takes_the_first_back(scene: CoverScene) -> None:
    one, two = scene.people(2)
    here, there = scene.post(), scene.post(at=LATER)
    elsewhere = scene.post(at=LATER + timedelta(hours=2))
    scene.sign_up(one, here)
    scene.sign_up(two, there)
    first = scene.propose(one, here, there)
    assert scene.propose(one, here, there).id == first.id
    scene.propose(one, here, elsewhere)
    with pytest.raises(NobodyWanted):
        scene.take(two, first)


def test_a_proposal_ends_when_either_post_begins(scene: CoverScene, clock: SetClock) -> None:
    one, two = scene.people(2)
    here, there = scene.post(at=LATER), scene.post()
    scene.sign_up(one, here)
    scene.sign_up(two, there)
    call = scene.propose(one, here, there)
    clock.at = SATURDAY
    with pytest.raises(PostHasStarted):
        scene.take(two, call)
    assert scene.settle() == [call.id]
    assert scene.get_call(call).end is CoverEnd.begun
