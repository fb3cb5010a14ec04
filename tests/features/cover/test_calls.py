"""Asking people to come: whom, how often, and when it ends."""

from datetime import timedelta

import pytest

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.cover.calling import preview
from bot.features.cover.choosing import Spared
from bot.features.cover.errors import AlreadyCovered, NobodyToAsk, NothingToCover
from bot.features.cover.models import AskState, CoverEnd
from bot.features.outbox.models import Kind, State
from bot.features.people.actor import Actor
from bot.features.posts.errors import PostHasStarted, PostsOverlap
from bot.features.posts.models import Post
from tests.features.cover.scene import CoverScene
from tests.features.posts.scene import SATURDAY
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import counting

SUNDAY_NIGHT = SATURDAY.replace(day=9, hour=21)


def test_people_are_asked_who_are_free_and_fit(any_scene: CoverScene) -> None:
    office = any_scene.coordinator()
    free, busy, there, blocked = any_scene.people(4)
    minor, citizen = any_scene.person(), any_scene.person("", Role.citizen)
    any_scene.set_person(minor, minor=True)
    post = any_scene.post(capacity=3)
    any_scene.sign_up(there, post)
    any_scene.sign_up(busy, any_scene.post(at=SATURDAY + timedelta(minutes=30)))
    any_scene.block(blocked)
    found = any_scene.candidates(office, post)
    assert list(found.fit) == [free.person_id]
    assert dict(found.spared) == {
        Spared.there: 1,
        Spared.busy: 1,
        Spared.unreachable: 1,
        Spared.unfit: 1,
    }
    call = any_scene.call(office, post)
    assert any_scene.asked(call) == [free.person_id]
    [told] = any_scene.told(free)
    assert "想请您补位" in told
    assert "还缺 2 人" in told
    assert any_scene.told(citizen) == []


def test_the_team_comes_first_then_experience_then_who_was_asked_longest_ago(
    scene: CoverScene, clock: SetClock
) -> None:
    office = scene.coordinator()
    new, asked, experienced, of_team = scene.people(4)
    scene.set_person(of_team, team="dangyuan")
    before = scene.post(at=SATURDAY - timedelta(days=3))
    scene.sign_up(experienced, before)
    first = scene.post(at=SATURDAY - timedelta(days=2), kind="shichang")
    scene.rest(new)
    scene.rest(of_team)
    scene.rest(experienced)
    assert scene.asked(scene.call(office, first)) == [asked.person_id]
    clock.at = SATURDAY - timedelta(days=1)
    for actor in (new, of_team, experienced):
        scene.set_person(actor, no_asks_until=None)
    post = scene.post()
    scene.write(lambda work: setattr(work.session.get_one(Post, post), "team", "dangyuan"))
    assert list(scene.candidates(office, post).fit) == [
        one.person_id for one in (of_team, experienced, new, asked)
    ]


def test_nobody_is_asked_more_often_than_the_week_allows(
    any_scene: CoverScene, clock: SetClock
) -> None:
    office, volunteer = any_scene.coordinator(), any_scene.person()
    posts = [any_scene.post(at=SATURDAY + timedelta(days=n)) for n in range(4)]
    for post in posts[:2]:
        assert any_scene.asked(any_scene.call(office, post)) == [volunteer.person_id]
    assert dict(any_scene.candidates(office, posts[2]).spared) == {Spared.weekly: 1}
    with pytest.raises(NobodyToAsk):
        any_scene.call(office, posts[2])
    clock.at = SUNDAY_NIGHT
    assert dict(any_scene.candidates(office, posts[2]).spared) == {Spared.weekly: 1}
    clock.at = SUNDAY_NIGHT + timedelta(hours=3)
    assert list(any_scene.candidates(office, posts[2]).fit) == [volunteer.person_id]


def test_nobody_is_asked_twice_for_the_same_post(any_scene: CoverScene) -> None:
    office, lead = any_scene.coordinator(), any_scene.person()
    people = any_scene.people(3)
    post = any_scene.post(lead=lead)
    call = any_scene.call(office, post, 1)
    again = any_scene.call(any_scene.again(lead), post, 1)
    assert again.id == call.id, "an open call goes on"
    assert any_scene.asked(call) == [one.person_id for one in people[:2]]
    any_scene.say_no(people[0], any_scene.asks(call)[0])
    any_scene.call(office, post)
    assert any_scene.asked(call) == [one.person_id for one in people]
    with pytest.raises(NobodyToAsk):
        any_scene.call(office, post)


def test_this_week_not_me_lasts_until_sunday_and_can_be_taken_back(
    any_scene: CoverScene, clock: SetClock
) -> None:
    office, volunteer = any_scene.coordinator(), any_scene.person()
    post = any_scene.post(at=SATURDAY + timedelta(days=7))
    call = any_scene.call(office, post)
    until = any_scene.rest(volunteer, any_scene.ask_of(volunteer, call))
    assert until == SATURDAY.replace(day=10, hour=0)
    assert any_scene.states(call) == [AskState.resting]
    other = any_scene.post(at=SATURDAY + timedelta(days=8))
    assert dict(any_scene.candidates(office, other).spared) == {Spared.resting: 1}
    clock.at = until
    assert list(any_scene.candidates(office, other).fit) == [volunteer.person_id]


