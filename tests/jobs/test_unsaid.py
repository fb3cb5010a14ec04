"""Reminders that wait for Telegram while their post changes; on both databases."""

from datetime import timedelta

import pytest

from bot.features.flips.models import What
from bot.features.outbox.models import State
from bot.features.posts import service
from tests.features.flips.deciding import Deciding
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.beforeposts import DAY_BEFORE, at, move, rows_of
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock


@pytest.mark.parametrize("how", ["cancelled", "moved", "paused"])
def test_a_reminder_that_is_no_longer_so_is_never_sent(
    scene: Scene, before: Ticking, clock: SetClock, how: str
) -> None:
    comes, office = scene.person(), scene.coordinator()
    first, second = scene.post(), scene.post(at=SATURDAY + timedelta(hours=4))
    for post in (first, second):
        scene.sign_up(comes, post)
    at(clock, before, DAY_BEFORE)
    [waiting] = rows_of(scene, comes)
    assert waiting.state is State.pending
    clock.move(minutes=1)
    if how == "cancelled":
        scene.write(lambda work: service.cancel(work, actor=office, post_id=first))
    elif how == "moved":
        move(scene, first, hours=1)
    else:
        Deciding(scene, office).flip(What.pause, place="楚街路口", kind=None)
    before.tick()
    rows = rows_of(scene, comes)
    assert rows[0].state is State.cancelled
    asked = [row.payload["html"] for row in rows[1:] if "能到吗" in row.payload["html"]]
    if how == "paused":
        assert asked == [], "both are paused"
    else:
        assert len(asked) == 1
        assert "13:00–14:00" in asked[0]
        assert "09:00" not in asked[0]


def test_other_people_keep_theirs(scene: Scene, before: Ticking, clock: SetClock) -> None:
    other, office = scene.person(), scene.coordinator()
    post, elsewhere = scene.post(), scene.post(at=SATURDAY + timedelta(hours=4))
    scene.sign_up(other, elsewhere)
    at(clock, before, DAY_BEFORE)
    scene.write(lambda work: service.cancel(work, actor=office, post_id=post))
    assert [row.state for row in rows_of(scene, other)] == [State.pending]
