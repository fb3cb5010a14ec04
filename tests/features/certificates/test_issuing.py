"""Certificates: numbers without gaps, the same for the same hours, and what replaces what."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.db.work import Work
from bot.features.certificates.errors import NoHours
from bot.features.certificates.models import Certificate
from bot.features.certificates.service import issue, statement_of
from bot.features.people.actor import Actor
from tests.features.hours.scene import HourScene
from tests.features.posts.scene import SATURDAY

JUNE = date(2024, 6, 1)


def issued(scene: HourScene, actor: Actor, month: date = JUNE) -> Certificate:
    return scene.write(lambda work: issue(work, scene.config, actor=actor, month=month))


def served(scene: HourScene, count: int = 1) -> list[Actor]:
    people = scene.people(count)
    post = scene.past_post(*people)
    scene.credit(post, *people)
    return people


def test_the_same_hours_keep_their_number(any_scene: HourScene) -> None:
    [person] = served(any_scene)
    first = issued(any_scene, person)
    assert (first.number, first.until, first.replaces_id) == (
        "2024-06-0001",
        date(2024, 6, 8),
        None,
    )
    any_scene.clock.at = SATURDAY + timedelta(days=5)
    assert issued(any_scene, person).id == first.id


def test_corrected_hours_get_the_next_number_which_names_the_old_one(any_scene: HourScene) -> None:
    [person] = served(any_scene)
    first = issued(any_scene, person)
    [entry] = any_scene.entries(person)
    any_scene.correct(any_scene.coordinator(), entry.id, 60)
    second = issued(any_scene, person)
    assert (second.number, second.signed, second.replaces_id) == ("2024-06-0002", 60, first.id)
    said = any_scene.read(lambda view: statement_of(view, second))
    assert (said.number, said.replaces) == ("2024-06-0002", "2024-06-0001")


def test_a_month_that_is_over_is_certified_whole(any_scene: HourScene) -> None:
    [person] = served(any_scene)
    so_far = issued(any_scene, person)
    any_scene.clock.at = SATURDAY + timedelta(days=40)
    whole = issued(any_scene, person)
    assert (whole.until, whole.replaces_id) == (date(2024, 6, 30), so_far.id)
    assert issued(any_scene, person).id == whole.id


@pytest.mark.parametrize("month", [date(2024, 5, 1), date(2024, 7, 1)])
def test_there_is_none_of_a_month_without_hours(any_scene: HourScene, month: date) -> None:
    [person] = served(any_scene)
    with pytest.raises(NoHours):
        issued(any_scene, person, month)
    assert issued(any_scene, person).number == "2024-06-0001"


def test_hours_that_were_taken_back_whole_are_no_certificate(any_scene: HourScene) -> None:
    [person] = served(any_scene)
    [entry] = any_scene.entries(person)
    any_scene.correct(any_scene.coordinator(), entry.id, 0)
    with pytest.raises(NoHours):
        issued(any_scene, person)


def test_a_number_that_was_not_used_leaves_no_gap(any_scene: HourScene) -> None:
    first, second = served(any_scene, 2)

    def fail(work: Work) -> None:
        issue(work, any_scene.config, actor=first, month=JUNE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        any_scene.write(fail)
    assert issued(any_scene, second).number == "2024-06-0001"


async def test_who_asks_at_once_gets_numbers_in_a_row(any_scene: HourScene) -> None:
    people = served(any_scene, 6)

    def ask(person: Actor) -> asyncio.Future[str]:
        def write(work: Work) -> str:
            return issue(work, any_scene.config, actor=person, month=JUNE).number

        return asyncio.ensure_future(any_scene.store.write(write))

    numbers = await asyncio.gather(*(ask(one) for one in people for _ in range(2)))
    assert sorted(set(numbers)) == [f"2024-06-{serial:04}" for serial in range(1, 7)]
    assert all(numbers[at] == numbers[at + 1] for at in range(0, 12, 2))
