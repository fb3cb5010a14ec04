"""Many posts stopped, moved, ended or cancelled at once; on both databases."""

from datetime import timedelta

import pytest

from bot.core.errors import NotAllowed
from bot.db.work import Work
from bot.features.flips.choosing import Choice
from bot.features.flips.errors import NothingToFlip
from bot.features.flips.models import What
from bot.features.flips.service import flip
from bot.features.people.models import Person
from bot.features.posts.errors import PostIsPaused
from bot.features.posts.models import PostState
from jobs import offers
from tests.features.flips.deciding import Deciding, day
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock

HOUR = timedelta(hours=1)


def test_one_message_a_person_however_many_of_their_posts(scene: Scene, office: Deciding) -> None:
    lead, comes, waits, other = scene.person("岗长"), *scene.people(3)
    posts = [
        scene.post(at=SATURDAY + number * 2 * HOUR, capacity=1, lead=lead) for number in range(3)
    ]
    for post in posts:
        scene.sign_up(comes, post)
    scene.sign_up(waits, posts[0])
    elsewhere = scene.post(at=SATURDAY + timedelta(days=1), place="幸福市场")
    scene.sign_up(other, elsewhere)
    known = len(scene.told(lead))
    done = office.flip(What.pause, day=day("06-08"))
    assert [post.id for post in done.posts] == posts
    [text] = scene.told(comes)
    assert text.splitlines()[:6] == [
        "<b>暂停：暴雨</b>",
        "",
        "<b>楚街路口 · 道路口文明引导岗</b>",
        "6月8日（周六）09:00–10:00",
        "",
        "<b>楚街路口 · 道路口文明引导岗</b>",
    ]
    assert text.splitlines()[-1].startswith("先不去；已经到岗的请先避一避。")
    [waiting] = scene.told(waits)
    assert "您在候补" in waiting
    assert len(scene.told(lead)) == known + 1
    assert "您是岗长" in scene.told(lead)[-1]
    assert scene.told(other) == []


def test_while_paused_nobody_signs_up_and_the_line_stands_still(
    scene: Scene, office: Deciding
) -> None:
    first, waits, late = scene.people(3)
    post = scene.post(capacity=1)
    scene.sign_up(first, post)
    scene.sign_up(waits, post)
    office.flip(What.pause, day=day("06-08"))
    with pytest.raises(PostIsPaused):
        scene.sign_up(late, post)
    scene.leave(first, post)
    assert scene.confirmed(post) == []
    assert scene.waiting(post) == [waits.person_id]
    office.flip(What.resume)
    assert scene.get(post).paused_at is None
    scene.sign_up(late, post)


def test_what_is_chosen_is_by_day_by_place_or_by_kind(scene: Scene, office: Deciding) -> None:
    here = scene.post()
    market = scene.post(place="幸福市场", kind="shichang")
    tomorrow = scene.post(at=SATURDAY + timedelta(days=1))
    office.flip(What.pause, place="幸福市场")
    assert scene.get(market).paused_at is not None
    office.flip(What.cancel, kind="lukou-yindao", day=day("06-09"))
    assert scene.get(tomorrow).state is PostState.cancelled
    assert scene.get(here).state is PostState.published
    assert scene.get(here).paused_at is None


def test_a_move_keeps_places_and_says_both_times(scene: Scene, office: Deciding) -> None:
    comes, post = scene.person(), scene.post()
    scene.sign_up(comes, post)
    before = scene.get(post)
    office.flip(What.move, day=day("06-08"), hours=2)
    after = scene.get(post)
    assert after.starts_at - before.starts_at == 2 * HOUR
    assert after.version > before.version
    assert scene.confirmed(post) == [comes.person_id]
    assert scene.told(comes)[0].splitlines()[3:5] == [
        "原来 6月8日（周六）09:00–10:00",
        "改到 6月8日（周六）11:00–12:00",
    ]
    scene.leave(comes, post)


def test_what_goes_on_is_ended_and_what_is_to_come_is_not(
    scene: Scene, office: Deciding, clock: SetClock
) -> None:
    running, coming = scene.post(), scene.post(at=SATURDAY + 3 * HOUR)
    comes = scene.person()
    scene.sign_up(comes, running)
    clock.at = SATURDAY + timedelta(minutes=20)
    office.flip(What.end, day=day("06-08"))
    assert scene.get(running).ends_at == clock.at
    assert scene.get(coming).ends_at > clock.at + HOUR
    assert "到这时为止的时长照记" in scene.told(comes)[0]
    with pytest.raises(NothingToFlip):
        office.flip(What.end)


def test_what_has_begun_is_neither_moved_nor_cancelled(
    scene: Scene, office: Deciding, clock: SetClock
) -> None:
    scene.post()
    clock.at = SATURDAY + timedelta(minutes=20)
    for what, hours in ((What.cancel, None), (What.move, 1)):
        with pytest.raises(NothingToFlip):
            office.flip(what, hours=hours)
    office.flip(What.pause)


def test_people_without_telegram_are_told_through_who_registered_them(
    scene: Scene, office: Deciding
) -> None:
    registrar, old = scene.person("小张"), scene.person("王大爷")
    scene.sign_up(old, scene.post())

    def write(work: Work) -> None:
        person = work.session.get_one(Person, old.person_id)
        person.telegram_id, person.registered_by = None, registrar.person_id

    scene.write(write)
    office.flip(What.cancel)
    [text] = scene.told(registrar)
    assert "请转告：王大爷" in text


def test_only_the_office_decides(scene: Scene) -> None:
    scene.post()
    for actor in (scene.person(), scene.person("岗长")):
        with pytest.raises(NotAllowed):
            scene.write(
                lambda work, actor=actor: flip(  # type: ignore[misc]
                    work,
                    actor=actor,
                    choice=Choice(What.cancel),
                    reason="rain",
                    config=scene.config,
                )
            )


def test_the_audit_log_names_each_post(scene: Scene, office: Deciding) -> None:
    post = scene.post()
    done = office.flip(What.pause)
    office.undo(done.flip.id)
    assert scene.audited(post)[-2:] == ["post.flip_pause", "post.flip_undone"]


def test_an_open_offer_is_taken_back_and_made_again_after_the_pause(
    scene: Scene, office: Deciding
) -> None:
    holder, waits = scene.people(2)
    post = scene.post(capacity=1)
    scene.sign_up(holder, post)
    scene.sign_up(waits, post)
    scene.leave(holder, post)
    withdrawing, filling = (
        Ticking(scene.store, scene.config, job) for job in (offers.job, offers.filling)
    )
    office.flip(What.pause)
    withdrawing.tick()
    filling.tick()
    assert scene.waiting(post) == [waits.person_id]
    assert scene.get(post).taken == 0
    office.flip(What.resume)
    filling.tick()
    assert scene.waiting(post) == []
    assert scene.get(post).taken == 1
