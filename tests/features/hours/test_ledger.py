"""The ledger of hours: three kinds that are never mixed, and rows that are never touched again."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, update

from bot.core.errors import NotAllowed
from bot.db.work import Work
from bot.features.hours.errors import NothingChanged, NoWords, OwnHours, TooManyMinutes
from bot.features.hours.models import HourEntry, HourKind
from bot.features.hours.queries import find_entry, own_entries, own_hours
from bot.features.hours.rules import Totals
from tests.features.hours.scene import HourScene
from tests.features.posts.scene import SATURDAY

_TOUCHES = re.compile(r"^\s*(UPDATE|DELETE FROM)\s+\"?hour_entry\b", re.IGNORECASE)


@pytest.fixture
def touched(any_scene: HourScene) -> Iterator[list[str]]:
    """Return the statements that change or delete rows of the ledger."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if _TOUCHES.match(statement):
            seen.append(statement)

    event.listen(any_scene.store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(any_scene.store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("come", "go", "minutes"),
    [
        pytest.param(0, 120, 120, id="the whole post"),
        pytest.param(-25, 150, 135, id="early counts as planned, and late up to the overtime"),
        pytest.param(10, 100, 90, id="in between"),
        pytest.param(10, 10.9, None, id="less than a minute is nothing"),
        pytest.param(100, 20, None, id="out before in is nothing"),
        pytest.param(-30, -5, None, id="only before"),
        pytest.param(140, 150, None, id="only after"),
    ],
)
def test_minutes_count_from_in_to_out_within_the_planned_times(
    scene: HourScene, come: float, go: float, minutes: int | None
) -> None:
    person = scene.person()
    post = scene.past_post(person)
    entered = scene.credit(post, person, come=come, go=go)
    assert entered == ({} if minutes is None else {person.person_id: minutes})


def test_hours_to_come_are_no_hours(scene: HourScene) -> None:
    person = scene.person()
    post = scene.past_post(person)
    scene.clock.at = SATURDAY.replace(hour=9, minute=45)
    assert scene.credit(post, person) == {person.person_id: 45}


def test_a_post_counts_once_however_often_it_is_closed(any_scene: HourScene) -> None:
    person = any_scene.person()
    post = any_scene.past_post(person)
    assert any_scene.credit(post, person, go=60) == {person.person_id: 60}
    assert any_scene.credit(post, person, go=120) == {}
    assert [one.minutes for one in any_scene.entries(person)] == [60]


def test_the_kinds_stay_apart(any_scene: HourScene) -> None:
    person, lead, office = any_scene.person(), any_scene.person(), any_scene.coordinator()
    first = any_scene.past_post(person, lead=lead)
    any_scene.credit(first, person)
    second = any_scene.past_post(person, lead=lead, at=SATURDAY.replace(hour=14))
    any_scene.credit(second, person, go=30, signed=False, by=lead)
    third = any_scene.past_post(person, lead=lead, at=SATURDAY.replace(hour=18))
    any_scene.grant(office, any_scene.ask(person, third, 45))
    assert any_scene.totals(person) == Totals(signed=120, confirmed=30, added=45)
    kinds = [(one.kind, one.by_person_id) for one in any_scene.entries(person)]
    assert kinds == [
        (HourKind.signed, None),
        (HourKind.confirmed, lead.person_id),
        (HourKind.added, office.person_id),
    ]


def test_a_correction_is_a_row_with_its_reason_and_the_difference(
    any_scene: HourScene, touched: list[str]
) -> None:
    person, lead = any_scene.person(), any_scene.person()
    post = any_scene.past_post(person, lead=lead)
    any_scene.credit(post, person)
    [first] = any_scene.entries(person)
    any_scene.correct(lead, first.id, 90, "提前 30 分钟走了")
    second = any_scene.correct(lead, first.id, 100)
    any_scene.correct(lead, second, 0, "人没有来")
    rows = any_scene.entries(person)
    assert [one.minutes for one in rows] == [120, -30, 10, -100]
    assert [one.corrects_id for one in rows] == [None, first.id, first.id, first.id]
    assert {one.kind for one in rows} == {HourKind.signed}
    assert any_scene.totals(person) == Totals()
    shown = any_scene.read(lambda view: find_entry(view, second))
    assert shown is not None
    assert (shown.minutes, shown.more, shown.reason) == (0, 3, "人没有来")
    assert touched == []


def test_hours_added_afterwards_can_be_corrected_too(any_scene: HourScene) -> None:
    person, office = any_scene.person(), any_scene.coordinator()
    post = any_scene.past_post(person)
    any_scene.grant(office, any_scene.ask(person, post, 60))
    [first] = any_scene.entries(person)
    any_scene.correct(office, first.id, 30)
    assert any_scene.totals(person) == Totals(added=30)


def test_what_touches_the_ledger_would_be_noticed(any_scene: HourScene, touched: list[str]) -> None:
    def tamper(work: Work) -> None:
        work.session.execute(update(HourEntry).values(minutes=1))

    any_scene.write(tamper)
    assert len(touched) == 1


def test_only_who_answers_for_the_post_corrects_and_never_their_own(scene: HourScene) -> None:
    person, other, office = scene.person(), scene.person(), scene.coordinator()
    lead = scene.person()
    post = scene.past_post(person, lead, lead=lead)
    scene.credit(post, person, lead)
    [entry], [own] = scene.entries(person), scene.entries(lead)
    for nobody in (person, other):
        with pytest.raises(NotAllowed):
            scene.correct(nobody, entry.id, 60)
    with pytest.raises(OwnHours):
        scene.correct(lead, own.id, 60)
    scene.correct(office, own.id, 60)
    scene.correct(lead, entry.id, 60)
    assert scene.totals(lead) == scene.totals(person) == Totals(signed=60)


def test_a_correction_has_bounds_and_needs_a_reason(scene: HourScene) -> None:
    person, office = scene.person(), scene.coordinator()
    post = scene.past_post(person)
    scene.credit(post, person)
    [entry] = scene.entries(person)
    with pytest.raises(TooManyMinutes) as refused:
        scene.correct(office, entry.id, 136)
    assert refused.value.data == {"most": 135}
    with pytest.raises(NothingChanged):
        scene.correct(office, entry.id, 120)
    with pytest.raises(NoWords):
        scene.correct(office, entry.id, 60, " \n ")
    assert len(scene.entries(person)) == 1


def test_totals_are_of_the_month_the_year_and_all(any_scene: HourScene) -> None:
    person = any_scene.person()
    for month, minutes in ((6, 30), (7, 60), (8, 90)):
        at = SATURDAY.replace(month=month, year=2024)
        any_scene.credit(any_scene.past_post(person, at=at), person, go=minutes)
    at = SATURDAY.replace(year=2025, month=1)
    any_scene.credit(any_scene.past_post(person, at=at), person, go=100)
    own = any_scene.read(
        lambda view: own_hours(view, person.person_id, today=SATURDAY.date().replace(month=7))
    )
    assert (own.month.signed, own.year.signed, own.ever.signed) == (60, 180, 280)
    page, total = any_scene.read(lambda view: own_entries(view, person.person_id, page=9, size=3))
    assert total == 4
    assert [one.day.isoformat() for one in page] == ["2024-06-08"]
