"""More time for one unit: asked, granted once, refused, and what is too late for it (TIME-15)."""

from datetime import date

import pytest

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.features.deadlines.errors import (
    ExtensionAnswered,
    ExtensionDayGone,
    ExtensionDayNeeded,
    ExtensionNotLonger,
    ExtensionTooLate,
    ExtensionUnneeded,
    ExtensionWaiting,
    NotYourUnit,
)
from bot.features.deadlines.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
)
from bot.features.deadlines.moving import move_deadline
from bot.features.deadlines.owing import Slot
from bot.features.people.actor import Actor
from jobs.reminders import job
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import Ticking, messages, shanghai, steps_of
from tests.support.clock import SetClock
from tests.support.people import make


def ask(office: Office, day: int = 20, *, by: Actor | None = None) -> int:
    return office.store.write_now(
        lambda work: ask_extension(
            work,
            office.where(),
            actor=by or office.contact,
            config=office.config,
            wanted=date(2024, 6, day),
            reason="等领导审定",
        )
    ).id


def grant(office: Office, number: int, *, by: Actor | None = None) -> None:
    office.store.write_now(
        lambda work: grant_extension(
            work, number, actor=by or office.coordinator, config=office.config
        )
    )


def own(office: Office, slug: str = "kexie") -> Slot:
    return next(slot for slot in office.board().slots if slot.unit.slug == slug)


def told(office: Office, number: int) -> list[str]:
    keys = [row.dedupe_key for row in messages(office.store)]
    return [key for key in keys if key.startswith(f"extension:{number}:")]


def test_only_that_units_deadline_moves_and_its_old_ladder_ends(
    any_office: Office, clock: SetClock
) -> None:
    ticking = Ticking(any_office.store, any_office.config, job)
    ticking.tick()
    number = ask(any_office)
    assert own(any_office).deadline.last_day == date(2024, 6, 10)
    grant(any_office, number)
    assert own(any_office).deadline.last_day == date(2024, 6, 20)
    assert own(any_office, "keji").deadline.last_day == date(2024, 6, 10)
    noted = steps_of(any_office.store, "O1:kexie")
    assert {noted[f"once:T-{days}:v1"][0].value for days in (3, 1, 0)} == {"superseded"}
    clock.at = shanghai("06-13T09:00")
    ticking.tick()
    assert steps_of(any_office.store, "O1:kexie")["once:T-7:v1.1"][0].value == "done"
    assert (
        "还有 7 天 · 6月20日（周四），已同意延期" in messages(any_office.store)[-1].payload["html"]
    )


def test_the_office_is_asked_and_the_contacts_are_told_once(any_office: Office) -> None:
    second = make(any_office.store, Role.contact, unit="kexie", name="B角")
    number = ask(any_office)
    assert told(any_office, number) == [f"extension:{number}:{any_office.coordinator.person_id}"]
    grant(any_office, number)
    for _ in range(2):
        with pytest.raises(ExtensionAnswered):
            grant(any_office, number)
    answers = [row for row in messages(any_office.store) if ":answer:" in row.dedupe_key]
    assert [(row.person_id, row.payload["silent"]) for row in answers] == [
        (any_office.contact.person_id, False),
        (second.person_id, True),
    ]


def test_a_refusal_leaves_the_deadline_and_lets_them_ask_again(office: Office) -> None:
    number = ask(office)
    with pytest.raises(ExtensionWaiting):
        ask(office, 25)
    office.store.write_now(
        lambda work: refuse_extension(work, number, actor=office.coordinator, reason="要汇总")
    )
    assert own(office).deadline.last_day == date(2024, 6, 10)
    assert "理由：要汇总" in messages(office.store)[-1].payload["html"]
    with pytest.raises(ExtensionAnswered):
        grant(office, number)
    grant(office, ask(office, 25))
    assert own(office).deadline.last_day == date(2024, 6, 25)
    # Only what was granted counts into the edition of the ladder.
    assert own(office).deadline.extensions == 1


def test_what_is_granted_after_the_deadline_makes_a_filing_timely(
    office: Office, clock: SetClock
) -> None:
    number = ask(office)
    clock.at = shanghai("06-12T10:00")
    office.plan()
    assert own(office).is_late
    grant(office, number)
    assert not own(office).is_late


@pytest.mark.parametrize("day", [1, 10])
def test_more_time_ends_later(office: Office, day: int) -> None:
    with pytest.raises(ExtensionDayNeeded):
        ask(office, day)


def test_after_the_deadline_it_is_too_late_to_ask(office: Office, clock: SetClock) -> None:
    clock.at = shanghai("06-10T23:59")
    number = ask(office)
    clock.at = shanghai("06-11T00:00")
    with pytest.raises(ExtensionTooLate):
        ask(office)
    clock.at = shanghai("06-21T00:00")
    with pytest.raises(ExtensionDayGone):
        grant(office, number)


def test_what_is_filed_needs_no_more_time(office: Office) -> None:
    office.plan()
    with pytest.raises(ExtensionUnneeded):
        ask(office)


def test_a_deadline_that_moved_as_far_for_all_needs_no_grant(office: Office) -> None:
    number = ask(office)
    office.store.write_now(
        lambda work: move_deadline(
            work, office.config, ("O1", "once"), date(2024, 6, 20), actor=office.coordinator
        )
    )
    with pytest.raises(ExtensionNotLonger):
        grant(office, number)


def test_roles_are_checked_when_it_happens(office: Office) -> None:
    other = make(office.store, Role.contact, unit="keji", name="李老师")
    with pytest.raises(NotYourUnit):
        ask(office, by=other)
    number = ask(office)
    with pytest.raises(NotAllowed):
        grant(office, number, by=office.contact)
    assert own(office).deadline.last_day == date(2024, 6, 10)
