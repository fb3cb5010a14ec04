"""Who owes what, who is missing, and reminding exactly them."""

from datetime import date

import pytest
from sqlalchemy.event import listen, remove

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.work import View
from bot.features.deadlines.board import (
    boards,
    current_boards,
    own_slots,
    waiting_for_review,
)
from bot.features.deadlines.chasing import Chase, remind_missing, snooze, was_reminded
from bot.features.deadlines.errors import NotReviewable, RemindedToday
from bot.features.deadlines.models import FilingState
from bot.features.deadlines.review import accept, return_filing
from bot.features.people.grants import give
from bot.features.people.models import Person
from bot.features.units.models import Unit
from bot.features.units.service import add_members
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import messages, shanghai, texts
from tests.support.clock import SetClock
from tests.support.people import counting, make, unit_named


def test_a_group_without_members_owes_nothing_and_is_shown(office: Office) -> None:
    board = office.board()
    assert len(board.slots) == 18
    assert [unit.name for unit in board.empty_groups] == ["各乡镇街道", "区直各机关单位"]


def test_a_member_owes_from_the_day_it_was_added(office: Office, clock: SetClock) -> None:
    clock.at = shanghai("06-20T10:00")
    group = office.store.read_now(lambda view: unit_named(view, "quzhi-jiguan").id)
    office.store.write_now(
        lambda work: add_members(work, actor=office.coordinator, group_id=group, names=["区档案馆"])
    )
    assert len(office.board("O1", "once").slots) == 18
    assert len(office.board("O2", "2024-06").slots) == 19


def test_exactly_one_slot_for_each_unit_and_month(office: Office, clock: SetClock) -> None:
    clock.at = shanghai("09-30T10:00")
    found = office.store.read_now(lambda view: boards(view, office.config))
    keys = [slot.key for board in found for slot in board.slots]
    assert len(keys) == len(set(keys)) == 18 * 5


def test_what_is_complete_and_over_is_shown_no_more(office: Office, clock: SetClock) -> None:
    clock.at = shanghai("07-02T10:00")
    shown = office.store.read_now(lambda view: current_boards(view, office.config))
    assert [board.deadline.period for board in shown] == ["once", "2024-06", "2024-07"]


def test_a_returned_plan_is_owed_again_and_an_accepted_one_is_not(office: Office) -> None:
    first = office.plan()
    office.store.write_now(
        lambda work: return_filing(work, first.id, actor=office.coordinator, reason="缺附件")
    )
    assert office.board().filed == []
    second = office.plan()
    office.store.write_now(lambda work: accept(work, second.id, actor=office.coordinator))
    [slot] = office.board().filed
    assert slot.filing is not None
    assert slot.filing.state is FilingState.accepted


def test_the_contact_is_told_what_became_of_a_plan(office: Office) -> None:
    first = office.plan()
    office.store.write_now(
        lambda work: return_filing(work, first.id, actor=office.coordinator, reason="缺附件")
    )
    second = office.plan()
    office.store.write_now(lambda work: accept(work, second.id, actor=office.coordinator))
    told = [
        row.payload["html"]
        for row in messages(office.store)
        if row.person_id == office.contact.person_id
    ]
    assert told == [
        "<b>区科协的创建宣传方案被退回</b>\n原因：缺附件\n改好后重新报送即可。",
        "区科协的创建宣传方案已采用。",
    ]


def test_only_the_latest_version_that_waits_can_be_reviewed(office: Office) -> None:
    first = office.plan()
    second = office.plan()
    assert office.store.read_now(waiting_for_review) == [second.id]
    with pytest.raises(NotReviewable):
        office.store.write_now(lambda work: accept(work, first.id, actor=office.coordinator))
    office.store.write_now(lambda work: accept(work, second.id, actor=office.coordinator))
    with pytest.raises(NotReviewable):
        office.store.write_now(lambda work: accept(work, second.id, actor=office.coordinator))
    assert office.store.read_now(waiting_for_review) == []


