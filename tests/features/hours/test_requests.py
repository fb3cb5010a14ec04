"""Hours that are added afterwards count only once a second person confirmed them."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.core.errors import NotAllowed, NotFound
from bot.features.hours import requests
from bot.features.hours.errors import (
    AlreadyRuled,
    AskedAlready,
    HoursThere,
    NotOverYet,
    NotThere,
    OwnHours,
    OwnProposal,
    TooLongAgo,
    TooManyMinutes,
)
from bot.features.hours.pending import count_open, find_request, open_requests
from bot.features.hours.rules import Totals
from bot.features.hours.served import own_uncounted, served_at
from bot.features.people.actor import Actor
from bot.features.people.forgetting import forget
from tests.features.hours.scene import HourScene
from tests.features.posts.scene import SATURDAY


def test_what_is_asked_counts_only_once_it_is_confirmed(any_scene: HourScene) -> None:
    person, lead = any_scene.person(), any_scene.person()
    post = any_scene.past_post(person, lead=lead)
    request = any_scene.ask(person, post, 90)
    assert any_scene.totals(person) == Totals()
    any_scene.grant(lead, request)
    assert any_scene.totals(person) == Totals(added=90)
    [entry] = any_scene.entries(person)
    assert (entry.request_id, entry.by_person_id) == (request, lead.person_id)


def test_nobody_confirms_their_own_hours_or_their_own_proposal(any_scene: HourScene) -> None:
    person, lead = any_scene.person(), any_scene.person()
    office, second = any_scene.coordinator(), any_scene.coordinator()
    post = any_scene.past_post(person, lead, office, lead=lead)
    of_person = any_scene.ask(lead, post, of=person)
    with pytest.raises(OwnProposal):
        any_scene.grant(lead, of_person)
    with pytest.raises(NotAllowed):
        any_scene.grant(person, of_person)
    of_lead = any_scene.ask(lead, post)
    of_office = any_scene.ask(second, post, of=office)
    for actor, request in ((lead, of_lead), (office, of_office)):
        with pytest.raises(OwnHours):
            any_scene.grant(actor, request)
    with pytest.raises(OwnProposal):
        any_scene.grant(second, of_office)
    any_scene.grant(office, of_person)
    any_scene.grant(office, of_lead)
    any_scene.grant(lead, of_office)
    assert [len(any_scene.entries(one)) for one in (person, lead, office)] == [1, 1, 1]


async def test_of_two_who_decide_at_once_one_does(any_scene: HourScene) -> None:
    person, first, second = any_scene.person(), any_scene.coordinator(), any_scene.coordinator()
    post = any_scene.past_post(person)
    request = any_scene.ask(person, post, 60)

    def decide(actor: Actor, *, granted: bool) -> asyncio.Future[int]:
        def write(work: object) -> int:
            if granted:
                return requests.grant(work, actor=actor, request_id=request).id  # type: ignore[arg-type]
            return requests.decline(work, actor=actor, request_id=request, words="没来").id  # type: ignore[arg-type]

        return asyncio.ensure_future(any_scene.store.write(write))

    done = await asyncio.gather(
        *(decide(actor, granted=one) for actor in (first, second) for one in (True, False)),
        return_exceptions=True,
    )
    assert [type(one) for one in done if isinstance(one, Exception)] == [AlreadyRuled] * 3
    [ruling] = any_scene.rulings()
    assert len(any_scene.entries(person)) == int(ruling.granted)


def test_a_request_that_was_declined_may_be_made_again(any_scene: HourScene) -> None:
    person, office = any_scene.person(), any_scene.coordinator()
    post = any_scene.past_post(person)
    request = any_scene.ask(person, post)
    with pytest.raises(AskedAlready):
        any_scene.ask(person, post)
    any_scene.write(
        lambda work: requests.decline(work, actor=office, request_id=request, words="没看到您").id
    )
    with pytest.raises(AlreadyRuled):
        any_scene.grant(office, request)
    again = any_scene.ask(person, post)
    any_scene.grant(office, again)
    with pytest.raises(HoursThere):
        any_scene.ask(person, post)


def test_hours_that_counted_meanwhile_are_not_added_again(any_scene: HourScene) -> None:
    person, office = any_scene.person(), any_scene.coordinator()
    post = any_scene.past_post(person)
    request = any_scene.ask(person, post)
    any_scene.credit(post, person)
    with pytest.raises(HoursThere):
        any_scene.grant(office, request)
    assert any_scene.rulings() == []
    assert any_scene.totals(person) == Totals(signed=120)


def test_what_cannot_be_is_refused(scene: HourScene) -> None:
    person, other = scene.person(), scene.person()
    post = scene.past_post(person)
    for actor, of, minutes, error in (
        (other, other, 60, NotThere),
        (other, person, 60, NotAllowed),
        (person, person, 136, TooManyMinutes),
    ):
        with pytest.raises(error):
            scene.ask(actor, post, minutes, of=of)
    with pytest.raises(NotFound):
        scene.ask(person, 999)
    scene.clock.at = SATURDAY + timedelta(hours=1)
    with pytest.raises(NotOverYet):
        scene.ask(person, post)
    scene.clock.at = SATURDAY + timedelta(days=61)
    with pytest.raises(TooLongAgo):
        scene.ask(person, post)
    assert scene.requests() == []


@pytest.mark.parametrize(
    ("day", "error"),
    [(date(2024, 6, 4), NotOverYet), (date(2024, 4, 1), TooLongAgo), (date(2024, 6, 2), None)],
)
def test_a_day_without_a_post_is_for_the_office(
    scene: HourScene, day: date, error: type[Exception] | None
) -> None:
    person, lead, office = scene.person(), scene.person(), scene.coordinator()

    def ask() -> int:
        return scene.write(
            lambda work: (
                requests.ask_for_day(
                    work, scene.config, actor=person, day=day, minutes=60, words="临时帮忙"
                ).id
            )
        )

    if error is not None:
        with pytest.raises(error):
            ask()
        return
    request = ask()
    with pytest.raises(AskedAlready):
        ask()
    with pytest.raises(NotAllowed):
        scene.grant(lead, request)
    scene.grant(office, request)
    assert scene.totals(person) == Totals(added=60)


def test_an_entry_that_is_said_to_be_wrong_is_put_right_or_stays(any_scene: HourScene) -> None:
    person, other, lead = any_scene.person(), any_scene.person(), any_scene.person()
    post = any_scene.past_post(person, lead=lead)
    any_scene.credit(post, person, go=30, signed=False, by=lead)
    [entry] = any_scene.entries(person)

    def say(actor: Actor) -> int:
        return any_scene.write(
            lambda work: (
                requests.say_wrong(work, actor=actor, entry_id=entry.id, words="我站到了最后").id
            )
        )

    with pytest.raises(NotFound):
        say(other)
    request = say(person)
    with pytest.raises(NotFound):
        any_scene.grant(lead, request)
    any_scene.write(
        lambda work: (
            requests.put_right(
                work,
                any_scene.config,
                actor=lead,
                request_id=request,
                minutes=120,
                words="核对了照片",
            ).id
        )
    )
    assert any_scene.totals(person) == Totals(confirmed=120)
    assert any_scene.read(lambda view: count_open(view, lead)) == 0


def test_what_waits_is_shown_to_those_who_may_decide(any_scene: HourScene) -> None:
    person, lead, other = any_scene.person("小周"), any_scene.person("岗长"), any_scene.person()
    office = any_scene.coordinator()
    post = any_scene.past_post(person, lead, lead=lead)
    any_scene.ask(person, post, 60)
    any_scene.ask(lead, post, 60)

    def waits(actor: Actor) -> list[str]:
        found, total = any_scene.read(lambda view: open_requests(view, actor, page=1, size=9))
        assert total == len(found)
        return [one.name for one in found]

    assert waits(office) == ["小周", "岗长"]
    assert waits(lead) == ["小周"]
    assert waits(other) == waits(person) == []
    served = any_scene.read(lambda view: served_at(view, post))
    assert [(one.name, one.asked, one.entry) for one in served] == [
        ("小周", True, None),
        ("岗长", True, None),
    ]
    uncounted = any_scene.read(
        lambda view: own_uncounted(view, person.person_id, since=SATURDAY, most=5)
    )
    assert [one.id for one in uncounted] == [post]


def test_the_lead_hears_of_it_and_the_person_of_what_became_of_it(any_scene: HourScene) -> None:
    person, lead, office = any_scene.person("小周"), any_scene.person(), any_scene.coordinator()
    post = any_scene.past_post(person, lead=lead)
    before = len(any_scene.told(office))
    request = any_scene.ask(person, post, 90)
    assert "小周" in any_scene.told(lead)[-1]
    assert "1小时30分" in any_scene.told(lead)[-1]
    assert len(any_scene.told(office)) == before
    any_scene.grant(lead, request)
    assert "补录已确认" in any_scene.told(person)[-1]
    [entry] = any_scene.entries(person)
    any_scene.correct(office, entry.id, 30, "只站了半小时")
    assert "只站了半小时" in any_scene.told(person)[-1]


def test_who_is_forgotten_leaves_numbers_and_no_words(any_scene: HourScene) -> None:
    person, office = any_scene.person(), any_scene.coordinator()
    post = any_scene.past_post(person)
    request = any_scene.ask(person, post, words="我腿疼，忘了签")
    any_scene.grant(office, request)
    any_scene.write(lambda work: forget(work, actor=person, inbox_id=0))
    found = any_scene.read(lambda view: find_request(view, request))
    assert found is not None
    assert (found.request.words, found.name) == ("", "")
    assert [one.minutes for one in any_scene.entries(person)] == [60]
