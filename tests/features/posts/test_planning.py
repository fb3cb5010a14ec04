"""Drafts, roles, batches, the board and places, as services on both databases (VOL-01, VOL-10)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.places.errors import PlaceExists
from bot.features.places.queries import find_by_name, get_place
from bot.features.places.service import PlaceFacts, describe, register, set_closed
from bot.features.posts.batches import Undone, publish_batch, undo
from bot.features.posts.board import Staffing, uncovered, week_board
from bot.features.posts.drafting import ALLOWED, NewPost, Published, add_posts, move_to
from bot.features.posts.errors import PostIsDraft
from bot.features.posts.grouping import cancel_group, change_group
from bot.features.posts.listing import posts_short
from bot.features.posts.managing import Changes
from bot.features.posts.models import Post, PostState
from bot.features.posts.placing import follow_name
from bot.features.posts.planerrors import BatchIsUndone, NothingToMake, NotThatWay, TooManyPosts
from bot.features.posts.series import check_amount, make_batch, sift
from tests.features.posts.scene import SATURDAY, Scene

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONDAY = date(2024, 6, 3)
NEW = NewPost("shichang", "幸福市场", SATURDAY, SATURDAY + HOUR, 3)
ROLES = [replace(NEW, role="引导", capacity=1), replace(NEW, role="发放", capacity=2)]


def batch_of(
    scene: Scene, office: Actor, groups: Sequence[Sequence[NewPost]], state: PostState
) -> tuple[int, list[int]]:
    def make(work: Work) -> tuple[int, list[int]]:
        batch, posts = make_batch(
            work,
            actor=office,
            groups=groups,
            what="series",
            given=None,
            state=state,
            config=scene.config,
        )
        return batch.id, [post.id for post in posts]

    return scene.write(make)


def carried_out(
    scene: Scene, act: Callable[..., Published | Undone], by: Actor, batch_id: int
) -> Published | Undone:
    return scene.write(lambda work: act(work, actor=by, batch_id=batch_id))


def registered(scene: Scene, office: Actor, name: str) -> None:
    scene.write(lambda work: register(work, actor=office, facts=PlaceFacts(name)))


@pytest.mark.parametrize("state", PostState)
@pytest.mark.parametrize("wanted", PostState)
def test_a_state_is_only_left_by_the_ways_that_are_written_down(
    state: PostState, wanted: PostState
) -> None:
    post = Post(state=state, version=1)
    if wanted in ALLOWED[state]:
        move_to(post, wanted)
        assert (post.state, post.version) == (wanted, 2)
    else:
        with pytest.raises(NotThatWay):
            move_to(post, wanted)
        assert post.state is state


def test_nothing_leads_back_to_a_draft_or_out_of_the_end() -> None:
    assert not any(PostState.draft in ways for ways in ALLOWED.values())
    assert not ALLOWED[PostState.cancelled]
    assert not ALLOWED[PostState.closed]


def test_nobody_signs_up_for_a_draft_and_its_lead_hears_of_it_when_published(
    any_scene: Scene,
) -> None:
    office, lead, person = any_scene.coordinator(), any_scene.person(), any_scene.person()
    batch, (post_id,) = batch_of(
        any_scene, office, [[replace(NEW, lead_person_id=lead.person_id)]], PostState.draft
    )
    with pytest.raises(PostIsDraft):
        any_scene.sign_up(person, post_id)
    assert any_scene.told(lead) == []
    done = any_scene.write(lambda work: publish_batch(work, actor=office, batch_id=batch))
    assert (done.posts, done.past) == (1, 0)
    again = any_scene.write(lambda work: publish_batch(work, actor=office, batch_id=batch))
    assert (again.posts, again.past) == (0, 0), "a second press publishes nothing"
    assert len(any_scene.told(lead)) == 1
    any_scene.sign_up(person, post_id)


def test_a_batch_that_was_taken_back_stays_so(any_scene: Scene) -> None:
    office, person, lead = any_scene.coordinator(), any_scene.person(), any_scene.person()
    led = replace(NEW, lead_person_id=lead.person_id)
    later = replace(led, starts_at=SATURDAY + DAY, ends_at=SATURDAY + DAY + HOUR)
    batch, ids = batch_of(any_scene, office, [[led], [later]], PostState.published)
    for post_id in ids:
        any_scene.sign_up(person, post_id)
    done = any_scene.write(lambda work: undo(work, actor=office, batch_id=batch))
    assert (done.posts, done.begun, done.people) == (2, 0, 2)
    for act in (undo, publish_batch):
        with pytest.raises(BatchIsUndone):
            carried_out(any_scene, act, office, batch)
    assert len(any_scene.told(person)) == 1, "both posts in one message"
    assert len(any_scene.told(lead)) == 2, "appointed once, told of the end once"
    assert {any_scene.get(one).state for one in ids} == {PostState.cancelled}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.admin, Role.coordinator}))
def test_only_the_office_plans(scene: Scene, role: Role) -> None:
    office, person = scene.coordinator(), scene.person("", role)
    batch, _ = batch_of(scene, office, [[NEW]], PostState.published)
    for act in (undo, publish_batch):
        with pytest.raises(NotAllowed):
            carried_out(scene, act, person, batch)
    with pytest.raises(NotAllowed):
        scene.write(lambda work: add_posts(work, actor=person, groups=[[NEW]]))
    with pytest.raises(NotAllowed):
        scene.write(lambda work: register(work, actor=person, facts=PlaceFacts("甲")))


def test_roles_of_a_post_are_moved_over_midnight_and_cancelled_as_one(any_scene: Scene) -> None:
    office, guide, helper = any_scene.coordinator(), any_scene.person(), any_scene.person()
    _, (first, second) = batch_of(any_scene, office, [ROLES], PostState.published)
    any_scene.sign_up(guide, first)
    any_scene.sign_up(helper, second)
    late = SATURDAY.replace(hour=23)
    moved = Changes("shichang", "楚街路口", late, late + 3 * HOUR, None, None)
    any_scene.write(
        lambda work: change_group(
            work, actor=office, post_id=second, version=1, changes=moved, config=any_scene.config
        )
    )
    posts = [any_scene.get(one) for one in (first, second)]
    assert {(post.place, post.starts_at, post.ends_at) for post in posts} == {
        ("楚街路口", late, late + 3 * HOUR)
    }
    assert {post.group_id for post in posts} == {first}
    assert [len(any_scene.told(one)) for one in (guide, helper)] == [1, 1]
    any_scene.write(lambda work: cancel_group(work, actor=office, post_id=first))
    assert {any_scene.get(one).state for one in (first, second)} == {PostState.cancelled}


def test_posts_that_stand_at_a_place_are_found_however_it_is_written(scene: Scene) -> None:
    scene.post(place="幸福 市场")
    touching = replace(NEW, starts_at=SATURDAY + HOUR, ends_at=SATURDAY + 2 * HOUR)
    past = replace(NEW, starts_at=SATURDAY - 9 * DAY, ends_at=SATURDAY - 9 * DAY + HOUR)
    found = scene.read(lambda view: sift(view, [[NEW], [touching], [past]]))
    assert [group[0].starts_at for group, _ in found.clashing] == [SATURDAY]
    assert [group[0] for group in found.free] == [touching]
    assert found.past == 1
    assert len(found.groups(overlapping=True)) == 2


def test_a_batch_has_some_posts_and_not_too_many() -> None:
    with pytest.raises(NothingToMake):
        check_amount([])
    with pytest.raises(TooManyPosts):
        check_amount([[NEW]] * 201)
    check_amount([[NEW]] * 200)


def test_the_board_shows_understaffed_before_not_full_before_full(any_scene: Scene) -> None:
    office = any_scene.coordinator()
    wanted = [
        replace(NEW, place="满", capacity=1, minimum=1),
        replace(NEW, place="未满", minimum=1),
        replace(NEW, place="不足", minimum=2),
    ]
    _, ids = batch_of(any_scene, office, [[one] for one in wanted], PostState.published)
    for post_id in ids:
        any_scene.sign_up(any_scene.person(), post_id)
    zone = any_scene.config.time.zone_info
    board = any_scene.read(lambda view: week_board(view, MONDAY, zone=zone, page=1, size=8))
    assert [(row.post.place, row.how) for row in board.rows] == [
        ("不足", Staffing.understaffed),
        ("未满", Staffing.not_full),
        ("满", Staffing.full),
    ]
    assert board.total == 3


def test_a_post_with_roles_is_one_row_that_stands_as_its_worst_role(any_scene: Scene) -> None:
    office = any_scene.coordinator()
    roles = [
        replace(NEW, place="两岗", role="引导", capacity=1),
        replace(NEW, place="两岗", role="发放", capacity=2, minimum=2),
    ]
    full = replace(NEW, place="满", capacity=1)
    _, ids = batch_of(any_scene, office, [[full], roles], PostState.published)
    for post_id in ids[:2]:
        any_scene.sign_up(any_scene.person(), post_id)
    zone = any_scene.config.time.zone_info
    pages = [
        any_scene.read(partial(week_board, monday=MONDAY, zone=zone, page=page, size=1))
        for page in (1, 2)
    ]
    assert [[(post.role, how) for post, how in page.rows[0].roles] for page in pages] == [
        [("引导", Staffing.full), ("发放", Staffing.understaffed)],
        [(None, Staffing.full)],
    ]
    assert pages[0].rows[0].how is Staffing.understaffed
    assert pages[0].counts == {Staffing.understaffed: 1, Staffing.full: 1}
    short = any_scene.read(
        lambda view: posts_short(
            view, start=SATURDAY, end=SATURDAY + DAY, reader_id=0, page=1, size=6
        )
    )
    assert [[one.post.role for one in row.roles] for row in short.rows] == [["引导", "发放"]]
    assert short.total == 1


def test_places_never_covered_come_first_and_drafts_cover_nothing(any_scene: Scene) -> None:
    office = any_scene.coordinator()
    zone = any_scene.config.time.zone_info
    for name in ("乙", "甲"):
        registered(any_scene, office, name)
    batch_of(any_scene, office, [[replace(NEW, place="草稿处")]], PostState.draft)
    any_scene.post(place="设过岗", at=SATURDAY)
    any_scene.post(place="下周有岗", at=SATURDAY + 7 * DAY)

    def names(monday: date) -> list[str]:
        rows, total = any_scene.read(
            lambda view: uncovered(view, monday, zone=zone, page=1, size=8)
        )
        assert total == len(rows)
        return [one.place.name for one in rows]

    assert set(names(MONDAY)) == {"甲", "乙", "草稿处", "下周有岗"}
    next_week = names(MONDAY + 7 * DAY)
    assert next_week[-1] == "设过岗", "the only one that ever had a post"
    assert set(next_week) == {"甲", "乙", "草稿处", "设过岗"}


def test_a_place_stands_once_and_posts_follow_its_name(any_scene: Scene) -> None:
    office = any_scene.coordinator()
    post_id = any_scene.post(place="幸福市场")
    place_id = any_scene.get(post_id).place_id
    assert place_id is not None
    with pytest.raises(PlaceExists) as refused:
        any_scene.write(lambda work: register(work, actor=office, facts=PlaceFacts("幸福　市场。")))
    assert refused.value.place_id == place_id

    def rename(work: Work) -> int:
        facts = PlaceFacts("幸福市场东门", position=(33.9, 118.2))
        place = describe(work, actor=office, place_id=place_id, facts=facts)
        return follow_name(work, place)

    assert any_scene.write(rename) == 1
    assert any_scene.get(post_id).place == "幸福市场东门"


def test_a_closed_place_opens_again_when_a_post_is_made_there(any_scene: Scene) -> None:
    office = any_scene.coordinator()
    place_id = any_scene.get(any_scene.post(place="幸福市场")).place_id
    assert place_id is not None
    any_scene.write(lambda work: set_closed(work, actor=office, place_id=place_id, closed=True))
    any_scene.post(place="幸福市场", at=SATURDAY + DAY)
    found = any_scene.read(lambda view: get_place(view, place_id))
    assert found.closed_at is None
    same = any_scene.read(lambda view: find_by_name(view, "幸福 市场"))
    assert same is not None
    assert same.id == place_id
