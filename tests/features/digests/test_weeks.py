"""Which week a digest is about (BUL-03)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.digests.weeks import (
    earlier_keys,
    is_too_late,
    last_week,
    latest_week,
    week_before,
    week_between,
    week_so_far,
)
from tests.jobs.ticking import shanghai
from tests.support.config import make_config

CONFIG = make_config()


@pytest.mark.parametrize(
    ("now", "key", "first", "last"),
    [
        ("06-17T08:59", "2024-W24", date(2024, 6, 3), date(2024, 6, 9)),
        ("06-17T09:00", "2024-W25", date(2024, 6, 10), date(2024, 6, 16)),
        ("06-23T23:59", "2024-W25", date(2024, 6, 10), date(2024, 6, 16)),
    ],
)
def test_on_monday_it_is_about_the_week_from_monday_to_sunday(
    now: str, key: str, first: date, last: date
) -> None:
    week = latest_week(CONFIG, shanghai(now))
    assert (week.key, week.first, week.last) == (key, first, last)
    assert week.until - week.since == timedelta(days=7)
    assert week.ahead_until - week.until == timedelta(days=7)


def test_the_weekday_is_taken_by_its_name() -> None:
    friday = make_config(digest={"weekday": "friday", "hour": "17:00"})
    week = latest_week(friday, shanghai("06-21T17:00"))
    assert (week.at, week.first, week.last) == (
        shanghai("06-21T17:00"),
        date(2024, 6, 14),
        date(2024, 6, 20),
    )


def test_a_new_year_does_not_repeat_a_key() -> None:
    monday = datetime.fromisoformat("2024-12-30T09:00+08:00")
    week = latest_week(CONFIG, monday)
    assert week.key == "2025-W01"
    assert earlier_keys(CONFIG, week, count=2) == ["2024-W52", "2024-W51"]


def test_a_day_later_it_is_too_late() -> None:
    week = latest_week(CONFIG, shanghai("06-17T09:00"))
    assert not is_too_late(week, shanghai("06-18T08:59:59"))
    assert is_too_late(week, shanghai("06-18T09:00"))


def test_on_demand_it_is_about_this_week_so_far_or_the_last_whole_one() -> None:
    now = shanghai("06-19T15:00")
    week = week_so_far(CONFIG, now)
    assert (week.first, week.last) == (date(2024, 6, 17), date(2024, 6, 19))
    assert week.until == shanghai("06-20T00:00")
    last = last_week(CONFIG, now)
    assert (last.first, last.last) == (date(2024, 6, 10), date(2024, 6, 16))
    assert week_before(CONFIG, week) == last == latest_week(CONFIG, now)


def test_a_week_begins_with_the_day_of_the_digest() -> None:
    friday = make_config(digest={"weekday": "friday", "hour": "17:00"})
    week = week_so_far(friday, shanghai("06-21T09:00"))
    assert (week.first, week.last) == (date(2024, 6, 21), date(2024, 6, 21))
    assert last_week(friday, shanghai("06-21T09:00")).first == date(2024, 6, 14)


moments = st.integers(0, 60 * 24 * 400).map(
    lambda minutes: shanghai("01-01T00:00") + timedelta(minutes=minutes)
)


@given(now=moments)
def test_the_latest_week_was_due_within_the_last_seven_days(now: datetime) -> None:
    week = latest_week(CONFIG, now)
    assert timedelta(0) <= now - week.at < timedelta(days=7)
    assert latest_week(CONFIG, week.at) == week
    assert week_between(CONFIG, week.first, week.last) == week
