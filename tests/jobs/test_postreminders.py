"""Reminders before posts: to whom, when, once, and why not; on both databases."""

from datetime import timedelta

import pytest

from bot.features.people.preferences import set_reminder_minutes
from bot.features.posts import service
from bot.features.posts.models import Post
from bot.features.posts.remindtimes import CHOICES, NO_SECOND
from bot.features.runs.models import RunState
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.beforeposts import (
    DAY_BEFORE,
    SOON,
    at,
    buttons,
    move,
    notes,
    put_on_the_map,
    rows_of,
    without_telegram,
)
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock


def test_both_reminders_say_where_when_and_with_whom(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes, post = scene.person(), scene.post(lead=scene.person("李老师"))
    put_on_the_map(scene, post)
    scene.sign_up(comes, post)
    at(clock, before, DAY_BEFORE - timedelta(minutes=1))
    assert rows_of(scene, comes) == []
    at(clock, before, DAY_BEFORE)
    pin, words = rows_of(scene, comes)
    [place] = pin.payload["files"]
    assert (place["kind"], place["name"]) == ("pin", "楚街路口")
    assert (place["address"], place["latitude"]) == ("宿迁宿城区", 33.95)
    assert words.payload["html"].splitlines() == [
        "<b>明天的岗</b>",
        "",
        "<b>楚街路口 · 道路口文明引导岗</b>",
        "6月8日（周六）09:00–10:00 · 岗长 李老师",
        "做什么：引导市民自觉遵守交通规则",
        "",
        "能到吗？来不了请现在说，位置好留给别人。",
    ]
    assert buttons(words) == [["能到", "来不了"], ["看这个岗", "首页"]]
    at(clock, before, SOON - timedelta(minutes=1), SOON, SOON, SATURDAY)
    assert [row.payload["html"].splitlines()[:1] for row in rows_of(scene, comes)[2:]] == [
        [],
        ["<b>今天的岗</b>"],
    ]
    assert notes(scene) == {("day", RunState.done, None): 1, ("soon", RunState.done, None): 1}


def test_several_posts_of_a_day_are_one_message(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes = scene.person()
    for hours in (0, 4):
        scene.sign_up(comes, scene.post(at=SATURDAY + timedelta(hours=hours)))
    at(clock, before, DAY_BEFORE)
    [row] = rows_of(scene, comes)
    assert [line for line in row.payload["html"].splitlines() if "09:00" in line or "13:00" in line]
    assert buttons(row)[:2] == [["① 能到", "① 来不了"], ["② 能到", "② 来不了"]]
    at(clock, before, SOON)
    assert len(rows_of(scene, comes)) == 2, "the second post is not near yet"


def test_late_joiners_get_theirs_and_nobody_what_they_have_just_read(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    post = scene.post(capacity=9)
    early, late, last = scene.people(3)
    scene.sign_up(early, post)
    at(clock, before, DAY_BEFORE)
    clock.at = SOON - timedelta(hours=1)
    scene.sign_up(late, post)
    clock.at = SOON - timedelta(minutes=29)
    scene.sign_up(last, post)
    at(clock, before, SOON)
    assert [len(rows_of(scene, one)) for one in (early, late, last)] == [2, 1, 0]
    assert notes(scene)["soon", RunState.not_needed, "told shortly before"] == 1


def test_the_own_choice_holds_and_the_day_before_stays(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    post = scene.post(capacity=9)
    half, never, usual = scene.people(3)
    for actor, minutes in ((half, 30), (never, NO_SECOND), (usual, None)):
        scene.write(
            lambda work, actor=actor, minutes=minutes: set_reminder_minutes(  # type: ignore[misc]
                work, actor=actor, minutes=minutes, offered=CHOICES
            )
        )
        scene.sign_up(actor, post)
    at(clock, before, DAY_BEFORE, SOON)
    assert [len(rows_of(scene, one)) for one in (half, never, usual)] == [1, 1, 2]
    at(clock, before, SATURDAY - timedelta(minutes=30), SATURDAY)
    assert [len(rows_of(scene, one)) for one in (half, never, usual)] == [2, 1, 2]


def test_quiet_hours_move_the_second_one_to_their_end(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes, early = scene.people(2)
    scene.sign_up(comes, scene.post(at=shanghai("06-08T07:30")))
    scene.sign_up(early, scene.post(at=shanghai("06-08T06:30")))
    at(clock, before, DAY_BEFORE, shanghai("06-08T05:30"))
    assert [len(rows_of(scene, one)) for one in (comes, early)] == [1, 1]
    at(clock, before, shanghai("06-08T07:00"))
    assert [len(rows_of(scene, one)) for one in (comes, early)] == [2, 1]
    assert rows_of(scene, comes)[1].not_before is None
    assert notes(scene)["soon", RunState.not_needed, "quiet hours until the start"] == 1


def test_late_they_still_go_before_the_start_and_never_after_it(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes, other = scene.people(2)
    scene.sign_up(comes, scene.post(at=SATURDAY))
    scene.sign_up(other, scene.post(at=SATURDAY + timedelta(hours=8)))
    at(clock, before, SATURDAY - timedelta(minutes=1))
    assert len(rows_of(scene, comes)) == 1, "one message of the two that are due"
    assert len(rows_of(scene, other)) == 1, "the day before, in the morning"
    assert notes(scene)["day", RunState.superseded, "the one shortly before comes"] == 1
    at(clock, before, SATURDAY + timedelta(hours=8))
    assert len(rows_of(scene, other)) == 1
    assert notes(scene)["soon", RunState.too_late, "the post has begun"] == 1


def test_a_post_that_moved_reminds_anew_and_what_was_moved_is_over(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes, post = scene.person(), scene.post()
    scene.sign_up(comes, post)
    at(clock, before, DAY_BEFORE)
    move(scene, post, hours=24)
    at(clock, before, SOON)
    assert sum("能到吗" in text for text in scene.told(comes)) == 1
    at(clock, before, DAY_BEFORE + timedelta(hours=24), SOON + timedelta(hours=24))
    asked = [text for text in scene.told(comes) if "能到吗" in text]
    assert len(asked) == 3
    assert "6月9日（周日）09:00" in asked[-1]


@pytest.mark.parametrize("how", ["cancelled", "paused", "left", "waiting"])
def test_who_is_not_expected_is_not_reminded(
    scene: Scene, before: Ticking, clock: SetClock, how: str
) -> None:
    holder, comes, office = *scene.people(2), scene.coordinator()
    post = scene.post(capacity=1 if how == "waiting" else 2)
    scene.sign_up(holder, post)
    scene.sign_up(comes, post)
    if how == "cancelled":
        scene.write(lambda work: service.cancel(work, actor=office, post_id=post))
    elif how == "left":
        scene.leave(comes, post)
    elif how == "paused":
        scene.write(lambda work: setattr(work.session.get_one(Post, post), "paused_at", work.now))
    at(clock, before, DAY_BEFORE, SOON, SATURDAY)
    assert not any("能到吗" in text for text in scene.told(comes))


def test_people_without_telegram_are_reminded_through_who_registered_them(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    registrar, old, older = scene.person("小张"), scene.person("王大爷"), scene.person("李奶奶")
    post = scene.post(capacity=9)
    for actor in (old, older):
        scene.sign_up(actor, post)
        without_telegram(scene, actor, registrar)
    at(clock, before, DAY_BEFORE)
    [row] = rows_of(scene, registrar)
    assert "请转告：王大爷、李奶奶" in row.payload["html"]
    assert "能到吗" not in row.payload["html"]
    assert buttons(row) == [["看这个岗", "首页"]]
    scene.sign_up(registrar, post)
    at(clock, before, SOON)
    assert len(rows_of(scene, registrar)) == 2, "the own post and theirs are one message"
    assert buttons(rows_of(scene, registrar)[1])[0] == ["能到", "来不了"]
