"""A post with several roles is one row of a list, on both databases (VOL-01)."""

from dataclasses import replace
from datetime import timedelta

from bot.features.people.actor import Actor
from bot.features.posts.drafting import NewPost, add_posts
from bot.features.posts.listing import posts_at, posts_on
from bot.features.posts.models import SignupState
from bot.features.posts.queries import PostList, places
from tests.features.posts.scene import SATURDAY, Scene

HOUR = timedelta(hours=1)
GUIDE = NewPost("shichang", "幸福市场", SATURDAY, SATURDAY + HOUR, 1, role="引导")
HAND = replace(GUIDE, role="发放", capacity=2)
ALONE = replace(GUIDE, role=None, capacity=2)


def made(scene: Scene, *groups: list[NewPost]) -> list[int]:
    office = scene.coordinator()
    return scene.write(
        lambda work: [post.id for post in add_posts(work, actor=office, groups=groups)]
    )


def day(scene: Scene, reader: Actor, *, page: int = 1, size: int = 6) -> PostList:
    zone = scene.config.time.zone_info
    return scene.read(
        lambda view: posts_on(
            view, SATURDAY.date(), zone=zone, reader_id=reader.person_id, page=page, size=size
        )
    )


def test_roles_are_one_row_whose_free_places_count_together(any_scene: Scene) -> None:
    reader = any_scene.person()
    alone, guide, hand = made(any_scene, [ALONE], [GUIDE, HAND])
    found = day(any_scene, reader)
    assert found.total == 2
    assert [row.post.id for row in found.rows] == [guide, alone], "three free places before two"
    assert [one.post.id for one in found.rows[0].roles] == [guide, hand]
    assert found.rows[1].roles == ()
    there = any_scene.read(
        lambda view: posts_at(view, hand, reader_id=reader.person_id, page=1, size=6)
    )
    assert there.total == 2
    assert [row.post.id for row in there.rows] == [alone, guide]
    [place] = any_scene.read(places)
    assert (place.posts, place.missing) == (2, 5)


def test_a_row_stands_for_the_role_that_the_reader_has(any_scene: Scene) -> None:
    reader = any_scene.person()
    guide, hand = made(any_scene, [GUIDE, HAND])
    any_scene.sign_up(reader, hand)
    [row] = day(any_scene, reader).rows
    assert (row.post.id, row.own) == (hand, SignupState.confirmed)
    assert [(one.post.id, one.own) for one in row.roles] == [
        (guide, None),
        (hand, SignupState.confirmed),
    ]


def test_a_page_holds_whole_posts(any_scene: Scene) -> None:
    reader = any_scene.person()
    made(any_scene, *([GUIDE, HAND] for _ in range(5)))
    pages = [day(any_scene, reader, page=number, size=2) for number in (1, 2, 3, 9)]
    assert [len(page.rows) for page in pages] == [2, 2, 1, 1], "past the last is the last"
    assert all(len(row.roles) == 2 for page in pages for row in page.rows)
    assert {page.total for page in pages} == {5}
