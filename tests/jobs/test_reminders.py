"""What one reminder says, when it goes out, and how often."""

from bot.config import Config
from bot.core.roles import Role
from bot.features.deadlines.chasing import snooze
from bot.features.deadlines.owing import known_deadlines, undecided_deadlines
from bot.features.people.actor import Actor
from bot.features.people.service import mark_unreachable
from bot.features.units.service import add_members
from bot.features.workdays.service import load_workdays
from tests.jobs.ticking import Ticking, file_for, messages, shanghai, statements, texts
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import make, unit_named


def test_the_plan_is_asked_for_with_its_button(ticking: Ticking, contact: Actor) -> None:
    ticking.tick()
    [row] = messages(ticking.store)
    assert row.person_id == contact.person_id
    assert row.payload["html"].splitlines() == [
        "<b>区科协 · 今天 1 件事</b>",
        " · 创建宣传方案：还有 7 天 · 6月10日（周一）",
    ]
    assert [[one["text"] for one in line] for line in row.payload["buttons"]] == [
        ["报送方案"],
        ["情况说明", "申请延期"],
        ["今天不再提醒"],
    ]
    assert row.context == "obligation:O1:kexie:once"
    assert not row.payload["silent"]


def test_the_holiday_is_named_and_the_deadline_stays(
    ticking: Ticking, contact: Actor, campaign: Config
) -> None:
    ticking.store.write_now(lambda work: load_workdays(work, campaign))
    ticking.tick()
    assert "6月10日（周一），端午节假期" in texts(ticking.store)[0]


def test_everything_due_on_a_day_is_one_message_with_a_button_each(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    ticking.config = make_config(obligations={"O2": {"due_day": 10}})
    clock.at = shanghai("06-10T09:00")
    ticking.tick()
    [row] = messages(ticking.store)
    assert row.payload["html"].splitlines()[:3] == [
        "<b>区科协 · 今天 2 件事</b>",
        " · 创建宣传方案：今天截止，24:00 前都算按时 · 6月10日（周一）",
        " · 6月创建宣传信息：今天截止，24:00 前都算按时 · 6月10日（周一）",
    ]
    assert [[one["text"] for one in line] for line in row.payload["buttons"]] == [
        ["报送方案"],
        ["说明 · 创建宣传方案", "延期 · 创建宣传方案"],
        ["写本月信息", "本月无活动"],
        ["说明 · 6月创建宣传信息", "延期 · 6月创建宣传信息"],
        ["今天不再提醒"],
    ]
    assert row.context == "obligation:several"


def test_a_second_look_on_the_same_day_says_nothing_more(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    assert ticking.tick() > 0
    clock.move(hours=3)
    assert ticking.tick() == 0
    assert len(messages(ticking.store)) == 1


def test_nothing_goes_out_before_the_hour_or_in_the_quiet_hours(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    for moment in ("06-03T08:59", "06-03T22:00", "06-04T03:00", "06-04T08:00"):
        clock.at = shanghai(moment)
        assert ticking.tick() == 0
    clock.at = shanghai("06-04T09:00")
    ticking.tick()
    assert "还有 6 天" in texts(ticking.store)[0]


def test_who_wants_no_more_today_hears_tomorrow(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    ticking.store.write_now(lambda work: snooze(work, actor=contact, config=ticking.config))
    ticking.tick()
    assert messages(ticking.store) == []
    clock.move(days=1)
    ticking.tick()
    assert len(messages(ticking.store)) == 1


def test_who_was_reminded_today_is_left_in_peace_until_tomorrow(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    ticking.tick()
    clock.move(hours=2)
    ticking.config = make_config(obligations={"O2": {"due_day": 10}})
    ticking.tick()
    # that a deadline was moved is news and no reminder
    assert [row.dedupe_key.split(":")[0] for row in messages(ticking.store)] == [
        "reminder",
        "moved",
    ]
    clock.at = shanghai("06-04T09:00")
    ticking.tick()
    assert "6月创建宣传信息：还有 6 天" in texts(ticking.store)[2]


def test_a_moved_deadline_is_told_once_to_whoever_has_not_filed(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    done = make(ticking.store, Role.contact, unit="keji", name="李老师")
    file_for(ticking.store, ticking.config, done, "keji", "O2", "2024-06")
    ticking.tick()
    before = len(messages(ticking.store))
    ticking.config = make_config(obligations={"O2": {"due_day": 25}})
    for hours in (0, 1, 24):
        clock.move(hours=hours)
        ticking.tick()
    told = [row for row in messages(ticking.store)[before:] if row.dedupe_key.startswith("moved:")]
    assert [row.person_id for row in told] == [contact.person_id]
    assert (
        "6月创建宣传信息：原定 6月30日（周日），现改为 6月25日（周二）" in told[0].payload["html"]
    )


def test_looking_for_what_is_due_takes_the_same_statements_for_any_number_of_units(
    ticking: Ticking, clock: SetClock
) -> None:
    few = statements(ticking)
    office = make(ticking.store, Role.coordinator)
    group = ticking.store.read_now(lambda view: unit_named(view, "quzhi-jiguan").id)
    members = ticking.store.write_now(
        lambda work: add_members(
            work, actor=office, group_id=group, names=[f"机关{number}" for number in range(40)]
        )
    )
    for member in members:
        make(ticking.store, Role.contact, unit=member.slug)
    assert statements(ticking) == few
    ticking.tick()
    assert statements(ticking) == few


def test_outside_the_hours_looking_takes_one_statement(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = shanghai("06-03T23:00")
    assert statements(ticking) == 1


def test_the_second_contact_is_left_alone_until_its_step_unless_the_first_is_gone(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    second = make(ticking.store, Role.contact, unit="kexie", name="B 角")
    ticking.config = make_config(reminders={"O1": {"second_contact_from": "T-1"}})
    ticking.tick()
    clock.at = shanghai("06-09T09:00")
    ticking.tick()
    assert [row.person_id for row in messages(ticking.store)] == [
        contact.person_id,
        contact.person_id,
        second.person_id,
    ]


def test_the_second_contact_stands_in_for_one_who_cannot_be_reached(
    ticking: Ticking, contact: Actor
) -> None:
    second = make(ticking.store, Role.contact, unit="kexie", name="B 角")
    gone = contact.telegram_id
    ticking.store.write_now(lambda work: mark_unreachable(work, gone))
    ticking.config = make_config(reminders={"O1": {"second_contact_from": "T-1"}})
    ticking.tick()
    assert [row.person_id for row in messages(ticking.store)] == [second.person_id]


def test_what_is_due_after_working_days_of_an_unpublished_year_reminds_nobody(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    """Nothing is guessed, and nothing moves: it is undecided until the days are known."""
    config = make_config(obligations={"O1": {"due": "2024-01-01"}, "O2": {"due_day": "end+3"}})
    ticking.config = config
    clock.at = shanghai("07-02T09:00")
    found = ticking.store.read_now(lambda view: undecided_deadlines(view, config))
    assert [(one.obligation.id, one.period, one.year) for one in found] == [
        ("O2", "2024-06", 2024),
        ("O2", "2024-07", 2024),
    ]
    ticking.store.write_now(lambda work: load_workdays(work, config))
    assert ticking.store.read_now(lambda view: undecided_deadlines(view, config)) == []
    due = ticking.store.read_now(lambda view: known_deadlines(view, config))
    assert [str(one.last_day) for one in due if one.obligation.id == "O2"] == [
        "2024-07-03",
        "2024-08-05",
    ]
