"""What counts: from the start to the end, as the person, the lead or the plan says (VOL-04)."""

from datetime import timedelta

import pytest

from bot.core.errors import NotAllowed
from bot.db.work import Work
from bot.features.attendance import service
from bot.features.attendance.errors import (
    NoLocationHere,
    NotAnOwnLocation,
    NotCheckedIn,
    NotYourHours,
    PostIsClosed,
    TooFarAway,
)
from bot.features.attendance.models import How, Presence
from bot.features.attendance.service import Mark, Point
from bot.features.posts.models import PostState, Signup
from tests.features.attendance.gate import Gate
from tests.features.posts.scene import SATURDAY
from tests.support.config import make_config
from tests.support.places import put_on_map

HERE = Point(33.9500, 118.2750)
NEAR = Point(33.9510, 118.2750)
FAR = Point(33.9600, 118.2750)


def test_a_person_who_checks_in_and_out_is_on_record_by_themselves(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(92)
    assert gate.check_out(person).state is Presence.checked_out
    assert gate.check_out(person).before
    [one] = gate.presences()
    assert one.by_themselves
    assert gate.minutes() == [92]
    assert [entry.after for entry in gate.log(person)] == ["checked_in", "checked_out"]


@pytest.mark.parametrize(
    ("came", "went", "minutes", "state"),
    [
        pytest.param(-10, 90, 90, "checked_out", id="before the start counts from the start"),
        pytest.param(20, 90, 70, "checked_out", id="late"),
        pytest.param(-10, 40, 40, "left_early", id="early"),
        pytest.param(-10, 86, 86, "checked_out", id="four minutes early is in time"),
        pytest.param(-10, 200, 105, "checked_out", id="no more than the allowance"),
        pytest.param(-10, -5, 0, "left_early", id="gone before it began"),
    ],
)
def test_what_counts(sqlite_gate: Gate, came: int, went: int, minutes: int, state: str) -> None:
    gate = sqlite_gate
    person = gate.people(1)[0]
    gate.at(came)
    gate.check_in(person, gate.code())
    gate.at(went)
    assert gate.check_out(person).state == state
    assert gate.minutes() == [minutes]


def test_an_end_that_is_moved_forward_cuts(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(90)
    gate.check_out(person)
    gate.change(ends_at=SATURDAY + timedelta(minutes=30))
    assert gate.minutes() == [45], "the new end and the allowance"


def test_the_list_alone_is_the_leads_word(gate: Gate) -> None:
    here, late, early, away = gate.people(4)
    gate.at(40)
    gate.mark(here, Mark.here)
    gate.mark(late, Mark.late, 30)
    gate.mark(early, Mark.here)
    gate.mark(early, Mark.early, 60)
    gate.mark(away, Mark.excused)
    assert gate.minutes() == [90, 60, 30]
    assert not any(one.by_themselves for one in gate.presences())
    assert [one.minutes_late for one in gate.presences()] == [0, 30, 0]
    gate.mark(away, Mark.here)
    gate.mark(here, Mark.absent)
    assert gate.minutes() == [60, 30, 90]


def test_a_mark_on_who_checked_in_keeps_how_they_did(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.mark(person, Mark.here)
    assert [entry.how for entry in gate.log(person)] == [How.code]
    gate.mark(person, Mark.absent)
    assert gate.check_in(person, gate.code()).state is Presence.checked_in


def test_who_never_checks_out_went_at_the_planned_end(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(300)
    assert gate.scene.write(lambda work: service.end_as_planned(work, gate.post_id)) == 1
    assert gate.scene.write(lambda work: service.end_as_planned(work, gate.post_id)) == 0
    [one] = gate.presences()
    assert (one.how_out, one.by_themselves) == (How.planned, False)
    assert gate.minutes() == [90]
    assert gate.log(person)[-1].by_person_id is None


def test_companions_are_counted_and_can_be_set_right(gate: Gate) -> None:
    person = gate.people(1)[0]
    signup_id = gate.signup_of(person)
    gate.scene.write(lambda work: setattr(work.session.get_one(Signup, signup_id), "size", 3))
    gate.check_in(person, gate.code())
    assert gate.roll().people == 3
    gate.scene.write(
        lambda work: service.count_companions(work, actor=person, post_id=gate.post_id, present=2)
    )
    assert gate.presences()[0].companions == 1
    gate.scene.write(
        lambda work: service.set_present(
            work, actor=gate.lead, post_id=gate.post_id, signup_id=signup_id, present=3
        )
    )
    assert [entry.present for entry in gate.log(person)] == [3, 2, 3]


def test_only_who_answers_for_the_post_marks_and_only_in_their_hours(gate: Gate) -> None:
    person = gate.people(1)[0]
    stranger = gate.scene.person()
    with pytest.raises(NotAllowed):
        gate.mark(person, Mark.here, by=stranger)
    gate.at(-121)
    with pytest.raises(NotYourHours):
        gate.mark(person, Mark.here)
    gate.at(90 + 24 * 60)
    with pytest.raises(NotYourHours):
        gate.mark(person, Mark.here)
    gate.mark(person, Mark.here, by=gate.office)
    gate.change(state=PostState.closed)
    with pytest.raises(PostIsClosed):
        gate.mark(person, Mark.absent, by=gate.office)


def test_nobody_checks_out_who_never_came(gate: Gate) -> None:
    person = gate.people(1)[0]
    with pytest.raises(NotCheckedIn):
        gate.check_out(person)


def with_place(gate: Gate) -> None:
    """Let the post stand at a place of the register, and locations count."""

    def write(work: Work) -> None:
        put_on_map(work, gate.post_id, HERE.latitude, HERE.longitude)

    gate.scene.write(write)
    settings = gate.scene.config.posts.check_in.model_copy(update={"by_location": True})
    posts = gate.scene.config.posts.model_copy(update={"check_in": settings})
    gate.scene.config = gate.scene.config.model_copy(update={"posts": posts})


def test_a_location_checks_in_and_only_the_rounded_distance_is_kept(gate: Gate) -> None:
    near, far = gate.people(2)
    with pytest.raises(NoLocationHere):
        gate.locate(near, NEAR)
    with_place(gate)
    with pytest.raises(TooFarAway) as refused:
        gate.locate(far, FAR)
    assert refused.value.data == {"place": "楚街路口", "distance": 1110, "most": 300}
    with pytest.raises(NotAnOwnLocation):
        gate.locate(near, Point(NEAR.latitude, NEAR.longitude, own=False))
    assert gate.locate(near, NEAR).state is Presence.checked_in
    [entry] = gate.log(near)
    assert (entry.how, entry.distance_m) == (How.location, 110)
    assert gate.log(far) == []


def test_a_place_without_coordinates_takes_no_location(sqlite_gate: Gate) -> None:
    person = sqlite_gate.people(1)[0]
    with_place(sqlite_gate)
    sqlite_gate.change(place_id=None)
    with pytest.raises(NoLocationHere):
        sqlite_gate.locate(person, NEAR)


def test_the_settings_say_from_when_until_when() -> None:
    settings = make_config().posts.check_in
    assert (settings.opens_minutes_before, settings.closes_minutes_after) == (30, 30)
    assert not settings.by_location, "off unless somebody decides so"
