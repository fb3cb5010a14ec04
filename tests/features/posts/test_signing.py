"""Signing up, leaving, changing over (VOL-02)."""

from datetime import timedelta

import pytest

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.posts import service
from bot.features.posts.errors import (
    NoPlaceToSwap,
    NotRegistered,
    NotSignedUp,
    PostHasEnded,
    PostHasStarted,
    PostIsCancelled,
    PostsOverlap,
    SignupHasClosed,
    TooLateToLeave,
)
from bot.features.posts.models import SignupState
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock
from tests.support.config import make_config


def test_one_tap_takes_a_free_place(any_scene: Scene) -> None:
    volunteer, post = any_scene.person(), any_scene.post(capacity=1)
    done = any_scene.sign_up(volunteer, post)
    assert (done.state, done.position) == (SignupState.confirmed, None)
    assert any_scene.confirmed(post) == [volunteer.person_id]
    assert any_scene.get(post).taken == 1
    assert any_scene.audited(post) == ["post.published", "post.confirmed"]


@pytest.mark.parametrize("role", list(Role))
def test_whatever_role_one_holds_one_may_sign_up(scene: Scene, role: Role) -> None:
    person, post = scene.person("", role), scene.post()
    assert scene.sign_up(person, post).state is SignupState.confirmed


def test_who_is_not_registered_cannot_sign_up(scene: Scene) -> None:
    volunteer, post = scene.person(), scene.post()
    stranger = type(volunteer)(volunteer.person_id, 1, "", "zh_CN")
    with pytest.raises(NotRegistered):
        scene.sign_up(stranger, post)
    assert scene.confirmed(post) == []


def test_a_full_post_puts_the_next_people_in_line(any_scene: Scene) -> None:
    first, second, third = any_scene.people(3)
    post = any_scene.post(capacity=1)
    any_scene.sign_up(first, post)
    assert any_scene.sign_up(second, post).position == 1
    assert any_scene.sign_up(third, post).position == 2
    assert any_scene.waiting(post) == [second.person_id, third.person_id]
    assert (any_scene.get(post).taken, any_scene.get(post).waiting) == (1, 2)


def test_a_second_tap_changes_nothing(any_scene: Scene) -> None:
    first, second, post = *any_scene.people(2), any_scene.post(capacity=1)
    any_scene.sign_up(first, post)
    any_scene.sign_up(second, post)
    again, in_line = any_scene.sign_up(first, post), any_scene.sign_up(second, post)
    assert (again.before, again.state) == (True, SignupState.confirmed)
    assert (in_line.before, in_line.position) == (True, 1)
    assert (any_scene.get(post).taken, any_scene.get(post).waiting) == (1, 1)


def test_who_leaves_and_comes_back_stands_last_in_line(scene: Scene) -> None:
    first, second, third, post = *scene.people(3), scene.post(capacity=1)
    for person in (first, second, third):
        scene.sign_up(person, post)
    scene.leave(second, post)
    assert scene.sign_up(second, post).position == 2
    assert scene.waiting(post) == [third.person_id, second.person_id]


def test_leaving_frees_the_place(any_scene: Scene) -> None:
    volunteer, post = any_scene.person(), any_scene.post()
    any_scene.sign_up(volunteer, post)
    left = any_scene.leave(volunteer, post)
    assert (left.was, left.promoted) == (SignupState.confirmed, [])
    assert any_scene.confirmed(post) == []
    assert any_scene.get(post).taken == 0
    with pytest.raises(NotSignedUp):
        any_scene.leave(volunteer, post)


def test_one_leaves_until_the_cut_off_and_not_after(scene: Scene, clock: SetClock) -> None:
    early, late, post = *scene.people(2), scene.post(capacity=2)
    scene.sign_up(early, post)
    scene.sign_up(late, post)
    cutoff = SATURDAY - timedelta(hours=scene.config.posts.leave_cutoff_hours)
    clock.at = cutoff - timedelta(seconds=1)
    scene.leave(early, post)
    clock.at = cutoff
    with pytest.raises(TooLateToLeave):
        scene.leave(late, post)
    assert scene.confirmed(post) == [late.person_id]


