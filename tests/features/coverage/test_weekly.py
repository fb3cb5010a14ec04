"""What is asked for each week, and the weeks that the campaign has only in part (TASK-D2)."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Weekday
from bot.features.coverage.weekly import Wanted, Week, WeekState, series, week_start

START = date(2024, 6, 10)
"""A Monday."""
ONE_OR_TWO = Wanted(Decimal(1), Decimal(2))
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 12, 31))
AIRED = st.dictionaries(DAYS, st.integers(min_value=0, max_value=4).map(Decimal), max_size=30)


def weeks(
    aired: dict[date, int],
    *,
    today: date,
    start: date = START,
    end: date | None = None,
    starts_on: Weekday = Weekday.monday,
) -> list[Week]:
    given_days = {day: Decimal(number) for day, number in aired.items()}
    return series(given_days, ONE_OR_TWO, start=start, end=end, today=today, starts_on=starts_on)


def states(found: list[Week]) -> list[str]:
    return [week.state.value for week in found]


def test_none_is_missed_one_or_two_are_met_three_are_over() -> None:
    aired = {date(2024, 6, 12): 1, date(2024, 6, 19): 1, date(2024, 6, 23): 1, date(2024, 7, 1): 3}
    found = weeks(aired, today=date(2024, 7, 8))
    assert states(found) == ["met", "met", "missed", "over", "running"]
    assert [week.aired for week in found] == [1, 2, 0, 3, 0]
    assert (found[2].first, found[2].last) == (date(2024, 6, 24), date(2024, 6, 30))


def test_a_week_is_missed_only_once_it_is_over() -> None:
    assert states(weeks({}, today=date(2024, 6, 16))) == ["running"]
    assert states(weeks({}, today=date(2024, 6, 17))) == ["missed", "running"]


def test_nothing_is_there_before_the_campaign() -> None:
    assert weeks({date(2024, 6, 3): 1}, today=date(2024, 6, 9)) == []


def test_nothing_is_demanded_of_a_first_and_last_week_that_are_cut() -> None:
    found = weeks({}, start=date(2024, 6, 12), end=date(2024, 6, 25), today=date(2024, 7, 30))
    assert states(found) == ["partial", "missed", "partial"]


def test_what_was_aired_in_a_cut_week_counts_all_the_same() -> None:
    def cut(aired: dict[date, int]) -> list[str]:
        end, today = date(2024, 6, 25), date(2024, 7, 30)
        return states(weeks(aired, start=date(2024, 6, 12), end=end, today=today))

    inside = {date(2024, 6, 13): 2, date(2024, 6, 24): 3}
    assert cut(inside) == ["met", "missed", "over"]
    outside = {date(2024, 6, 11): 2, date(2024, 6, 26): 3}
    assert cut(outside) == ["partial", "missed", "partial"]


def test_the_day_on_which_weeks_begin_can_be_set() -> None:
    found = weeks({date(2024, 6, 15): 1}, today=date(2024, 6, 22), starts_on=Weekday.saturday)
    assert [week.first for week in found] == [
        date(2024, 6, 8),
        date(2024, 6, 15),
        date(2024, 6, 22),
    ]
    assert states(found) == ["partial", "met", "running"]


@pytest.mark.parametrize("starts_on", list(Weekday))
def test_every_day_is_in_the_week_that_begins_before_it(starts_on: Weekday) -> None:
    for number in range(14):
        day = START + timedelta(days=number)
        first = week_start(day, starts_on)
        assert first.weekday() == starts_on.number
        assert timedelta(0) <= day - first < timedelta(days=7)


@given(AIRED, DAYS, DAYS, st.none() | DAYS, st.sampled_from(list(Weekday)))
def test_weeks_follow_each_other_and_lose_nothing_of_the_campaign(
    aired: dict[date, Decimal],
    start: date,
    today: date,
    end: date | None,
    starts_on: Weekday,
) -> None:
    found = series(aired, ONE_OR_TWO, start=start, end=end, today=today, starts_on=starts_on)
    until = today if end is None else min(today, end)
    if until < start:
        assert found == []
        return
    assert found[0].first <= start <= found[0].last
    assert found[-1].first <= until <= found[-1].last
    for before, after in itertools.pairwise(found):
        assert after.first == before.last + timedelta(days=1)
    last = found[-1].last
    inside = [
        number
        for day, number in aired.items()
        if start <= day <= last and (end is None or day <= end)
    ]
    assert sum(week.aired for week in found) == sum(inside)


@given(AIRED, DAYS, st.none() | DAYS, st.sampled_from(list(Weekday)))
def test_a_state_says_what_its_number_is(
    aired: dict[date, Decimal], today: date, end: date | None, starts_on: Weekday
) -> None:
    found = series(aired, ONE_OR_TWO, start=START, end=end, today=today, starts_on=starts_on)
    for week in found:
        whole = start_and_end_hold(week, end)
        match week.state:
            case WeekState.over:
                assert week.aired > 2
            case WeekState.met:
                assert week.aired in {1, 2}
            case WeekState.partial:
                assert week.aired == 0
                assert not whole
            case WeekState.missed:
                assert not week.aired
                assert whole
                assert week.last < today
            case WeekState.running:
                assert not week.aired
                assert whole
                assert week.first <= today <= week.last


def start_and_end_hold(week: Week, end: date | None) -> bool:
    """Tell whether the campaign has all of the week."""
    return week.first >= START and (end is None or week.last <= end)
