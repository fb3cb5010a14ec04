"""Which periods there are and when each ends (TIME-01, TIME-03, TIME-04)."""

from datetime import date, datetime

import pytest

from bot.config import Config
from bot.features.deadlines.periods import ONCE, Deadline, deadlines, tracked
from tests.support.config import make_config


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def of(config: Config, obligation: str, today: date) -> list[Deadline]:
    return [one for one in deadlines(config, today) if one.obligation.id == obligation]


def test_only_what_has_a_date_is_tracked_and_a_twin_is_not(campaign: Config) -> None:
    assert [one.id for one in tracked(campaign)] == ["O1", "O2"]


def test_the_plan_is_on_time_until_the_end_of_june_10(campaign: Config) -> None:
    [plan] = of(campaign, "O1", date(2024, 6, 1))
    assert (plan.period, plan.last_day) == (ONCE, date(2024, 6, 10))
    assert plan.ends_at == shanghai("2024-06-11T00:00:00")


def test_read_exclusively_june_9_is_the_last_day() -> None:
    config = make_config(obligations={"O1": {"due_inclusive": False}})
    [plan] = of(config, "O1", date(2024, 6, 1))
    assert plan.last_day == date(2024, 6, 9)
    assert plan.ends_at == shanghai("2024-06-10T00:00:00")


def test_months_begin_with_the_campaigns_first_and_go_on_after_the_hundred_days(
    campaign: Config,
) -> None:
    assert of(campaign, "O2", date(2024, 5, 31)) == []
    periods = [one.period for one in of(campaign, "O2", date(2024, 10, 1))]
    assert periods == ["2024-06", "2024-07", "2024-08", "2024-09", "2024-10"]


def test_months_end_with_a_campaign_that_ends() -> None:
    config = make_config(phases={"P2": {"end": "2024-11-15"}})
    assert of(config, "O2", date(2025, 3, 1))[-1].period == "2024-11"


@pytest.mark.parametrize(
    ("due_day", "month", "last_day"),
    [
        ("last", 0, date(2024, 6, 30)),
        ("last", 8, date(2025, 2, 28)),
        (25, 1, date(2024, 7, 25)),
    ],
)
def test_the_month_ends_on_the_configured_day(
    due_day: str | int, month: int, last_day: date
) -> None:
    config = make_config(obligations={"O2": {"due_day": due_day}})
    assert of(config, "O2", date(2025, 3, 1))[month].last_day == last_day


def test_there_is_exactly_one_deadline_for_each_obligation_and_period(campaign: Config) -> None:
    keys = [one.key for one in deadlines(campaign, date(2026, 1, 1))]
    assert len(keys) == len(set(keys))
