"""Changing how many people a post takes at least, whom they bring, and a lecture's title."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.people.actor import Actor
from bot.features.posts.drafting import NewPost, add_posts
from bot.features.posts.grouping import change_group
from bot.features.posts.ineligible import TooManyCompanions
from bot.features.posts.managing import Changes
from bot.features.posts.planerrors import MoreAtLeastThanPlaces
from tests.features.posts.scene import SATURDAY, Scene

NEW = NewPost("shichang", "幸福市场", SATURDAY, SATURDAY + timedelta(hours=1), 3)
LECTURE = replace(NEW, kind="jiangtang", title="垃圾分类", speaker="吴老师")


def edit(scene: Scene, office: Actor, post_id: int, **different: object) -> None:
    post = scene.get(post_id)
    same = Changes(
        post.kind,
        post.place,
        post.starts_at,
        post.ends_at,
        post.lead_person_id,
        post.note,
        title=post.title,
        speaker=post.speaker,
    )
    changes = replace(same, **different)  # type: ignore[arg-type]  # as named by the test
    scene.write(
        lambda work: change_group(
            work,
            actor=office,
            post_id=post_id,
            version=post.version,
            changes=changes,
            config=scene.config,
        )
    )


def published(scene: Scene, office: Actor, *group: NewPost) -> list[int]:
    return scene.write(
        lambda work: [post.id for post in add_posts(work, actor=office, groups=[group])]
    )


def test_the_fewest_people_are_never_more_than_the_places(any_scene: Scene) -> None:
    office, holder, post = any_scene.coordinator(), any_scene.person(), any_scene.post(capacity=3)
    any_scene.sign_up(holder, post)
    edit(any_scene, office, post, minimum=3)
    assert any_scene.get(post).minimum == 3
    with pytest.raises(MoreAtLeastThanPlaces):
        edit(any_scene, office, post, minimum=4, place="别处")
    assert (any_scene.get(post).minimum, any_scene.get(post).place) == (3, "楚街路口")
    assert any_scene.told(holder) == [], "how many are too few concerns nobody who comes"


def test_fewer_companions_put_nobody_out(any_scene: Scene) -> None:
    office, group, one = any_scene.coordinator(), *any_scene.people(2)
    post = any_scene.post(capacity=9, companions=3)
    any_scene.sign_up(group, post, size=3)
    edit(any_scene, office, post, companions=1)
    assert (any_scene.get(post).companions, any_scene.get(post).taken) == (1, 3)
    assert any_scene.told(group) == []
    with pytest.raises(TooManyCompanions):
        any_scene.change_size(group, post, 4)
    with pytest.raises(TooManyCompanions):
        any_scene.sign_up(one, post, size=3)
    any_scene.sign_up(one, post, size=2)
    assert any_scene.get(post).taken == 5


def test_the_fewest_people_are_a_roles_own_and_companions_are_the_posts(scene: Scene) -> None:
    office = scene.coordinator()
    guide, hand = published(scene, office, replace(NEW, role="引导"), replace(NEW, role="发放"))
    edit(scene, office, hand, minimum=2, companions=1)
    assert [scene.get(one).minimum for one in (guide, hand)] == [1, 2]
    assert [scene.get(one).companions for one in (guide, hand)] == [1, 1]


@pytest.mark.parametrize("different", [{"title": "文明礼仪"}, {"speaker": "郑老师"}])
def test_who_has_a_seat_is_told_once_of_another_title_or_speaker(
    any_scene: Scene, different: dict[str, str]
) -> None:
    office, holder, other = any_scene.coordinator(), *any_scene.people(2)
    [lecture] = published(any_scene, office, LECTURE)
    any_scene.sign_up(holder, lecture)
    edit(any_scene, office, lecture)
    assert any_scene.told(holder) == [], "nothing is different"
    edit(any_scene, office, lecture, **different)
    [told] = any_scene.told(holder)
    assert "讲座安排有变" in told
    assert next(iter(different.values())) in told
    assert ("原题：《垃圾分类》" in told) is ("title" in different)
    assert any_scene.told(other) == []
