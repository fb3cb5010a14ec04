"""Looking ahead is exact about counts, reads little, and writes nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.rehearsal.errors import TooFarAhead
from bot.features.rehearsal.looking import MOST_DAYS, DayAhead, days_ahead
from bot.features.runs.models import JobRun
from tests.features.posts.scene import SATURDAY, Scene
from tests.jobs.summer import grant
from tests.support.people import counting, load, make

FRIDAY, WEEKEND = date(2024, 6, 7), date(2024, 6, 8)


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


def look(scene: Scene, first: date, last: date | None = None) -> list[DayAhead]:
    return scene.read(lambda view: days_ahead(view, scene.config, first, last or first))


def lines(day: DayAhead) -> list[tuple[str, str, int, int]]:
    return [
        (f"{group.key.at:%H:%M}", group.key.step, len(group.people), len(group.things))
        for group in day.sorted_groups()
    ]


def test_one_message_with_two_things_counts_once_and_is_said_to_be_merged(scene: Scene) -> None:
    both = make(scene.store, Role.contact, unit="kexie")
    grant(scene.store, both, Role.unit_head, "keji")
    make(scene.store, Role.contact, unit="jiaoyu")
    [day] = look(scene, date(2024, 6, 13))
    assert day.letters == 2
    assert lines(day) == [("01:00", "T+3", 2, 2), ("01:00", "head", 1, 1)]
    assert [group.merged for group in day.sorted_groups()] == [0, 1]
    assert day.counts[both.person_id] == 1


def test_posts_are_reminded_of_in_the_evening_and_two_hours_before(scene: Scene) -> None:
    lead = scene.person("岗长")
    post = scene.post(lead=lead, capacity=5)
    for _ in range(3):
        scene.sign_up(scene.person(), post)
    [friday, saturday] = look(scene, FRIDAY, WEEKEND)
    assert lines(friday) == [("11:00", "day", 3, 1), ("13:00", "list", 1, 1)]
    assert [line for line in lines(saturday) if line[1] == "soon"] == [("23:00", "soon", 3, 1)]


def test_who_reads_of_one_post_twice_on_a_day_and_who_gets_too_much_are_marked(
    scene: Scene,
) -> None:
    eager = scene.person("忙人")
    for hour in (0, 3, 6, 9):
        scene.sign_up(eager, scene.post(at=SATURDAY + timedelta(hours=hour), place=f"{hour}"))
    [saturday] = look(scene, WEEKEND)
    assert saturday.overloaded(3) == {eager.person_id: saturday.counts[eager.person_id]}
    assert saturday.overloaded(10) == {}


def test_the_number_of_statements_does_not_grow_with_people_or_posts(scene: Scene) -> None:
    def crowd(posts: int, people: int) -> None:
        lead = scene.person("岗长")
        for number in range(posts):
            at = SATURDAY + timedelta(minutes=30 * number)
            post = scene.post(at=at, place=f"{posts}-{number}", lead=lead, capacity=people)
            for actor in scene.people(people):
                scene.sign_up(actor, post)
        for _ in range(people):
            make(scene.store, Role.contact, unit="kexie")

    def statements() -> int:
        def count(view: View) -> int:
            with counting(view) as counted:
                days_ahead(view, scene.config, FRIDAY, WEEKEND)
            return len(counted.texts)

        return scene.read(count)

    crowd(1, 2)
    few = statements()
    crowd(6, 8)
    assert statements() == few


def test_looking_ahead_writes_nothing(scene: Scene) -> None:
    make(scene.store, Role.contact, unit="kexie")
    before = scene.read(lambda view: view.session.scalar(select(func.count(JobRun.id))))
    [day] = look(scene, FRIDAY)
    assert day.letters == 1
    assert scene.read(lambda view: view.session.scalar(select(func.count(JobRun.id)))) == before


def test_nobody_looks_further_than_a_month(scene: Scene) -> None:
    last = date(2024, 6, 3) + timedelta(days=MOST_DAYS)
    assert look(scene, last)[0].day == last
    with pytest.raises(TooFarAhead):
        look(scene, last + timedelta(days=1))


def test_what_is_only_noted_is_counted_with_its_reason(scene: Scene) -> None:
    [day] = look(scene, FRIDAY)
    assert day.letters == 0
    assert day.left_out["nobody is bound"] > 10
