"""An offered place: taken, declined, let pass, taken back (VOL-02)."""

from datetime import timedelta

import pytest

from bot.core.errors import BusinessError
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts import service
from bot.features.posts.errors import (
    BelowSignedUp,
    NoOffer,
    NotSignedUp,
    OfferHasPassed,
    PostIsPaused,
    PostsOverlap,
)
from bot.features.posts.models import Post, SignupState
from bot.features.posts.own import own_coming
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock
from tests.support.fixtures import START

DAY = timedelta(hours=24)


def offered_one(scene: Scene, *, waiting: int = 1) -> tuple[int, Actor, list[Actor]]:
    """Return a post with one place, offered to somebody, and who waits behind them."""
    leaver, first, *others = scene.people(2 + waiting)
    post = scene.post(capacity=1)
    for person in (leaver, first, *others):
        scene.sign_up(person, post)
    scene.leave(leaver, post)
    return post, first, others


def counts(scene: Scene, post_id: int) -> tuple[int, int]:
    post = scene.get(post_id)
    return post.taken, post.waiting


def test_to_accept_makes_the_place_theirs_once(any_scene: Scene) -> None:
    post, first, _ = offered_one(any_scene)
    for _ in range(2):
        any_scene.accept(first, post)
    assert any_scene.confirmed(post) == [first.person_id]
    assert counts(any_scene, post) == (1, 1)
    assert [step for number, step in any_scene.steps(post) if number == 2] == [
        "joined",
        "offered",
        "accepted",
    ]


def test_to_sign_up_again_is_to_accept(scene: Scene) -> None:
    post, first, _ = offered_one(scene)
    assert scene.sign_up(first, post).state is SignupState.confirmed
    assert scene.confirmed(post) == [first.person_id]


@pytest.mark.parametrize("way", ["decline", "leave"])
def test_to_decline_lets_the_next_be_asked(any_scene: Scene, way: str) -> None:
    post, first, (second,) = offered_one(any_scene)
    assert getattr(any_scene, way)(first, post).promoted == [second.person_id]
    assert any_scene.offered(post) == [second.person_id]
    assert (2, "declined") in any_scene.steps(post)
    with pytest.raises(NotSignedUp):
        any_scene.accept(first, post)


def test_an_offer_passes_at_the_very_second_and_the_next_is_asked(
    any_scene: Scene, clock: SetClock
) -> None:
    post, first, (second,) = offered_one(any_scene)
    until = any_scene.signup(first, post).offer_until
    assert until is not None
    clock.at = until
    with pytest.raises(OfferHasPassed):
        any_scene.accept(first, post)
    any_scene.tick()
    assert any_scene.offered(post) == [second.person_id]
    assert any_scene.signup(first, post).state is SignupState.left
    assert (2, "expired") in any_scene.steps(post)


def test_a_moment_before_it_can_be_taken(scene: Scene, clock: SetClock) -> None:
    post, first, _ = offered_one(scene)
    until = scene.signup(first, post).offer_until
    assert until is not None
    clock.at = until - timedelta(microseconds=1)
    scene.tick()
    scene.accept(first, post)
    assert scene.confirmed(post) == [first.person_id]


def test_who_let_it_pass_waits_again_only_by_a_tap_and_at_the_end(
    scene: Scene, clock: SetClock
) -> None:
    post, first, (second, third) = offered_one(scene, waiting=2)
    clock.at = START + 3 * DAY
    scene.tick()
    assert scene.waiting(post) == [third.person_id]
    assert scene.sign_up(first, post).position == 2
    assert scene.waiting(post) == [third.person_id, first.person_id]
    assert scene.offered(post) == [second.person_id]


def test_a_group_is_offered_places_for_all_of_it(scene: Scene) -> None:
    holders, group, post = scene.people(3), scene.person(), scene.post(capacity=3, companions=2)
    for one in holders:
        scene.sign_up(one, post)
    scene.sign_up(group, post, size=3)
    for one in holders[:2]:
        assert scene.leave(one, post).promoted == []
    assert scene.leave(holders[2], post).promoted == [group.person_id]
    assert counts(scene, post) == (3, 0)
    scene.decline(group, post)
    assert counts(scene, post) == (0, 0)


def test_no_place_is_taken_that_is_not_offered(scene: Scene) -> None:
    post, _, (second,) = offered_one(scene)
    with pytest.raises(NoOffer):
        scene.accept(second, post)
    with pytest.raises(NoOffer):
        scene.decline(second, post)
    with pytest.raises(NotSignedUp):
        scene.accept(scene.person(), post)


def test_nobody_answers_for_somebody_else(scene: Scene) -> None:
    post, first, (second,) = offered_one(scene)
    for whom in (first, scene.person()):
        with pytest.raises(NotSignedUp):
            scene.accept(second, post, whom=whom)
    scene.accept(scene.coordinator(), post, whom=first)
    assert scene.confirmed(post) == [first.person_id]