def test_a_yes_is_a_sign_up_under_all_rules(any_scene: CoverScene) -> None:
    office, volunteer = any_scene.coordinator(), any_scene.person()
    post = any_scene.post()
    call = any_scene.call(office, post)
    ask = any_scene.ask_of(volunteer, call)
    clash = any_scene.post(at=SATURDAY + timedelta(minutes=30))
    any_scene.sign_up(volunteer, clash)
    with pytest.raises(PostsOverlap):
        any_scene.say_yes(volunteer, ask)
    any_scene.leave(volunteer, clash)
    any_scene.say_no(volunteer, ask)
    any_scene.say_yes(volunteer, ask)
    any_scene.say_yes(volunteer, ask)
    assert any_scene.confirmed(post) == [volunteer.person_id]
    assert any_scene.states(call) == [AskState.accepted]
    with pytest.raises(NotFound):
        any_scene.say_yes(any_scene.person(), ask)


def test_the_open_asks_change_once_when_the_place_is_filled_by_whatever_way(
    any_scene: CoverScene,
) -> None:
    office, comes, other = any_scene.coordinator(), *any_scene.people(2)
    post = any_scene.post(capacity=1)
    call = any_scene.call(office, post)
    any_scene.send_all()
    any_scene.sign_up(comes, post)
    assert any_scene.settle() == [call.id]
    assert any_scene.settle() == []
    assert any_scene.get_call(call).end is CoverEnd.filled
    for asked in (comes, other):
        [edit] = any_scene.edits(asked)
        assert "已补齐，谢谢" in edit
    with pytest.raises(AlreadyCovered):
        any_scene.say_yes(other, any_scene.ask_of(other, call))
    assert any_scene.confirmed(post) == [comes.person_id]
    assert any_scene.waiting(post) == [], "a yes that comes too late is no turn in the line"


def test_a_yes_before_the_clock_noticed_is_answered_all_the_same(scene: CoverScene) -> None:
    office, comes, late = scene.coordinator(), *scene.people(2)
    post = scene.post(capacity=1)
    call = scene.call(office, post)
    scene.sign_up(comes, post)
    with pytest.raises(AlreadyCovered):
        scene.say_yes(late, scene.ask_of(late, call))
    assert scene.waiting(post) == []


def test_at_night_nobody_is_asked_and_who_was_not_asked_yet_is_not_told(
    scene: CoverScene, clock: SetClock
) -> None:
    office, volunteer = scene.coordinator(), scene.person()
    post = scene.post(capacity=1)
    clock.at = SATURDAY.replace(day=4, hour=23)
    call = scene.call(office, post)
    [row] = scene.rows(volunteer)
    assert row.not_before == SATURDAY.replace(day=5, hour=7)
    scene.sign_up(office, post)
    scene.settle()
    [row] = scene.rows(volunteer)
    assert (row.kind, row.state) == (Kind.send, State.cancelled)
    assert scene.states(call) == [AskState.closed]


def test_who_blocks_the_bot_is_skipped_and_the_next_one_asked(any_scene: CoverScene) -> None:
    office = any_scene.coordinator()
    first, second, third = any_scene.people(3)
    post = any_scene.post()
    call = any_scene.call(office, post, 1)
    any_scene.block(first)
    assert any_scene.settle() == [call.id]
    assert any_scene.settle() == []
    assert any_scene.states(call) == [AskState.unreached, AskState.open]
    assert any_scene.asked(call) == [first.person_id, second.person_id]
    assert any_scene.told(third) == []


def test_only_who_answers_for_the_post_asks_and_only_for_what_is_missing(
    scene: CoverScene, clock: SetClock
) -> None:
    lead, other_lead, volunteer = scene.people(3)
    post = scene.post(capacity=1, lead=lead)
    scene.post(lead=other_lead)
    for actor in (volunteer, other_lead):
        with pytest.raises(NotAllowed):
            scene.call(scene.again(actor), post)
    scene.sign_up(volunteer, post)
    with pytest.raises(NothingToCover):
        scene.call(scene.again(lead), post)
    scene.leave(volunteer, post)
    clock.at = SATURDAY
    with pytest.raises(PostHasStarted):
        scene.call(scene.again(lead), post)


def test_the_number_of_statements_does_not_grow_with_the_people(scene: CoverScene) -> None:
    office, post = scene.coordinator(), scene.post()

    def statements() -> int:
        def read(view: View) -> int:
            with counting(view) as found:
                preview(view, actor=office, post_id=post, config=scene.config)
            return len(found.texts)

        return scene.read(read)

    scene.people(2)
    before = statements()
    crowd: list[Actor] = scene.people(40)
    for actor in crowd[:9]:
        scene.sign_up(actor, scene.post(at=SATURDAY + timedelta(hours=2)))
    assert statements() == before
    assert before <= 6


def test_a_configured_cap_is_kept(scene: CoverScene) -> None:
    scene.config = make_config(posts={"cover": {"asks_per_week": 1}})
    office = scene.coordinator()
    scene.person()
    scene.call(office, scene.post())
    later = scene.post(at=SATURDAY + timedelta(days=1))
    assert dict(scene.candidates(office, later).spared) == {Spared.weekly: 1}
