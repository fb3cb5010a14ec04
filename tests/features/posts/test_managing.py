"""Publishing, changing and cancelling posts, and taking people off (VOL-01)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.features.people.actor import Actor, find_actor
from bot.features.posts import service
from bot.features.posts.access import count, lock_post
from bot.features.posts.errors import (
    BelowSignedUp,
    ChangedMeanwhile,
    NotSignedUp,
    PostHasStarted,
    StartsInPast,
    TooManyPlaces,
)
from bot.features.posts.models import Post, PostState
from bot.features.posts.service import Changes, NewPost
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock

NOT_THE_OFFICE = sorted(set(Role) - {Role.admin, Role.coordinator})


def changes_of(post: Post) -> Changes:
    return Changes(
        kind=post.kind,
        place=post.place,
        starts_at=post.starts_at,
        ends_at=post.ends_at,
        lead_person_id=post.lead_person_id,
        note=post.note,
    )


def change(scene: Scene, by: Actor, post_id: int, **different: object) -> Post:
    post = scene.get(post_id)
    changes = replace(changes_of(post), **different)  # type: ignore[arg-type]  # as named above
    return scene.write(
        lambda work: service.change(
            work,
            actor=by,
            post_id=post_id,
            version=post.version,
            changes=changes,
            config=scene.config,
        )
    )


def roles(scene: Scene, actor: Actor) -> tuple[int, ...]:
    found = scene.read(lambda view: find_actor(view, actor.telegram_id))
    return () if found is None else found.led_post_ids


@pytest.mark.parametrize("role", NOT_THE_OFFICE)
def test_only_the_office_publishes_changes_and_cancels(scene: Scene, role: Role) -> None:
    person, post = scene.person("", role), scene.post()
    new = NewPost("shichang", "P", SATURDAY, SATURDAY + timedelta(hours=1), 2)
    with pytest.raises(NotAllowed):
        scene.write(lambda work: service.publish(work, actor=person, post=new))
    with pytest.raises(NotAllowed):
        scene.set_capacity(person, post, 5)
    with pytest.raises(NotAllowed):
        change(scene, person, post, place="Q")
    with pytest.raises(NotAllowed):
        scene.write(lambda work: service.cancel(work, actor=person, post_id=post))
    assert scene.audited(post) == ["post.published"]


def test_a_post_cannot_start_in_the_past(scene: Scene, clock: SetClock) -> None:
    with pytest.raises(StartsInPast):
        scene.post(at=clock.now())


def test_the_lead_gets_a_grant_for_this_post_and_is_told(any_scene: Scene) -> None:
    lead = any_scene.person()
    post = any_scene.post(lead=lead)
    assert roles(any_scene, lead) == (post,)
    assert len(any_scene.told(lead)) == 1


def test_a_new_lead_takes_over_and_both_are_told(any_scene: Scene) -> None:
    old, new, office = any_scene.person(), any_scene.person(), any_scene.coordinator()
    post = any_scene.post(lead=old)
    change(any_scene, office, post, lead_person_id=new.person_id)
    assert (roles(any_scene, old), roles(any_scene, new)) == ((), (post,))
    assert len(any_scene.told(old)) == 2
    assert len(any_scene.told(new)) == 1


def test_a_lead_must_be_registered(scene: Scene) -> None:
    office, post = scene.coordinator(), scene.post()
    with pytest.raises(NotFound):
        change(scene, office, post, lead_person_id=4711)
    assert scene.get(post).lead_person_id is None


def test_a_move_is_told_once_to_all_whom_it_concerns(any_scene: Scene) -> None:
    lead, comes, waits, left, office = (
        *any_scene.people(4),
        any_scene.coordinator(),
    )
    post = any_scene.post(capacity=1, lead=lead)
    any_scene.sign_up(left, post)
    any_scene.leave(left, post)
    for person in (comes, waits):
        any_scene.sign_up(person, post)
    before = len(any_scene.told(lead))
    moved = SATURDAY + timedelta(hours=3)
    change(
        any_scene,
        office,
        post,
        place="幸福市场",
        starts_at=moved,
        ends_at=moved + timedelta(hours=1),
    )
    assert len(any_scene.told(lead)) == before + 1
    for person in (comes, waits):
        (text,) = any_scene.told(person)
        assert "幸福市场" in text
        assert "12:00–13:00" in text
        assert "楚街路口，6月8日（周六）09:00–10:00" in text
    assert any_scene.told(left) == []


def test_a_change_of_nothing_is_told_to_nobody(scene: Scene) -> None:
    comes, office, post = scene.person(), scene.coordinator(), scene.post()
    scene.sign_up(comes, post)
    change(scene, office, post)
    assert scene.told(comes) == []


def test_who_is_moved_onto_another_post_of_theirs_is_told_of_it(scene: Scene) -> None:
    comes, office = scene.person(), scene.coordinator()
    post = scene.post()
    other = scene.post(at=SATURDAY + timedelta(hours=2), place="幸福市场")
    scene.sign_up(comes, post)
    scene.sign_up(comes, other)
    moved = SATURDAY + timedelta(hours=2, minutes=30)
    change(scene, office, post, starts_at=moved, ends_at=moved + timedelta(hours=1))
    assert "幸福市场" in scene.told(comes)[-1]
    assert scene.confirmed(post) == [comes.person_id], "nobody is put out in silence"


def test_after_a_move_one_may_leave_whatever_the_cut_off(scene: Scene, clock: SetClock) -> None:
    comes, office, post = scene.person(), scene.coordinator(), scene.post()
    scene.sign_up(comes, post)
    clock.at = SATURDAY - timedelta(hours=2)
    change(scene, office, post, place="幸福市场")
    scene.leave(comes, post)
    assert scene.confirmed(post) == []


def test_an_edit_of_an_older_version_is_refused(scene: Scene) -> None:
    office, post = scene.coordinator(), scene.get(scene.post())
    change(scene, office, post.id, place="Q")
    with pytest.raises(ChangedMeanwhile):
        scene.write(
            lambda work: service.change(
                work,
                actor=office,
                post_id=post.id,
                version=post.version,
                changes=changes_of(post),
                config=scene.config,
            )
        )
    assert scene.get(post.id).place == "Q"


def test_a_post_is_not_moved_into_the_past_nor_after_it_began(
    scene: Scene, clock: SetClock
) -> None:
    office, post = scene.coordinator(), scene.post()
    with pytest.raises(StartsInPast):
        change(scene, office, post, starts_at=clock.now() - timedelta(hours=1))
    clock.at = SATURDAY
    with pytest.raises(PostHasStarted):
        change(scene, office, post, place="Q")
    with pytest.raises(PostHasStarted):
        scene.write(lambda work: service.cancel(work, actor=office, post_id=post))


def test_fewer_places_than_people_are_refused_with_both_figures(any_scene: Scene) -> None:
    office, post = any_scene.coordinator(), any_scene.post(capacity=3)
    for person in any_scene.people(2):
        any_scene.sign_up(person, post)
    with pytest.raises(BelowSignedUp) as refused:
        any_scene.set_capacity(office, post, 1)
    assert refused.value.data == {"capacity": 1, "taken": 2}
    any_scene.set_capacity(office, post, 2)
    assert any_scene.get(post).capacity == 2
    assert len(any_scene.confirmed(post)) == 2


@pytest.mark.parametrize("capacity", [0, -1, 201])
def test_a_post_has_one_to_the_configured_number_of_places(scene: Scene, capacity: int) -> None:
    office, post = scene.coordinator(), scene.post()
    with pytest.raises(TooManyPlaces):
        scene.set_capacity(office, post, capacity)


def test_the_database_itself_refuses_more_people_than_places(any_scene: Scene) -> None:
    post = any_scene.post(capacity=1)

    with pytest.raises(IntegrityError):
        any_scene.write(lambda work: count(work, lock_post(work, post), taken=2))
    assert any_scene.get(post).taken == 0


def test_a_cancelled_post_is_told_once_to_all_whom_it_concerns(any_scene: Scene) -> None:
    lead, comes, waits, office = *any_scene.people(3), any_scene.coordinator()
    post = any_scene.post(capacity=1, lead=lead)
    any_scene.sign_up(comes, post)
    any_scene.sign_up(waits, post)
    told = {person: len(any_scene.told(person)) for person in (lead, comes, waits)}
    any_scene.write(lambda work: service.cancel(work, actor=office, post_id=post))
    assert any_scene.get(post).state is PostState.cancelled
    assert roles(any_scene, lead) == ()
    for person, before in told.items():
        assert len(any_scene.told(person)) == before + 1


def test_the_lead_takes_a_person_off_and_the_next_one_is_asked(any_scene: Scene) -> None:
    lead, comes, waits = any_scene.people(3)
    post = any_scene.post(capacity=1, lead=lead)
    any_scene.sign_up(comes, post)
    any_scene.sign_up(waits, post)
    in_charge = any_scene.read(lambda view: find_actor(view, lead.telegram_id))
    assert in_charge is not None
    any_scene.write(
        lambda work: service.remove(
            work, actor=in_charge, post_id=post, person_id=comes.person_id, config=any_scene.config
        )
    )
    assert any_scene.offered(post) == [waits.person_id]
    assert len(any_scene.told(comes)) == 1
    assert len(any_scene.told(waits)) == 1


def test_the_lead_of_another_post_takes_nobody_off(scene: Scene) -> None:
    lead, comes = scene.people(2)
    scene.post(lead=lead)
    post = scene.post()
    scene.sign_up(comes, post)
    other = scene.read(lambda view: find_actor(view, lead.telegram_id))
    assert other is not None
    with pytest.raises(NotAllowed):
        scene.write(
            lambda work: service.remove(
                work, actor=other, post_id=post, person_id=comes.person_id, config=scene.config
            )
        )
    assert scene.confirmed(post) == [comes.person_id]


def test_who_is_not_on_the_list_cannot_be_taken_off(scene: Scene) -> None:
    office, post = scene.coordinator(), scene.post()
    with pytest.raises(NotSignedUp):
        scene.write(
            lambda work: service.remove(
                work, actor=office, post_id=post, person_id=1, config=scene.config
            )
        )
