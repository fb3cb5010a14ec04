"""What people are told: when, and what is erased with them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.features.outbox.models import OutboxRow
from bot.features.people.forgetting import forget
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock

LATE = datetime.fromisoformat("2024-06-04T23:00:00+08:00")
MORNING = datetime.fromisoformat("2024-06-05T07:00:00+08:00")


@pytest.mark.parametrize(
    ("starts_at", "not_before"),
    [
        pytest.param(SATURDAY, MORNING, id="days ahead: in the morning"),
        pytest.param(LATE + timedelta(hours=9), None, id="tomorrow morning: at once"),
    ],
)
def test_at_night_only_what_is_near_is_told(
    scene: Scene, clock: SetClock, starts_at: datetime, not_before: datetime | None
) -> None:
    holder, waits, office = *scene.people(2), scene.coordinator()
    post = scene.post(at=starts_at, capacity=1)
    scene.sign_up(holder, post)
    scene.sign_up(waits, post)
    clock.at = LATE
    scene.set_capacity(office, post, 2)
    row = scene.read(
        lambda view: view.session.scalars(
            select(OutboxRow).where(OutboxRow.person_id == waits.person_id)
        ).one()
    )
    assert row.not_before == not_before


def test_who_blocked_the_bot_is_passed_over_and_keeps_the_turn(scene: Scene) -> None:
    holder, waits, next_one, post = *scene.people(3), scene.post(capacity=1)
    for person in (holder, waits, next_one):
        scene.sign_up(person, post)
    scene.block(waits)
    assert scene.leave(holder, post).promoted == [next_one.person_id]
    assert scene.told(waits) == []
    assert scene.waiting(post) == [waits.person_id]


def test_to_be_forgotten_gives_the_place_to_the_next(any_scene: Scene) -> None:
    going, waits, post = *any_scene.people(2), any_scene.post(capacity=1)
    any_scene.sign_up(going, post)
    any_scene.sign_up(waits, post)
    any_scene.write(lambda work: forget(work, actor=going, inbox_id=0))
    any_scene.tick()
    assert any_scene.offered(post) == [waits.person_id]
    assert len(any_scene.told(waits)) == 1
