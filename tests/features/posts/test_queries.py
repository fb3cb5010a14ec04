"""What lists and cards show, each in a fixed number of statements."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.core.errors import NotFound
from bot.db.work import View, Work
from bot.features.posts import listing, own, queries, service
from bot.features.posts.leads import find_registered
from bot.features.posts.models import SignupState
from bot.features.posts.openings import Shortage, open_near, shortage
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock

DAY = date(2024, 6, 8)
HOUR = timedelta(hours=1)


def ids(found: queries.PostList) -> list[int]:
    return [row.post.id for row in found.rows]


def on_day(scene: Scene, reader_id: int = 0, *, page: int = 1, size: int = 6) -> queries.PostList:
    zone = scene.config.time.zone_info
    return scene.read(
        lambda view: listing.posts_on(
            view, DAY, zone=zone, reader_id=reader_id, page=page, size=size
        )
    )


def test_a_day_shows_those_short_of_people_first(any_scene: Scene) -> None:
    person = any_scene.person()
    full = any_scene.post(at=SATURDAY - HOUR, capacity=1)
    short = any_scene.post(capacity=2)
    shorter = any_scene.post(at=SATURDAY + HOUR, capacity=8)
    any_scene.sign_up(person, full)
    assert ids(on_day(any_scene)) == [shorter, short, full]


def test_a_day_ends_at_local_midnight(scene: Scene) -> None:
    late = scene.post(at=SATURDAY.replace(hour=23, minute=59))
    scene.post(at=SATURDAY.replace(hour=0) + timedelta(days=1))
    first = scene.post(at=SATURDAY.replace(hour=0))
    assert sorted(ids(on_day(scene))) == sorted([late, first])


def test_what_has_begun_comes_last_and_what_is_cancelled_not_at_all(
    scene: Scene, clock: SetClock
) -> None:
    office = scene.coordinator()
    begun, later = scene.post(capacity=9), scene.post(at=SATURDAY + HOUR, capacity=1)
    cancelled = scene.post(at=SATURDAY + HOUR)
    scene.write(lambda work: service.cancel(work, actor=office, post_id=cancelled))
    clock.at = SATURDAY + timedelta(minutes=1)
    assert ids(on_day(scene)) == [later, begun]


def test_a_list_says_how_its_reader_stands(any_scene: Scene) -> None:
    reader, other = any_scene.people(2)
    mine, lined, left, none = (
        any_scene.post(at=SATURDAY + number * HOUR, capacity=1) for number in range(4)
    )
    any_scene.sign_up(other, lined)
    for post in (mine, lined, left):
        any_scene.sign_up(reader, post)
    any_scene.leave(reader, left)
    found = on_day(any_scene, reader.person_id)
    assert {row.post.id: row.own for row in found.rows} == {
        mine: SignupState.confirmed,
        lined: SignupState.waiting,
        left: None,
        none: None,
    }


def test_a_page_beyond_the_last_is_the_last(scene: Scene) -> None:
    for number in range(7):
        scene.post(at=SATURDAY + number * HOUR)
    assert len(on_day(scene, page=1).rows) == 6
    assert len(on_day(scene, page=2).rows) == 1
    assert ids(on_day(scene, page=9)) == ids(on_day(scene, page=2))
    assert on_day(scene).total == 7


def test_turning_the_day_goes_to_the_nearest_day_with_posts(scene: Scene, clock: SetClock) -> None:
    zone = scene.config.time.zone_info
    scene.post(at=SATURDAY - timedelta(days=3))
    scene.post(at=SATURDAY + timedelta(days=5))

    def around() -> queries.DaysAround:
        return scene.read(lambda view: queries.days_around(view, DAY, zone))

    assert around() == queries.DaysAround(date(2024, 6, 5), date(2024, 6, 13))
    assert scene.read(lambda view: queries.first_day(view, zone)) == date(2024, 6, 5)
    clock.at = SATURDAY - timedelta(days=1)
    assert around().before is None, "nobody turns back to days gone by"
    clock.at = SATURDAY + timedelta(days=30)
    assert scene.read(lambda view: queries.first_day(view, zone)) is None


def test_places_are_listed_with_what_is_missing(any_scene: Scene) -> None:
    person = any_scene.person()
    market = any_scene.post(place="幸福市场", at=SATURDAY + HOUR, capacity=3)
    crossing = any_scene.post(place="楚街路口", capacity=2)
    any_scene.post(place="楚街路口", at=SATURDAY + 2 * HOUR, capacity=2)
    any_scene.sign_up(person, market)
    found = any_scene.read(queries.places)
    assert [(one.place, one.like, one.posts, one.missing) for one in found] == [
        ("楚街路口", crossing, 2, 4),
        ("幸福市场", market, 1, 2),
    ]
    at_place = any_scene.read(
        lambda view: listing.posts_at(view, crossing, reader_id=0, page=1, size=6)
    )
    assert len(at_place.rows) == 2


def test_a_card_names_the_lead_and_the_position(any_scene: Scene) -> None:
    lead, holder, first, second = (
        any_scene.person("吴老师"),
        *any_scene.people(3),
    )
    post = any_scene.post(capacity=1, lead=lead)
    for person in (holder, first, second):
        any_scene.sign_up(person, post)
    card = any_scene.read(lambda view: queries.post_card(view, post, reader_id=second.person_id))
    assert (card.lead_name, card.own, card.position) == ("吴老师", SignupState.waiting, 2)
    card = any_scene.read(lambda view: queries.post_card(view, post, reader_id=holder.person_id))
    assert (card.own, card.position) == (SignupState.confirmed, None)
    with pytest.raises(NotFound):
        any_scene.read(lambda view: queries.post_card(view, 999, reader_id=1))


def test_own_posts_are_those_to_come_in_order(any_scene: Scene, clock: SetClock) -> None:
    person, other = any_scene.people(2)
    later, soon, lined = (
        any_scene.post(at=SATURDAY + number * HOUR, capacity=1) for number in (2, 0, 4)
    )
    any_scene.sign_up(other, lined)
    for post in (later, soon, lined):
        any_scene.sign_up(person, post)
    coming = any_scene.read(lambda view: own.own_coming(view, person.person_id))
    assert [(one.post.id, one.position) for one in coming] == [
        (soon, None),
        (later, None),
        (lined, 1),
    ]
    clock.at = SATURDAY + timedelta(hours=1)
    coming = any_scene.read(lambda view: own.own_coming(view, person.person_id))
    assert [one.post.id for one in coming] == [later, lined], "over when it has ended"
    past, total = any_scene.read(lambda view: own.own_past(view, person.person_id, page=1, size=6))
    assert ([post.id for post in past], total) == ([soon], 1)
    following = any_scene.read(lambda view: own.next_confirmed(view, person.person_id))
    assert following is not None
    assert following.id == later


def test_own_posts_between_two_times(scene: Scene) -> None:
    person = scene.person()
    before, inside, after = (
        scene.post(at=SATURDAY + number * timedelta(days=1)) for number in (-1, 0, 1)
    )
    for post in (before, inside, after):
        scene.sign_up(person, post)
    found = scene.read(
        lambda view: own.own_posts(
            view, person.person_id, start=SATURDAY, end=SATURDAY + timedelta(days=1)
        )
    )
    assert [one.post.id for one in found] == [inside]


def test_what_is_missing_is_counted(any_scene: Scene) -> None:
    person = any_scene.person()
    full = any_scene.post(capacity=1)
    any_scene.sign_up(person, full)
    any_scene.post(capacity=3)
    any_scene.post(at=SATURDAY + timedelta(days=1), capacity=2)
    end = SATURDAY + timedelta(days=1)
    found = any_scene.read(lambda view: shortage(view, start=SATURDAY, end=end))
    assert found == Shortage(posts=1, people=3)
    short = any_scene.read(
        lambda view: queries.short_posts(view, start=SATURDAY, end=end, reader_id=0, page=1, size=6)
    )
    assert short.total == 1


def test_alternatives_are_near_free_and_possible(any_scene: Scene) -> None:
    person, other = any_scene.people(2)
    full = any_scene.post(capacity=1)
    held = any_scene.post(at=SATURDAY + HOUR)
    any_scene.post(at=SATURDAY + HOUR, hours=2)  # overlaps what is held
    near, far = any_scene.post(at=SATURDAY - 2 * HOUR), any_scene.post(at=SATURDAY + 6 * HOUR)
    any_scene.sign_up(other, full)
    any_scene.sign_up(person, held)
    found = any_scene.read(
        lambda view: open_near(
            view, near=SATURDAY, person_id=person.person_id, most=3, except_id=full
        )
    )
    assert [post.id for post in found] == [near, far]


def test_people_are_found_by_a_part_of_their_name(any_scene: Scene) -> None:
    teacher = any_scene.person("吴老师")
    any_scene.person("张老师")
    any_scene.person("100%")

    def find(name: str) -> list[str]:
        return any_scene.read(
            lambda view: [one.name for one in find_registered(view, name, most=8)]
        )

    assert find("吴") == [teacher.name]
    assert len(find("老师")) == 2
    assert find("%") == ["100%"], "a wildcard is a character like any other"


@pytest.mark.parametrize("count", [2, 300])
def test_lists_take_as_many_statements_for_two_posts_as_for_three_hundred(
    scene: Scene, count_statements: list[str], count: int
) -> None:
    reader, office = scene.person(), scene.coordinator()
    zone = scene.config.time.zone_info

    def fill(work: Work) -> None:
        for number in range(count):
            start = SATURDAY + number * timedelta(minutes=2)
            new = service.NewPost("shichang", f"P{number % 40}", start, start + HOUR, 2)
            post = service.publish(work, actor=office, post=new)
            if number % 100 == 0:
                service.sign_up(work, actor=reader, post_id=post.id, config=scene.config)

    scene.write(fill)
    asked: dict[str, Callable[[View], object]] = {
        "day": lambda view: listing.posts_on(
            view, DAY, zone=zone, reader_id=reader.person_id, page=1, size=6
        ),
        "around": lambda view: queries.days_around(view, DAY, zone),
        "places": queries.places,
        "place": lambda view: listing.posts_at(view, 1, reader_id=reader.person_id, page=1, size=6),
        "card": lambda view: queries.post_card(view, 1, reader_id=reader.person_id),
        "mine": lambda view: own.own_coming(view, reader.person_id),
        "names": lambda view: own.attendees(view, 1),
        "short": lambda view: queries.short_posts(
            view, start=SATURDAY, end=SATURDAY + 99 * HOUR, reader_id=1, page=1, size=6
        ),
        "near": lambda view: open_near(view, near=SATURDAY, person_id=reader.person_id, most=3),
    }
    taken = {}
    for name, question in asked.items():
        count_statements.clear()
        scene.read(question)
        taken[name] = len([one for one in count_statements if one != "BEGIN"])
    assert taken == {
        "day": 3,
        "around": 1,
        "places": 1,
        "place": 3,
        "card": 1,
        "mine": 1,
        "names": 1,
        "short": 2,
        "near": 2,
    }
