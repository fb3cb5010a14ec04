"""The lead's list of the day before; on both databases."""

from datetime import timedelta

from sqlalchemy import select

from bot.features.posts.models import Signup
from bot.features.posts.saying import say_sure
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.beforeposts import DAY_BEFORE, LIST, SOON, at, move
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock


def test_the_lead_gets_one_list_once_people_had_time_to_answer(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    lead, sure, unsure = scene.person("岗长"), scene.person("甲"), scene.person("乙")
    posts = [
        scene.post(lead=lead, capacity=4),
        scene.post(at=SATURDAY + timedelta(hours=2), lead=lead),
    ]
    scene.sign_up(sure, posts[0])
    scene.sign_up(unsure, posts[0])
    scene.write(
        lambda work: setattr(
            work.session.scalars(select(Signup).where(Signup.person_id == unsure.person_id)).one(),
            "size",
            2,
        )
    )
    at(clock, before, DAY_BEFORE)
    scene.write(lambda work: say_sure(work, actor=sure, post_id=posts[0]))
    known = len(scene.told(lead))
    at(clock, before, LIST, LIST + timedelta(minutes=1), SOON)
    [text] = scene.told(lead)[known:]
    assert text.splitlines() == [
        "<b>您的岗 · 明天谁来（2 个岗）</b>",
        "",
        "<b>楚街路口 · 道路口文明引导岗</b>",
        "6月8日（周六）09:00–10:00",
        "缺 2 人 · 已报 2/4",
        "能到 1 人：甲",
        "还没答复 2 人：乙（带 1 位）",
        "",
        "<b>楚街路口 · 道路口文明引导岗</b>",
        "6月8日（周六）11:00–12:00",
        "缺 2 人 · 已报 0/2",
        "还没有人报名。",
    ]


def test_to_be_sure_is_of_the_place_and_time_of_then(
    scene: Scene, before: Ticking, clock: SetClock
) -> None:
    comes, post = scene.person(), scene.post()
    scene.sign_up(comes, post)
    clock.move(minutes=5)
    scene.write(lambda work: say_sure(work, actor=comes, post_id=post))
    clock.move(minutes=5)
    move(scene, post, hours=1)
    at(clock, before, DAY_BEFORE)
    assert "能到吗" in scene.told(comes)[-1]
