"""The ladder of reminders: each step once, only the latest, never after the deadline (TIME-15)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config
from bot.features.deadlines.ladder import (
    DEADLINE_PASSED,
    HEAD,
    LATER_STEP,
    contact_steps,
    decide,
    head_steps,
    is_for_second,
    may_send,
    moment_of,
)
from bot.features.deadlines.periods import Deadline, deadlines
from bot.features.runs.models import RunState
from tests.support.config import make_config

CONFIG = make_config()
RULE = CONFIG.reminders["O1"]
[PLAN] = [one for one in deadlines(CONFIG, date(2024, 6, 1)) if one.obligation.id == "O1"]
LONG_AGO = datetime.fromisoformat("2024-01-01T00:00:00+00:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2024-{text}+08:00")


def names(now: datetime, config: Config = CONFIG) -> list[str]:
    return [step.name for step in contact_steps(config, RULE, PLAN, until=now)]


def test_steps_become_due_at_the_reminder_hour_of_their_day() -> None:
    assert names(at("06-03T08:59:59")) == []
    assert names(at("06-03T09:00")) == ["T-7"]
    assert names(at("06-10T09:00")) == ["T-7", "T-3", "T-1", "T-0"]
    assert names(at("06-13T08:59")) == ["T-7", "T-3", "T-1", "T-0"]
    assert names(at("06-16T09:00")) == ["T-7", "T-3", "T-1", "T-0", "T+3", "T+6"]


def test_the_head_is_told_once_after_some_overdue_days() -> None:
    assert head_steps(CONFIG, RULE, PLAN, until=at("06-13T08:59")) == []
    assert [step.name for step in head_steps(CONFIG, RULE, PLAN, until=at("06-30T09:00"))] == [HEAD]
    never = RULE.model_copy(update={"escalate_after_days": None})
    assert head_steps(CONFIG, never, PLAN, until=at("06-30T09:00")) == []


@pytest.mark.parametrize(
    ("hour", "day", "sends"),
    [
        # the hour itself, and reminders that were late, until it gets quiet
        ("09:00", "06-03T09:00", {"08:59": False, "09:00": True, "21:59": True, "22:00": False}),
        # an hour before the quiet hours end waits for their end
        ("06:00", "06-03T07:00", {"06:00": False, "06:59": False, "07:00": True}),
        # an hour after they begin waits for the next morning
        ("22:30", "06-04T07:00", {"22:30": False, "23:59": False, "07:00": True, "21:59": True}),
    ],
)
def test_quiet_hours_move_reminders_to_their_end(
    hour: str, day: str, sends: dict[str, bool]
) -> None:
    config = make_config(time={"reminder_hour": hour})
    assert moment_of(config, date(2024, 6, 3)) == at(day)
    assert {one: may_send(config, at(f"06-05T{one}")) for one in sends} == sends


def test_of_several_due_steps_only_the_latest_is_sent() -> None:
    now = at("06-09T10:00")
    steps = contact_steps(CONFIG, RULE, PLAN, until=now)
    decision = decide(steps, deadline=PLAN, noted=set(), opened_at=LONG_AGO, now=now)
    assert decision.send is not None
    assert decision.send.name == "T-1"
    assert [(one.step.name, one.state, one.reason) for one in decision.dropped] == [
        ("T-7", RunState.superseded, LATER_STEP),
        ("T-3", RunState.superseded, LATER_STEP),
    ]


def test_after_the_deadline_the_steps_before_it_are_too_late() -> None:
    now = at("06-11T09:00")
    steps = contact_steps(CONFIG, RULE, PLAN, until=now)
    decision = decide(steps, deadline=PLAN, noted={"T-7", "T-3"}, opened_at=LONG_AGO, now=now)
    assert decision.send is None
    assert [(one.step.name, one.state, one.reason) for one in decision.dropped] == [
        ("T-1", RunState.too_late, DEADLINE_PASSED),
        ("T-0", RunState.too_late, DEADLINE_PASSED),
    ]


def test_steps_from_before_a_unit_was_opened_were_none_of_its() -> None:
    now = at("06-08T12:00")
    steps = contact_steps(CONFIG, RULE, PLAN, until=now)
    opened = at("06-08T11:00")
    assert decide(steps, deadline=PLAN, noted=set(), opened_at=opened, now=now).is_empty


moments = st.integers(0, 60 * 24 * 60).map(lambda m: at("06-01T00:00") + timedelta(minutes=m))


@given(ticks=st.lists(moments, max_size=40))
def test_whatever_the_ticks_each_step_is_dealt_with_once_and_none_is_sent_late(
    ticks: list[datetime],
) -> None:
    """The clock may jump both ways; what was noted stays noted, as it does in the database."""
    noted: set[str] = set()
    sent: list[tuple[str, datetime]] = []
    for now in ticks:
        steps = contact_steps(CONFIG, RULE, PLAN, until=now)
        decision = decide(steps, deadline=PLAN, noted=noted, opened_at=LONG_AGO, now=now)
        dealt = [one.step for one in decision.dropped]
        if decision.send is not None:
            sent.append((decision.send.name, now))
            dealt.append(decision.send)
            assert decision.send == steps[-1]
        assert not noted & {step.name for step in dealt}
        noted |= {step.name for step in dealt}
        if steps:
            assert steps[-1].name in noted
    assert len({name for name, _ in sent}) == len(sent)
    for name, now in sent:
        assert now < PLAN.ends_at or not name.startswith("T-")


@given(ticks=st.lists(moments, min_size=1, max_size=40))
def test_a_clock_that_only_goes_on_leaves_no_due_step_unaccounted(ticks: list[datetime]) -> None:
    noted: set[str] = set()
    for now in sorted(ticks):
        steps = contact_steps(CONFIG, RULE, PLAN, until=now)
        decision = decide(steps, deadline=PLAN, noted=noted, opened_at=LONG_AGO, now=now)
        noted |= {one.step.name for one in decision.dropped}
        noted |= set() if decision.send is None else {decision.send.name}
        assert noted == {step.name for step in steps}


def test_steps_after_the_day_are_steps_and_the_repeated_ones_go_on_behind_them() -> None:
    config = make_config(
        reminders={"O1": {"ladder": ["T-1", "T-0", "T+2"], "overdue_every_days": 3}}
    )
    rule = config.reminders["O1"]
    due = contact_steps(config, rule, PLAN, until=at("06-18T09:00"))
    assert [(step.name, step.before) for step in due] == [
        ("T-1", True),
        ("T-0", True),
        ("T+2", False),
        ("T+5", False),
        ("T+8", False),
    ]


def test_a_ladder_may_end() -> None:
    over = RULE.model_copy(update={"overdue_every_days": None})
    due = contact_steps(CONFIG, over, PLAN, until=at("09-18T09:00"))
    assert [step.name for step in due] == ["T-7", "T-3", "T-1", "T-0"]


def test_the_second_contact_is_told_from_a_step_on() -> None:
    late = RULE.model_copy(update={"second_contact_from": 1})
    due = contact_steps(CONFIG, late, PLAN, until=at("06-13T09:00"))
    assert {step.name: is_for_second(late, step) for step in due} == {
        "T-7": False,
        "T-3": False,
        "T-1": True,
        "T-0": True,
        "T+3": True,
    }
    assert all(is_for_second(RULE, step) for step in due)


def test_a_moved_deadline_has_steps_of_its_own() -> None:
    moved = make_config(obligations={"O1": {"due": "2024-06-20"}})
    later: Deadline = next(
        one for one in deadlines(moved, date(2024, 6, 1)) if one.obligation.id == "O1"
    )
    due = [step.name for step in contact_steps(moved, RULE, later, until=at("06-12T09:00"))]
    assert due == []
