"""A mis-tap is undone by one tap (VOL-02)."""

from datetime import timedelta

import pytest

from bot.features.posts.errors import TooLateToLeave
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock


@pytest.mark.parametrize("undo_minutes", [10, 0])
def test_a_mis_tap_is_undone_by_one_tap_past_the_cut_off(
    scene: Scene, clock: SetClock, undo_minutes: int
) -> None:
    signing = scene.config.posts.signing.model_copy(update={"undo_minutes": undo_minutes})
    posts = scene.config.posts.model_copy(update={"signing": signing})
    scene.config = scene.config.model_copy(update={"posts": posts})
    quick, slow, post = *scene.people(2), scene.post(capacity=2)
    clock.at = SATURDAY - timedelta(hours=1)
    scene.sign_up(quick, post)
    scene.sign_up(slow, post)
    clock.at += timedelta(minutes=10) - timedelta(seconds=1)
    if undo_minutes:
        scene.leave(quick, post)
    clock.at += timedelta(seconds=1)
    with pytest.raises(TooLateToLeave):
        scene.leave(slow if undo_minutes else quick, post)
