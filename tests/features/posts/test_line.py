"""The waiting line: who is offered the place that came free (VOL-02)."""

from datetime import timedelta

import pytest

from bot.features.posts import service
from bot.features.posts.models import SignupState
from bot.features.posts.queries import post_card
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock


def test_the_first_in_line_is_offered_the_place_and_told_once(any_scene: Scene) -> None:
    leaver, first, second, post = *any_scene.people(3), any_scene.post(capacity=1)
    for person in (leaver, first, second):
        any_scene.sign_up(person, post)
    left = any_scene.leave(leaver, post)
    assert left.promoted == [first.person_id]
    assert any_scene.offered(post) == [first.person_id]
    assert any_scene.waiting(post) == [second.person_id]
    assert len(any_scene.told(first)) == 1
    assert "楚街路口" in any_scene.told(first)[0]
    assert any_scene.told(second) == []
    assert any_scene.audited(post)[-2:] == ["post.offered", "post.left"]


def test_an_offered_place_is_nobody_elses(any_scene: Scene) -> None:
    leaver, first, newcomer, post = *any_scene.people(3), any_scene.post(capacity=1)
    any_scene.sign_up(leaver, post)
    any_scene.sign_up(first, post)
    any_scene.leave(leaver, post)
    assert any_scene.sign_up(newcomer, post).state is SignupState.waiting
    assert (any_scene.get(post).taken, any_scene.get(post).waiting) == (1, 1)


def test_who_leaves_the_line_frees_no_place(any_scene: Scene) -> None:
    holder, first, second, post = *any_scene.people(3), any_scene.post(capacity=1)
    for person in (holder, first, second):
        any_scene.sign_up(person, post)
    assert any_scene.leave(first, post).promoted == []
    assert any_scene.confirmed(post) == [holder.person_id]
    card = any_scene.read(lambda view: post_card(view, post, reader_id=second.person_id))
    assert card.position == 1, "whoever stood behind moves up"


def test_more_places_are_offered_to_the_first_in_line(any_scene: Scene) -> None:
    people, post, office = (
        any_scene.people(5),
        any_scene.post(capacity=1),
        any_scene.coordinator(),
    )
    for person in people:
        any_scene.sign_up(person, post)
    ids = [person.person_id for person in people]
    assert any_scene.set_capacity(office, post, 3) == ids[1:3]
    assert any_scene.offered(post) == ids[1:3]
    assert any_scene.waiting(post) == ids[3:]


def test_who_holds_an_overlapping_place_is_passed_over_and_keeps_the_turn(
    any_scene: Scene,
) -> None:
    leaver, busy, free = any_scene.people(3)
    post, other = any_scene.post(capacity=1), any_scene.post(capacity=1, place="幸福市场")
    for person in (leaver, busy, free):
        any_scene.sign_up(person, post)
    any_scene.sign_up(busy, other)
    assert any_scene.leave(leaver, post).promoted == [free.person_id]
    assert any_scene.waiting(post) == [busy.person_id]
    any_scene.accept(free, post)
    any_scene.leave(busy, other)
    assert any_scene.leave(free, post).promoted == [busy.person_id]


def test_who_is_offered_an_overlapping_place_is_passed_over(any_scene: Scene) -> None:
    one, two, waits = any_scene.people(3)
    post, other = any_scene.post(capacity=1), any_scene.post(capacity=1, place="幸福市场")
    any_scene.sign_up(one, post)
    any_scene.sign_up(two, other)
    any_scene.sign_up(waits, post)
    any_scene.sign_up(waits, other)
    assert any_scene.leave(one, post).promoted == [waits.person_id]
    assert any_scene.leave(two, other).promoted == []
    any_scene.decline(waits, post)
    any_scene.tick()
    assert any_scene.offered(other) == [waits.person_id], "once they are free they are asked"


def test_a_long_line_of_busy_people_is_passed_over_to_its_end(scene: Scene) -> None:
    leaver, *busy, free = scene.people(32)
    post, other = scene.post(capacity=1), scene.post(capacity=30)
    for person in (leaver, *busy, free):
        scene.sign_up(person, post)
    for person in busy:
        scene.sign_up(person, other)
    assert scene.leave(leaver, post).promoted == [free.person_id]
    assert scene.waiting(post) == [person.person_id for person in busy]


def test_a_place_that_all_in_line_are_too_busy_for_stays_free(scene: Scene) -> None:
    leaver, busy, newcomer = scene.people(3)
    post, other = scene.post(capacity=1), scene.post()
    scene.sign_up(leaver, post)
    scene.sign_up(busy, post)
    scene.sign_up(busy, other)
    assert scene.leave(leaver, post).promoted == []
    assert scene.sign_up(newcomer, post).state is SignupState.confirmed