def test_who_only_waits_may_leave_until_the_start(scene: Scene, clock: SetClock) -> None:
    first, second, post = *scene.people(2), scene.post(capacity=1)
    scene.sign_up(first, post)
    scene.sign_up(second, post)
    clock.at = SATURDAY - timedelta(minutes=1)
    assert scene.leave(second, post).was is SignupState.waiting
    assert scene.get(post).waiting == 0


def test_after_the_cut_off_the_lead_can_be_told(scene: Scene, clock: SetClock) -> None:
    lead, volunteer = scene.people(2)
    post = scene.post(lead=lead)
    scene.sign_up(volunteer, post)

    def say() -> bool:
        return scene.write(
            lambda work: service.tell_lead(work, actor=volunteer, post_id=post, config=scene.config)
        )

    assert not say(), "before the cut-off one leaves by oneself"
    clock.at = SATURDAY - timedelta(hours=1)
    before = len(scene.told(lead))
    assert say()
    assert say(), "saying it twice tells the lead once"
    assert len(scene.told(lead)) == before + 1
    assert volunteer.name in scene.told(lead)[-1]
    assert scene.confirmed(post) == [volunteer.person_id]


def test_a_post_that_has_begun_or_ended_takes_nobody(scene: Scene, clock: SetClock) -> None:
    inside, outside, post = *scene.people(2), scene.post(hours=1)
    scene.sign_up(inside, post)
    clock.at = SATURDAY
    for refused in (
        lambda: scene.sign_up(outside, post),
        lambda: scene.leave(inside, post),
    ):
        with pytest.raises(PostHasStarted):
            refused()
    clock.at = SATURDAY + timedelta(hours=1)
    with pytest.raises(PostHasEnded):
        scene.sign_up(outside, post)


def test_until_the_moment_it_starts_one_can_sign_up(scene: Scene, clock: SetClock) -> None:
    volunteer, post = scene.person(), scene.post()
    clock.at = SATURDAY - timedelta(seconds=1)
    assert scene.sign_up(volunteer, post).state is SignupState.confirmed


def test_sign_up_can_close_before_the_start(scene: Scene, clock: SetClock) -> None:
    closing = Scene(scene.store, make_config(posts={"signup_closes_minutes_before_start": 30}))
    first, second, post = *closing.people(2), closing.post()
    clock.at = SATURDAY - timedelta(minutes=31)
    closing.sign_up(first, post)
    clock.at = SATURDAY - timedelta(minutes=30)
    with pytest.raises(SignupHasClosed):
        closing.sign_up(second, post)


def test_a_cancelled_post_takes_nobody(scene: Scene) -> None:
    volunteer, post, office = scene.person(), scene.post(), scene.coordinator()
    scene.write(lambda work: service.cancel(work, actor=office, post_id=post))
    with pytest.raises(PostIsCancelled):
        scene.sign_up(volunteer, post)


def test_a_post_that_is_not_there_is_not_found(scene: Scene) -> None:
    with pytest.raises(NotFound):
        scene.sign_up(scene.person(), 999)


def test_overlapping_posts_are_refused_with_the_minutes_they_share(any_scene: Scene) -> None:
    volunteer = any_scene.person()
    held = any_scene.post(hours=2, place="幸福市场")
    wanted = any_scene.post(at=SATURDAY + timedelta(minutes=90), hours=1)
    any_scene.sign_up(volunteer, held)
    with pytest.raises(PostsOverlap) as refused:
        any_scene.sign_up(volunteer, wanted)
    assert refused.value.wanted_id == wanted
    assert [(clash.post_id, clash.minutes) for clash in refused.value.clashes] == [(held, 30)]
    assert any_scene.confirmed(wanted) == []


def test_touching_posts_are_fine(any_scene: Scene) -> None:
    volunteer = any_scene.person()
    first = any_scene.post(hours=1)
    second = any_scene.post(at=SATURDAY + timedelta(hours=1))
    any_scene.sign_up(volunteer, first)
    assert any_scene.sign_up(volunteer, second).state is SignupState.confirmed


