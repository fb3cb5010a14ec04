"""Whom no reminder goes to (any more), and the reason that is noted."""

from datetime import date, timedelta

from sqlalchemy import update

from bot.config import Config
from bot.core.roles import Role
from bot.features.deadlines.filing import Where, file_nothing
from bot.features.deadlines.ladder import DEADLINE_PASSED, LATER_STEP
from bot.features.deadlines.noting import MOVED, NOBODY, UNREACHABLE
from bot.features.outbox.models import State
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.runs.models import RunState
from bot.features.units.service import add_members, close_unit
from tests.jobs.ticking import Ticking, file_for, messages, shanghai, steps_of, texts
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import make, unit_named

DONE = (RunState.done, None)


def test_who_has_filed_is_reminded_no_more(
    ticking: Ticking, contact: Actor, clock: SetClock, campaign: Config
) -> None:
    file_for(ticking.store, campaign, contact, "kexie", "O1", "once")
    for _ in range(20):
        ticking.tick()
        clock.move(days=1)
    assert messages(ticking.store) == []
    assert steps_of(ticking.store, "O1:kexie") == {}


def test_a_reminder_that_still_waits_is_cancelled_by_the_filing(
    ticking: Ticking, contact: Actor, campaign: Config
) -> None:
    ticking.tick()
    file_for(ticking.store, campaign, contact, "kexie", "O1", "once")
    [row] = [row for row in messages(ticking.store) if row.person_id == contact.person_id]
    assert (row.state, row.error) == (State.cancelled, "filed")