def test_a_newcomer_does_not_overtake_who_has_become_free(scene: Scene) -> None:
    leaver, busy, newcomer = scene.people(3)
    post, other = scene.post(capacity=1), scene.post()
    scene.sign_up(leaver, post)
    scene.sign_up(busy, post)
    scene.sign_up(busy, other)
    scene.leave(leaver, post)
    scene.leave(busy, other)
    assert scene.sign_up(newcomer, post).state is SignupState.waiting
    assert scene.offered(post) == [busy.person_id]


def test_who_waits_takes_a_free_place_with_one_tap_and_keeps_their_number(scene: Scene) -> None:
    leaver, busy = scene.people(2)
    post, other = scene.post(capacity=1), scene.post()
    scene.sign_up(leaver, post)
    scene.sign_up(busy, post)
    scene.sign_up(busy, other)
    scene.leave(leaver, post)
    scene.leave(busy, other)
    done = scene.sign_up(busy, post)
    assert (done.state, done.before) == (SignupState.confirmed, False)
    assert (scene.get(post).taken, scene.get(post).waiting) == (1, 0)
    assert scene.told(busy) == [], "nobody is asked for what they have just taken"


def test_touching_places_do_not_pass_anybody_over(scene: Scene) -> None:
    leaver, first = scene.people(2)
    post = scene.post(capacity=1)
    after = scene.post(at=SATURDAY + timedelta(hours=1))
    scene.sign_up(leaver, post)
    scene.sign_up(first, post)
    scene.sign_up(first, after)
    assert scene.leave(leaver, post).promoted == [first.person_id]


def test_a_person_who_is_offered_a_place_twice_is_told_twice(scene: Scene) -> None:
    one, two, post = *scene.people(2), scene.post(capacity=1)
    scene.sign_up(one, post)
    for _ in range(2):
        scene.sign_up(two, post)
        scene.leave(one, post)
        scene.leave(two, post)
        scene.sign_up(one, post)
    assert len([text for text in scene.told(two) if "有名额了" in text]) == 2


def test_nobody_is_asked_for_a_post_that_has_begun(scene: Scene, clock: SetClock) -> None:
    leaver, first, post = *scene.people(2), scene.post(capacity=1)
    scene.sign_up(leaver, post)
    scene.sign_up(first, post)
    clock.at = SATURDAY
    scene.write(lambda work: service.leave_all(work, leaver.person_id))
    scene.tick()
    assert scene.waiting(post) == [first.person_id]


def test_a_person_who_is_forgotten_frees_all_places_to_come(any_scene: Scene) -> None:
    going, waiting = any_scene.people(2)
    post = any_scene.post(capacity=1)
    led = any_scene.post(at=SATURDAY + timedelta(days=1), lead=going)
    any_scene.sign_up(going, post)
    any_scene.sign_up(waiting, post)
    assert any_scene.write(lambda work: service.leave_all(work, going.person_id)) == 1
    any_scene.tick()
    assert any_scene.offered(post) == [waiting.person_id]
    assert any_scene.get(led).lead_person_id is None


def test_past_posts_of_a_forgotten_person_stay_counted(scene: Scene, clock: SetClock) -> None:
    going, post = scene.person(), scene.post()
    scene.sign_up(going, post)
    clock.at = SATURDAY + timedelta(days=1)
    assert scene.write(lambda work: service.leave_all(work, going.person_id)) == 0
    assert scene.get(post).taken == 1


@pytest.mark.parametrize("minutes", [119, 1])
def test_shortly_before_the_start_all_who_wait_are_told_and_the_first_tap_wins(
    any_scene: Scene, clock: SetClock, minutes: int
) -> None:
    leaver, first, second, newcomer = any_scene.people(4)
    post = any_scene.post(capacity=1)
    for person in (leaver, first, second):
        any_scene.sign_up(person, post)
    clock.at = SATURDAY - timedelta(minutes=minutes)
    any_scene.write(lambda work: service.leave_all(work, leaver.person_id))
    for _ in range(3):
        any_scene.tick()
    assert any_scene.offered(post) == []
    for person in (first, second):
        assert len(any_scene.told(person)) == 1, "told once, however often the clock ticks"
        assert "空出名额了" in any_scene.told(person)[0]
    assert any_scene.told(newcomer) == []
    assert any_scene.sign_up(second, post).state is SignupState.confirmed
    assert any_scene.sign_up(first, post).position == 1
