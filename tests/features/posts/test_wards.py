"""No minor stands where the guardian has left, whichever role each has, on both databases (VOL-11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.people.actor import Actor
from bot.features.posts.drafting import NewPost, add_posts
from bot.features.posts.models import SignupState
from tests.features.posts.scene import SATURDAY, Scene
from tests.features.posts.test_eligibility import person, rules, sign_up_for

HOUR = timedelta(hours=1)
GUIDE = NewPost("shichang", "幸福市场", SATURDAY, SATURDAY + 2 * HOUR, 3, role="引导")
HAND = replace(GUIDE, role="发放")
WITHIN = replace(GUIDE, role=None, ends_at=SATURDAY + HOUR)
ELSEWHERE = replace(GUIDE, role=None, place="楚街路口")


def made(scene: Scene, office: Actor, *groups: list[NewPost]) -> list[int]:
    return scene.write(
        lambda work: [post.id for post in add_posts(work, actor=office, groups=groups)]
    )


@pytest.mark.parametrize("minors_first", [True, False], ids=["lower id", "higher id"])
def test_a_minor_of_another_role_goes_with_the_guardian(
    any_scene: Scene, *, minors_first: bool
) -> None:
    rules(any_scene)
    office, guardian, waits = any_scene.coordinator(), *any_scene.people(2)
    child = person(any_scene, "小明", by=office, guardian=guardian, minor=True)
    roles = [HAND, replace(GUIDE, capacity=3)]
    minors, own = (
        made(any_scene, office, roles) if minors_first else made(any_scene, office, roles)[::-1]
    )
    any_scene.set_capacity(office, minors, 1)
    any_scene.sign_up(guardian, own)
    sign_up_for(any_scene, office, minors, child)
    any_scene.sign_up(waits, minors)
    any_scene.leave(guardian, own)
    assert any_scene.confirmed(minors) == []
    assert any(text.startswith("替 小明 转告：") for text in any_scene.told(guardian))
    any_scene.tick()
    assert any_scene.offered(minors) == [waits.person_id], "the place is given on"


def test_a_minor_within_the_guardians_time_at_the_place_goes_as_well(any_scene: Scene) -> None:
    rules(any_scene)
    office, guardian = any_scene.coordinator(), any_scene.person()
    child = person(any_scene, "小明", by=office, guardian=guardian, minor=True)
    own, within = made(any_scene, office, [replace(GUIDE, role=None)], [WITHIN])
    any_scene.sign_up(guardian, own)
    sign_up_for(any_scene, office, within, child)
    any_scene.leave(guardian, own)
    assert any_scene.confirmed(within) == []


def test_a_minor_stays_where_the_guardian_is_still(any_scene: Scene) -> None:
    rules(any_scene)
    office, guardian, other = any_scene.coordinator(), *any_scene.people(2)
    child = person(any_scene, "小明", by=office, guardian=guardian, minor=True)
    foreign = person(any_scene, "小红", by=office, guardian=other, minor=True)
    guide, hand, elsewhere = made(any_scene, office, [GUIDE, HAND], [ELSEWHERE])
    for one, post in ((guardian, guide), (other, elsewhere)):
        any_scene.sign_up(one, post)
    sign_up_for(any_scene, office, hand, child)
    sign_up_for(any_scene, office, elsewhere, foreign)
    any_scene.leave(other, elsewhere)
    assert any_scene.confirmed(elsewhere) == []
    assert any_scene.confirmed(hand) == [child], "another guardian's leaving is not theirs"
    later = replace(GUIDE, starts_at=SATURDAY + 5 * HOUR, ends_at=SATURDAY + 6 * HOUR)
    [afternoon] = made(any_scene, office, [replace(later, role=None)])
    any_scene.sign_up(guardian, afternoon)
    any_scene.leave(guardian, afternoon)
    assert any_scene.confirmed(hand) == [child], "the guardian is there in the morning"
    assert any_scene.signup(guardian, guide).state is SignupState.confirmed