def test_a_reminder_that_still_waits_when_its_deadline_passes_is_not_sent(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = shanghai("06-10T21:00")
    ticking.tick()
    clock.at = shanghai("06-10T23:59:59")
    ticking.tick()
    assert [row.state for row in messages(ticking.store)] == [State.pending]
    clock.at = shanghai("06-11T00:00")
    ticking.tick()
    assert [(row.state, row.error) for row in messages(ticking.store)] == [
        (State.cancelled, DEADLINE_PASSED)
    ]


def test_an_overdue_reminder_never_expires(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = shanghai("06-13T09:00")
    ticking.tick()
    clock.move(hours=36)
    ticking.tick()
    assert [row.state for row in messages(ticking.store)] == [State.pending]
    assert "已逾期 3 天" in texts(ticking.store)[0]


def test_after_a_week_of_downtime_everything_left_out_has_a_reason(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    ticking.tick()
    clock.at = shanghai("06-11T09:00")
    ticking.tick()
    late = (RunState.too_late, DEADLINE_PASSED)
    assert steps_of(ticking.store, "O1:kexie") == {
        "once:T-7:v1": DONE,
        "once:T-3:v1": late,
        "once:T-1:v1": late,
        "once:T-0:v1": late,
    }
    clock.at = shanghai("06-20T10:00")
    ticking.tick()
    noted = steps_of(ticking.store, "O1:kexie")
    assert noted["once:T+3:v1"] == noted["once:T+6:v1"] == (RunState.superseded, LATER_STEP)
    assert noted["once:T+9:v1"] == DONE
    assert len(messages(ticking.store)) == 2


def test_a_unit_that_nobody_is_bound_to_is_noted_as_such(ticking: Ticking) -> None:
    ticking.tick()
    assert steps_of(ticking.store, "O1:kexie") == {"once:T-7:v1": (RunState.not_needed, NOBODY)}
    assert messages(ticking.store) == []


def test_a_contact_who_blocked_the_bot_is_noted_as_such(ticking: Ticking, contact: Actor) -> None:
    ticking.store.write_now(
        lambda work: work.session.execute(update(Person).values(unreachable_at=work.now))
    )
    ticking.tick()
    assert steps_of(ticking.store, "O1:kexie") == {
        "once:T-7:v1": (RunState.not_needed, UNREACHABLE)
    }


def test_the_unit_head_is_told_once_after_three_overdue_days(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    head = make(ticking.store, Role.unit_head, unit="kexie", name="分管领导")
    for number in range(30):
        clock.at = shanghai("06-03T09:00") + timedelta(days=number)
        ticking.tick()
    [row] = [row for row in messages(ticking.store) if row.person_id == head.person_id]
    assert row.created_at == shanghai("06-13T09:00")
    assert "单位联络员还没有报送" in row.payload["html"]
    assert row.context is None


def test_who_is_contact_and_head_is_told_once(ticking: Ticking, clock: SetClock) -> None:
    make(ticking.store, Role.contact, Role.unit_head, unit="kexie")
    clock.at = shanghai("06-13T09:00")
    ticking.tick()
    [text] = texts(ticking.store)
    assert text.splitlines()[1:] == [" · 创建宣传方案：已逾期 3 天 · 截止 6月10日（周一）"]


def test_a_moved_deadline_starts_again_and_ends_the_old_ladder(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    ticking.tick()
    ticking.config = make_config(obligations={"O1": {"due": "2024-06-20"}})
    clock.at = shanghai("06-10T09:00")
    ticking.tick()
    assert "创建宣传方案：原定 6月10日（周一），现改为 6月20日（周四）" in texts(ticking.store)[1]
    assert len(messages(ticking.store)) == 2
    clock.at = shanghai("06-13T09:00")
    ticking.tick()
    assert texts(ticking.store)[2].splitlines()[1] == (
        " · 创建宣传方案：还有 7 天 · 6月20日（周四），原定 6月10日（周一）"
    )
    assert steps_of(ticking.store, "O1:kexie") == {
        "once:T-7:v1": DONE,
        **{f"once:T-{days}:v1": (RunState.superseded, MOVED) for days in (3, 1, 0)},
        "once:T-7:v2": DONE,
    }


def test_a_closed_unit_owes_nothing_and_a_reopened_one_does(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    office = make(ticking.store, Role.coordinator)
    unit_id = ticking.store.read_now(lambda view: unit_named(view, "kexie").id)
    ticking.store.write_now(lambda work: close_unit(work, actor=office, unit_id=unit_id))
    ticking.tick()
    assert messages(ticking.store) == []
    ticking.store.write_now(lambda work: setattr(unit_named(work, "kexie"), "closed_at", None))
    clock.move(hours=1)
    ticking.tick()
    assert len(messages(ticking.store)) == 1


def test_a_group_owes_through_its_members_from_the_day_they_are_added(
    ticking: Ticking, clock: SetClock
) -> None:
    office = make(ticking.store, Role.coordinator)
    ticking.tick()
    assert steps_of(ticking.store, "O1:xiangzhen-jiedao") == {}
    clock.at = shanghai("06-05T10:00")
    group = ticking.store.read_now(lambda view: unit_named(view, "xiangzhen-jiedao").id)
    [member] = ticking.store.write_now(
        lambda work: add_members(work, actor=office, group_id=group, names=["古城街道"])
    )
    make(ticking.store, Role.contact, unit=member.slug)
    ticking.tick()
    assert messages(ticking.store) == []
    clock.at = shanghai("06-07T09:00")
    ticking.tick()
    [text] = texts(ticking.store)
    assert text.startswith("<b>古城街道 · 今天 1 件事</b>")


def test_an_explanation_stops_reminders_until_the_day_it_names(
    ticking: Ticking, contact: Actor, clock: SetClock, campaign: Config
) -> None:
    file_for(ticking.store, campaign, contact, "kexie", "O1", "once")
    unit_id = ticking.store.read_now(lambda view: unit_named(view, "kexie").id)
    where = Where("O2", "2024-06", unit_id)
    ticking.store.write_now(
        lambda work: file_nothing(
            work,
            where,
            actor=contact,
            config=campaign,
            reason="办公地点搬迁",
            excused_until=date(2024, 7, 5),
        )
    )

    def june() -> list[str]:
        return [text for text in texts(ticking.store) if "6月创建宣传信息" in text]

    clock.at = shanghai("06-03T09:00")
    while clock.at < shanghai("07-06T00:00"):
        ticking.tick()
        clock.move(days=1)
    assert june() == []
    clock.at = shanghai("07-06T09:00")
    ticking.tick()
    [text] = june()
    assert "已逾期 6 天" in text
