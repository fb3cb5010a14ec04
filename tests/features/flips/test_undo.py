"""Taking a decision about many posts back: exactly, within ten minutes, told once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.flips.errors import AlreadyUndone, UndoIsOver
from bot.features.flips.models import FlipPost, What
from bot.features.outbox.models import OutboxRow, State
from bot.features.posts.models import Post
from jobs import postreminders
from tests.features.flips.deciding import Deciding, day
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock
from tests.support.people import again

NIGHT = shanghai("06-04T23:00")


def standing(post: Post) -> tuple[object, ...]:
    """Return all that a decision may change of a post."""
    return (post.state, post.starts_at, post.ends_at, post.paused_at, post.changed_at)


@pytest.mark.parametrize(
    ("what", "hours"), [(What.pause, None), (What.move, 24), (What.cancel, None)]
)
def test_everything_is_as_it_was_and_everybody_is_told_once(
    scene: Scene, office: Deciding, clock: SetClock, what: What, hours: float | None
) -> None:
    lead, comes = scene.person("岗长"), scene.person()
    posts = [scene.post(lead=lead), scene.post(at=SATURDAY + timedelta(hours=2), lead=lead)]
    for post in posts:
        scene.sign_up(comes, post)
    before = [standing(scene.get(post)) for post in posts]
    led = again(scene.store, lead).led_post_ids
    done = office.flip(what, hours=hours, day=day("06-08"))
    assert [standing(scene.get(post)) for post in posts] != before
    send_all(scene)
    clock.move(minutes=9, seconds=59)
    result = office.undo(done.flip.id)
    assert [post.id for post in result.restored] == posts
    assert [standing(scene.get(post)) for post in posts] == before
    assert set(again(scene.store, lead).led_post_ids) == set(led)
    assert scene.confirmed(posts[0]) == [comes.person_id]
    assert len(scene.told(comes)) == 2
    assert "刚才的通知撤回，照原来的安排" in scene.told(comes)[1]
    assert "6月8日（周六）09:00–10:00" in scene.told(comes)[1]
    with pytest.raises(AlreadyUndone):
        office.undo(done.flip.id)


def test_an_end_is_taken_back(scene: Scene, office: Deciding, clock: SetClock) -> None:
    post = scene.post(hours=3)
    clock.at = SATURDAY + timedelta(minutes=20)
    done = office.flip(What.end)
    office.undo(done.flip.id)
    assert scene.get(post).ends_at == SATURDAY + timedelta(hours=3)


def test_after_ten_minutes_it_holds(scene: Scene, office: Deciding, clock: SetClock) -> None:
    post = scene.post()
    done = office.flip(What.cancel)
    clock.move(minutes=10)
    with pytest.raises(UndoIsOver):
        office.undo(done.flip.id)
    assert scene.get(post).state == "cancelled"


def test_a_post_that_was_changed_since_is_left_and_named(scene: Scene, office: Deciding) -> None:
    first, second = scene.post(), scene.post(place="幸福市场")
    comes = scene.person()
    scene.sign_up(comes, second)
    done = office.flip(What.pause)
    scene.set_capacity(scene.coordinator(), second, 5)
    result = office.undo(done.flip.id)
    assert ([one.id for one in result.restored], [one.id for one in result.left]) == (
        [first],
        [second],
    )
    assert scene.get(second).paused_at is not None
    assert len(scene.told(comes)) == 1, "nothing new for who stands at the one that is left"
    rows = scene.read(lambda view: view.session.scalars(select(FlipPost)).all())
    assert {row.post_id: row.restored for row in rows} == {first: True, second: False}


def test_who_never_heard_of_it_hears_nothing_at_all(
    scene: Scene, office: Deciding, clock: SetClock
) -> None:
    comes = scene.person()
    scene.sign_up(comes, scene.post())
    clock.at = NIGHT
    done = office.flip(What.pause)
    office.undo(done.flip.id)
    [row] = scene.read(
        lambda view: view.session.scalars(
            select(OutboxRow).where(OutboxRow.person_id == comes.person_id)
        ).all()
    )
    assert row.state is State.cancelled


def test_reminders_that_fell_into_the_pause_do_not_follow_the_undo(
    scene: Scene, office: Deciding, clock: SetClock
) -> None:
    comes = scene.person()
    scene.sign_up(comes, scene.post())
    reminding = Ticking(scene.store, scene.config, postreminders.job)
    clock.at = shanghai("06-07T18:55")
    done = office.flip(What.pause)
    send_all(scene)
    clock.at = shanghai("06-07T19:00")
    reminding.tick()
    clock.at = shanghai("06-07T19:04")
    office.undo(done.flip.id)
    reminding.tick()
    assert len(scene.told(comes)) == 2
    clock.at = shanghai("06-08T07:00")
    reminding.tick()
    assert "今天的岗" in scene.told(comes)[-1]


def test_the_lead_of_a_cancelled_post_leads_it_again(scene: Scene, office: Deciding) -> None:
    lead = scene.person("岗长")
    post = scene.post(lead=lead)
    done = office.flip(What.cancel)
    assert Role.post_lead not in again(scene.store, lead).roles
    office.undo(done.flip.id)
    assert again(scene.store, lead).led_post_ids == (post,)


def send_all(scene: Scene) -> None:
    """Let everything that waits have been sent."""

    def write(work: Work) -> None:
        for row in work.session.scalars(select(OutboxRow)):
            row.state = State.sent

    scene.write(write)