def test_a_person_without_telegram_is_asked_through_who_signed_them_up(scene: Scene) -> None:
    holder, office, whom = scene.person(), scene.coordinator(), scene.person("赵大爷")
    post = scene.post(capacity=1)
    scene.write(lambda work: drop_telegram(work, whom))
    scene.sign_up(holder, post)
    scene.sign_up(office, post, whom=whom)
    scene.leave(holder, post)
    told = scene.told(office)
    assert len(told) == 1
    assert "赵大爷" in told[0]
    scene.accept(office, post, whom=whom)
    assert scene.confirmed(post) == [whom.person_id]


def drop_telegram(work: Work, actor: Actor) -> None:
    work.session.get_one(Person, actor.person_id).telegram_id = None


def test_who_blocks_the_bot_with_an_offer_open_keeps_the_turn_and_the_next_is_asked(
    any_scene: Scene,
) -> None:
    post, first, (second,) = offered_one(any_scene)
    any_scene.block(first)
    any_scene.tick()
    assert any_scene.offered(post) == [second.person_id]
    assert any_scene.waiting(post) == [first.person_id]
    assert any_scene.told(second) != []


def test_an_overlapping_sign_up_is_refused_while_a_place_is_offered(scene: Scene) -> None:
    post, first, (second,) = offered_one(scene)
    other = scene.post(place="幸福市场")
    with pytest.raises(PostsOverlap):
        scene.sign_up(first, other)
    scene.write(
        lambda work: service.swap(work, actor=first, to_id=other, from_id=post, config=scene.config)
    )
    assert scene.confirmed(other) == [first.person_id]
    assert scene.offered(post) == [second.person_id], "changing over gives the offer on"


def test_a_paused_post_takes_its_offers_back_and_makes_them_again(
    scene: Scene, clock: SetClock
) -> None:
    post, first, (second,) = offered_one(scene)
    scene.write(lambda work: pause(work, post))
    with pytest.raises(PostIsPaused):
        scene.accept(first, post)
    scene.tick()
    assert scene.waiting(post) == [first.person_id, second.person_id]
    clock.at = START + DAY
    scene.write(lambda work: resume(work, post))
    scene.tick()
    assert scene.offered(post) == [first.person_id]


def pause(work: Work, post_id: int) -> None:
    work.session.get_one(Post, post_id).paused_at = work.now


def resume(work: Work, post_id: int) -> None:
    work.session.get_one(Post, post_id).paused_at = None


def test_a_cancelled_post_takes_its_offers_back(any_scene: Scene) -> None:
    post, first, _ = offered_one(any_scene)
    office = any_scene.coordinator()
    any_scene.write(lambda work: service.cancel(work, actor=office, post_id=post))
    assert any_scene.offered(post) == []
    assert any("取消" in text for text in any_scene.told(first))
    with pytest.raises(BusinessError):
        any_scene.accept(first, post)


def test_a_post_that_moves_offers_its_places_anew(any_scene: Scene, clock: SetClock) -> None:
    post, first, (second,) = offered_one(any_scene)
    other = any_scene.post(at=SATURDAY + timedelta(hours=5), place="幸福市场")
    any_scene.sign_up(first, other)
    clock.at = START + timedelta(hours=1)
    any_scene.move(any_scene.coordinator(), post, to=SATURDAY + timedelta(hours=5))
    assert any_scene.offered(post) == [second.person_id], "the first is busy at the new time"
    assert any_scene.waiting(post) == [first.person_id]


def test_fewer_places_take_offers_back_the_last_first_but_nobody_is_put_out(
    any_scene: Scene,
) -> None:
    holder, first, second, office = *any_scene.people(3), any_scene.coordinator()
    post = any_scene.post(capacity=1)
    for person in (holder, first, second):
        any_scene.sign_up(person, post)
    any_scene.set_capacity(office, post, 3)
    assert any_scene.offered(post) == [first.person_id, second.person_id]
    any_scene.set_capacity(office, post, 2)
    assert any_scene.offered(post) == [first.person_id]
    any_scene.accept(first, post)
    with pytest.raises(BelowSignedUp):
        any_scene.set_capacity(office, post, 1)
    assert counts(any_scene, post) == (2, 1)


def test_own_posts_begin_with_what_is_to_be_answered(scene: Scene) -> None:
    post, first, _ = offered_one(scene)
    sooner = scene.post(at=SATURDAY - timedelta(days=1), place="幸福市场")
    scene.sign_up(first, sooner)
    coming = scene.read(lambda view: own_coming(view, first.person_id))
    assert [one.post.id for one in coming] == [post, sooner]
    assert coming[0].offer_until == scene.signup(first, post).offer_until
