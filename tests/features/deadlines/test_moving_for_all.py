"""A deadline that the office moves: told once, the old ladder ends, config.yaml has the last word."""

from datetime import date

import pytest

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.features.deadlines.errors import NotMoved
from bot.features.deadlines.moving import move_deadline
from bot.features.people.actor import Actor
from jobs.reminders import job
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import Ticking, messages, steps_of
from tests.support.config import make_config
from tests.support.people import make


def move(office: Office, day: int, *, by: Actor | None = None) -> None:
    office.store.write_now(
        lambda work: move_deadline(
            work,
            office.config,
            ("O1", "once"),
            date(2024, 6, day),
            actor=by or office.coordinator,
        )
    )


def told(office: Office) -> list[str]:
    keys = [row.dedupe_key for row in messages(office.store)]
    return [key for key in keys if key.startswith("moved:")]


def test_it_is_told_once_and_what_was_left_of_the_ladder_is_superseded(any_office: Office) -> None:
    ticking = Ticking(any_office.store, any_office.config, job)
    ticking.tick()
    move(any_office, 20)
    ticking.tick()
    deadline = any_office.board().deadline
    assert (deadline.last_day, deadline.version) == (date(2024, 6, 20), 2)
    assert told(any_office) == [f"moved:O1:once:v2:{any_office.contact.person_id}"]
    noted = {key: state.value for key, (state, _) in steps_of(any_office.store, "O1:kexie").items()}
    assert noted["once:T-7:v1"] == "done"
    assert {noted[f"once:T-{days}:v1"] for days in (3, 1, 0)} == {"superseded"}


def test_the_heads_of_those_who_have_not_filed_hear_it_once_and_silently(office: Office) -> None:
    head = make(office.store, Role.unit_head, unit="kexie", name="张主任")
    make(office.store, Role.unit_head, unit="keji", name="别的主任")
    office.plan(office.where(slug="keji"), by=make(office.store, Role.contact, unit="keji"))
    move(office, 20)
    [row] = [one for one in messages(office.store) if one.person_id == head.person_id]
    assert row.dedupe_key == f"moved:O1:once:v2:{head.person_id}"
    assert row.payload["silent"]
    assert "您分管的区科协还没报" in row.payload["html"]
    assert told(office) == [f"moved:O1:once:v2:{one.person_id}" for one in (office.contact, head)]


def test_who_has_filed_hears_nothing(any_office: Office) -> None:
    any_office.plan()
    move(any_office, 20)
    assert told(any_office) == []


def test_it_may_be_moved_again(any_office: Office) -> None:
    move(any_office, 20)
    move(any_office, 25)
    assert any_office.board().deadline.last_day == date(2024, 6, 25)
    assert len(told(any_office)) == 2


def test_whoever_changes_the_configuration_afterwards_has_the_last_word(office: Office) -> None:
    move(office, 20)
    office.config = make_config(obligations={"O1": {"due": "2024-06-15"}})
    assert office.board().deadline.last_day == date(2024, 6, 15)


@pytest.mark.parametrize("day", [2, 10])
def test_it_moves_to_another_day_from_today_on(office: Office, day: int) -> None:
    with pytest.raises(NotMoved):
        move(office, day)
    assert office.board().deadline.version == 1


def test_only_the_office_moves(office: Office) -> None:
    with pytest.raises(NotAllowed):
        move(office, 20, by=office.contact)
    assert told(office) == []
