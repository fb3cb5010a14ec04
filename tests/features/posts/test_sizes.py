"""People who come together: they take places, wait and leave as one (VOL-02)."""

from datetime import timedelta

import pytest

from bot.core.errors import BusinessError, NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.models import Person
from bot.features.posts.errors import (
    NoPlaceForMore,
    PostIsDraft,
    PostIsPaused,
    PostIsSettled,
)
from bot.features.posts.ineligible import TooManyCompanions
from bot.features.posts.models import Post, PostState, SignupState
from tests.features.posts.scene import SATURDAY, Scene


def counts(scene: Scene, post_id: int) -> tuple[int, int]:
    post = scene.get(post_id)
    return post.taken, post.waiting


def test_a_group_takes_as_many_places_as_it_has_people(any_scene: Scene) -> None:
    group, one, post = *any_scene.people(2), any_scene.post(capacity=3, companions=3)
    done = any_scene.sign_up(group, post, size=3)
    assert (done.state, done.size) == (SignupState.confirmed, 3)
    assert counts(any_scene, post) == (3, 0)
    assert any_scene.sign_up(one, post).state is SignupState.waiting
    any_scene.leave(group, post)
    assert counts(any_scene, post) == (1, 0), "three places came free, one is offered to the line"


def test_a_group_that_does_not_fit_waits_as_one_and_the_next_who_fits_gets_the_place(
    any_scene: Scene,
) -> None:
    holder, other, group, one = any_scene.people(4)
    post = any_scene.post(capacity=2, companions=2)
    any_scene.sign_up(holder, post)
    any_scene.sign_up(other, post)
    assert any_scene.sign_up(group, post, size=2).state is SignupState.waiting
    assert any_scene.sign_up(one, post).position == 2
    any_scene.leave(holder, post)
    assert any_scene.offered(post) == [one.person_id]
    assert any_scene.waiting(post) == [group.person_id], "the group keeps its turn"
    any_scene.leave(other, post)
    any_scene.decline(one, post)
    assert any_scene.offered(post) == [group.person_id]
    passed = [number for number, step in any_scene.steps(post) if step == "passed_over"]
    assert passed == [3], "that it was passed over is kept once"


def test_nobody_brings_more_people_than_the_post_allows(scene: Scene) -> None:
    group, post = scene.person(), scene.post(capacity=9, companions=1)
    for size in (3, 0, -1):
        with pytest.raises(TooManyCompanions) as refused:
            scene.sign_up(group, post, size=size)
        assert refused.value.most == 1
    assert counts(scene, post) == (0, 0)


def test_bringing_one_more_and_one_fewer(any_scene: Scene) -> None:
    group, waits, post = *any_scene.people(2), any_scene.post(capacity=2, companions=3)
    any_scene.sign_up(group, post)
    any_scene.change_size(group, post, 2)
    assert counts(any_scene, post) == (2, 0)
    with pytest.raises(NoPlaceForMore):
        any_scene.change_size(group, post, 3)
    with pytest.raises(TooManyCompanions):
        any_scene.change_size(group, post, 5)
    assert counts(any_scene, post) == (2, 0)
    any_scene.sign_up(waits, post)
    any_scene.change_size(group, post, 1)
    assert any_scene.offered(post) == [waits.person_id]
    any_scene.change_size(group, post, 0)
    assert counts(any_scene, post) == (2, 0), "somebody who comes is one person at least"


def test_who_waits_with_fewer_people_gets_a_place_that_is_free(scene: Scene) -> None:
    holder, group = scene.people(2)
    post = scene.post(capacity=3, companions=3)
    scene.sign_up(holder, post)
    scene.sign_up(group, post, size=3)
    assert scene.waiting(post) == [group.person_id]
    scene.change_size(group, post, 2)
    assert scene.offered(post) == [group.person_id]
    assert counts(scene, post) == (3, 0)


@pytest.mark.parametrize(
    ("state", "paused", "error"),
    [
        (PostState.draft, False, PostIsDraft),
        (PostState.closed, False, PostIsSettled),
        (PostState.published, True, PostIsPaused),
    ],
)
def test_drafts_paused_and_closed_posts_take_nobody(
    scene: Scene, state: PostState, *, paused: bool, error: type[BusinessError]
) -> None:
    person, post = scene.person(), scene.post()

    def set_state(work: Work) -> None:
        row = work.session.get_one(Post, post)
        row.state, row.paused_at = state, row.created_at if paused else None

    scene.write(set_state)
    with pytest.raises(error):
        scene.sign_up(person, post)


def test_the_office_and_both_leads_sign_up_others_and_nobody_else_does(scene: Scene) -> None:
    office, volunteer, whom = scene.coordinator(), scene.person(), scene.person()
    lead, team_lead = scene.person("", Role.volunteer), scene.person("", Role.team_lead)
    post = scene.post(capacity=9, lead=lead)

    def join_team(work: Work) -> None:
        for one in (whom, team_lead):
            work.session.get_one(Person, one.person_id).team = "kepu"

    with pytest.raises(NotAllowed):
        scene.sign_up(volunteer, post, whom=whom)
    with pytest.raises(NotAllowed):
        scene.sign_up(scene.again(team_lead), post, whom=whom)
    scene.write(join_team)
    for actor in (team_lead, office):
        assert scene.sign_up(scene.again(actor), post, whom=whom).state is SignupState.confirmed
        scene.leave(whom, post)
    with pytest.raises(NotAllowed):
        scene.sign_up(scene.again(lead), post, whom=whom)
    without_telegram = scene.person()

    def take_telegram(work: Work) -> None:
        work.session.get_one(Person, without_telegram.person_id).telegram_id = None

    scene.write(take_telegram)
    done = scene.sign_up(scene.again(lead), post, whom=without_telegram)
    assert done.state is SignupState.confirmed
    with pytest.raises(NotFound):
        scene.sign_up(office, post, whom=scene.nobody())


def test_who_signed_somebody_up_is_kept(scene: Scene) -> None:
    office, whom, post = scene.coordinator(), scene.person(), scene.post()
    scene.sign_up(office, post, whom=whom)
    assert scene.signup(whom, post).by_person_id == office.person_id
    scene.leave(whom, post)
    scene.sign_up(whom, post)
    assert scene.signup(whom, post).by_person_id is None


def test_an_offered_place_is_in_the_way_of_an_overlapping_post(scene: Scene) -> None:
    person, post = scene.person(), scene.post()
    other = scene.post(at=SATURDAY + timedelta(minutes=30))
    scene.sign_up(person, other)

    def offer(work: Work) -> None:
        scene.signup(person, other, work).state = SignupState.offered

    scene.write(offer)
    with pytest.raises(BusinessError) as refused:
        scene.sign_up(person, post)
    assert refused.value.key == "posts.error.overlap"