def test_only_the_office_reviews_and_reminds(office: Office) -> None:
    plan = office.plan()
    looker = make(office.store, Role.supervisor)
    with pytest.raises(NotAllowed):
        office.store.write_now(lambda work: accept(work, plan.id, actor=looker))
    with pytest.raises(NotAllowed):
        office.store.write_now(
            lambda work: remind_missing(work, "O1", "once", actor=looker, config=office.config)
        )


def remind(office: Office) -> Chase:
    return office.store.write_now(
        lambda work: remind_missing(
            work, "O1", "once", actor=office.coordinator, config=office.config
        )
    )


def test_one_tap_reminds_exactly_the_missing_ones_once_a_day(
    office: Office, clock: SetClock
) -> None:
    office.plan()
    missing = make(office.store, Role.contact, unit="keji")
    before = len(messages(office.store))
    assert remind(office) == Chase(units=1, people=1, unbound=16, unreachable=0, snoozed=0)
    [row] = messages(office.store)[before:]
    assert row.person_id == missing.person_id
    assert row.payload["html"].splitlines() == [
        "<b>区文明办请您报送</b>",
        " · 区科技局 创建宣传方案：还有 7 天 · 6月10日（周一）",
    ]
    assert row.context == "obligation:O1:keji:once"
    with pytest.raises(RemindedToday):
        remind(office)
    assert len(messages(office.store)) == before + 1
    today = date(2024, 6, 3)
    assert office.store.read_now(lambda view: was_reminded(view, "O1", "once", today))
    clock.move(days=1)
    assert remind(office).people == 1


def test_who_cannot_or_will_not_be_reminded_is_counted(office: Office) -> None:
    gone = make(office.store, Role.contact, unit="keji")
    quiet = make(office.store, Role.contact, unit="jiaoyu")
    office.store.write_now(
        lambda work: setattr(
            work.session.get_one(Person, gone.person_id), "unreachable_at", work.now
        )
    )
    office.store.write_now(lambda work: snooze(work, actor=quiet, config=office.config))
    assert remind(office) == Chase(units=1, people=1, unbound=15, unreachable=1, snoozed=1)
    assert office.board().can_be_reminded == 2


def test_a_contact_of_several_missing_units_is_reminded_in_one_message(office: Office) -> None:
    give_also(office, "keji")
    assert remind(office) == Chase(units=2, people=1, unbound=16, unreachable=0, snoozed=0)
    [text] = texts(office.store)
    assert text.count("创建宣传方案") == 2


def give_also(office: Office, slug: str) -> None:
    office.store.write_now(
        lambda work: give(
            work,
            person_id=office.contact.person_id,
            role=Role.contact,
            unit_id=unit_named(work, slug).id,
            by=None,
        )
    )


def test_the_boards_take_the_same_statements_for_any_number_of_units(office: Office) -> None:
    def look(view: View) -> int:
        with counting(view) as counted:
            current_boards(view, office.config)
        return len(counted.texts)

    few = office.store.read_now(look)
    office.plan()
    make(office.store, Role.contact, unit="keji")
    assert office.store.read_now(look) == few


def test_what_a_unit_owes_is_told_without_reading_the_other_units(
    office: Office, clock: SetClock
) -> None:
    clock.at = shanghai("07-02T10:00")
    group = office.store.read_now(lambda view: unit_named(view, "quzhi-jiguan").id)
    office.store.write_now(
        lambda work: add_members(
            work, actor=office.coordinator, group_id=group, names=[f"单位{n}" for n in range(60)]
        )
    )
    office.plan()

    def look(view: View) -> tuple[int, int]:
        every = [one for board in boards(view, office.config) for one in board.slots]
        units = {slot.unit.id for slot in every} | {group}
        for number in units:
            mine = [(slot.key, slot.filing) for slot in every if slot.unit.id == number]
            own = own_slots(view, office.config, [number])
            assert sorted((slot.key, slot.filing) for slot in own) == sorted(mine)
        view.session.expunge_all()
        loaded: list[object] = []
        listen(Unit, "load", note := lambda unit, _: loaded.append(unit))
        try:
            own_slots(view, office.config, [min(units)])
        finally:
            remove(Unit, "load", note)
        return len(units), len(loaded)

    known, loaded = office.store.read_now(look)
    assert known > 70
    assert loaded < 5
