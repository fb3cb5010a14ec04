"""Freed places go past those whom the rules refuse as things stand; they keep their turn."""

from datetime import timedelta
from typing import Any

import pytest

from bot.features.people.actor import Actor
from bot.features.posts import line
from bot.features.posts.ineligible import Ineligible, TooManyHours, TooManyInAWeek
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.config import make_config

HOUR = timedelta(hours=1)
RULES = [
    pytest.param({"posts_per_week": 1}, 24 * HOUR, TooManyInAWeek, id="week"),
    pytest.param({"hours_per_day": 1}, 5 * HOUR, TooManyHours, id="day"),
]


def line_of(scene: Scene, later: timedelta, *, waiting: int = 2) -> tuple[int, int, list[Actor]]:
    """Return a full post, one that is so much later, and first who holds, then who waits there.

    All who wait but the last have a place at the later post.
    """
    post = scene.post(capacity=1)
    other = scene.post(at=SATURDAY + later, place="幸福市场", capacity=waiting)
    people = scene.people(1 + waiting)
    for person in people:
        scene.sign_up(person, post)
    for person in people[1:-1]:
        scene.sign_up(person, other)
    return post, other, people


@pytest.mark.parametrize(("signing", "later", "_rule"), RULES)
def test_who_has_enough_posts_is_passed_over_and_keeps_the_turn(
    any_scene: Scene, signing: dict[str, Any], later: timedelta, _rule: type[Ineligible]
) -> None:
    any_scene.config = make_config(posts={"signing": signing})
    post, other, (holder, full, free) = line_of(any_scene, later)
    assert any_scene.leave(holder, post).promoted == [free.person_id]
    assert any_scene.waiting(post) == [full.person_id]
    assert (2, "passed_over") in any_scene.steps(post)
    any_scene.tick()
    assert any_scene.steps(post).count((2, "passed_over")) == 1
    any_scene.leave(full, other)
    assert any_scene.decline(free, post).promoted == [full.person_id]
    any_scene.accept(full, post)
    assert any_scene.confirmed(post) == [full.person_id]


@pytest.mark.parametrize(("signing", "later", "rule"), RULES)
def test_without_the_rules_a_place_is_offered_that_cannot_be_taken(
    any_scene: Scene,
    signing: dict[str, Any],
    later: timedelta,
    rule: type[Ineligible],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    any_scene.config = make_config(posts={"signing": signing})
    post, _, (holder, full, _) = line_of(any_scene, later)
    monkeypatch.setattr(line, "refusal", lambda *_, **__: None)
    assert any_scene.leave(holder, post).promoted == [full.person_id]
    with pytest.raises(rule):
        any_scene.accept(full, post)


def test_to_ask_many_reads_as_often_as_to_ask_one(
    scene: Scene, count_statements: list[str]
) -> None:
    scene.config = make_config(posts={"signing": {"posts_per_week": 1}})
    reads = []
    for week, waiting in enumerate((2, 8)):
        scene.tick()
        post, _, people = line_of(scene, (24 + week) * HOUR, waiting=waiting)
        count_statements.clear()
        assert scene.leave(people[0], post).promoted == [people[-1].person_id]
        reads.append(sum(one.startswith("SELECT") for one in count_statements))
    assert reads[0] == reads[1]