def test_over_midnight_posts_overlap_as_well(scene: Scene) -> None:
    volunteer = scene.person()
    night = scene.post(at=SATURDAY.replace(hour=23), hours=3)
    after_midnight = scene.post(at=SATURDAY.replace(hour=1) + timedelta(days=1))
    scene.sign_up(volunteer, night)
    with pytest.raises(PostsOverlap):
        scene.sign_up(volunteer, after_midnight)


def test_a_cancelled_post_is_in_nobodys_way(scene: Scene) -> None:
    volunteer, office = scene.person(), scene.coordinator()
    cancelled, other = scene.post(), scene.post()
    scene.sign_up(volunteer, cancelled)
    scene.write(lambda work: service.cancel(work, actor=office, post_id=cancelled))
    assert scene.sign_up(volunteer, other).state is SignupState.confirmed


def test_one_may_wait_at_two_posts_and_is_told_of_the_other_line(scene: Scene) -> None:
    first, volunteer = scene.people(2)
    full, free = scene.post(capacity=1), scene.post(capacity=1)
    scene.sign_up(first, full)
    scene.sign_up(volunteer, full)
    done = scene.sign_up(volunteer, free)
    assert done.state is SignupState.confirmed
    assert [post.id for post in done.other_lines] == [full]
    assert scene.waiting(full) == [volunteer.person_id]


def test_swapping_gives_up_one_place_for_the_other(any_scene: Scene) -> None:
    volunteer, next_one = any_scene.people(2)
    held, wanted = any_scene.post(capacity=1), any_scene.post(capacity=1)
    any_scene.sign_up(volunteer, held)
    any_scene.sign_up(next_one, held)
    any_scene.write(
        lambda work: service.swap(
            work, actor=volunteer, to_id=wanted, from_id=held, config=any_scene.config
        )
    )
    assert any_scene.confirmed(wanted) == [volunteer.person_id]
    assert any_scene.offered(held) == [next_one.person_id], "the next in line is asked"


def test_a_swap_into_a_full_post_changes_nothing(any_scene: Scene) -> None:
    volunteer, other = any_scene.people(2)
    held, full = any_scene.post(capacity=1), any_scene.post(capacity=1)
    any_scene.sign_up(volunteer, held)
    any_scene.sign_up(other, full)
    with pytest.raises(NoPlaceToSwap):
        any_scene.write(
            lambda work: service.swap(
                work, actor=volunteer, to_id=full, from_id=held, config=any_scene.config
            )
        )
    assert any_scene.confirmed(held) == [volunteer.person_id]
    assert any_scene.waiting(full) == []


def test_a_swap_that_still_overlaps_a_third_post_changes_nothing(scene: Scene) -> None:
    volunteer = scene.person()
    held = scene.post()
    third = scene.post(at=SATURDAY + timedelta(hours=1))
    wanted = scene.post(at=SATURDAY + timedelta(minutes=30))
    scene.sign_up(volunteer, held)
    scene.sign_up(volunteer, third)
    with pytest.raises(PostsOverlap):
        scene.write(
            lambda work: service.swap(
                work, actor=volunteer, to_id=wanted, from_id=held, config=scene.config
            )
        )
    assert scene.confirmed(held) == [volunteer.person_id]


def test_a_swap_past_the_cut_off_changes_nothing(scene: Scene, clock: SetClock) -> None:
    volunteer = scene.person()
    held, wanted = scene.post(), scene.post()
    scene.sign_up(volunteer, held)
    clock.at = SATURDAY - timedelta(hours=1)
    with pytest.raises(TooLateToLeave):
        scene.write(
            lambda work: service.swap(
                work, actor=volunteer, to_id=wanted, from_id=held, config=scene.config
            )
        )
    assert scene.confirmed(wanted) == []


def test_a_sign_up_takes_at_most_eight_statements(
    scene: Scene, count_statements: list[str]
) -> None:
    volunteer, post = scene.person(), scene.post()
    count_statements.clear()
    scene.sign_up(volunteer, post)
    assert len([one for one in count_statements if not one.startswith("BEGIN")]) <= 8
